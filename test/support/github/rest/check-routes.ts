import { json } from '../gate.ts';
import { type Annotation, type CheckRun, nextId, tick } from '../world.ts';
import { type AddRoute, invalid, notFound } from './rest-server.ts';
import { annotation, checkRun } from './shapes.ts';

const mostAnnotations = 50;
const mostTextLength = 65_535;
const read = { area: 'checks', access: 'read' } as const;
const write = { area: 'checks', access: 'write' } as const;

/** Check runs; annotations of later requests are appended. */
export function addCheckRoutes(add: AddRoute): void {
  add('POST', '/check-runs', write, ({ world, repository, addresses, body }) => {
    if (typeof body.name !== 'string') return invalid('name is missing');
    if (!/^[0-9a-f]{40}$/.test(String(body.head_sha))) return invalid('head_sha is no commit');
    const run: CheckRun = {
      id: nextId(world),
      name: body.name,
      headSha: String(body.head_sha),
      status: 'queued',
      conclusion: null,
      title: null,
      summary: null,
      annotations: [],
      createdAt: tick(world),
    };
    const problem = changed(run, body);
    if (problem !== null) return invalid(problem);
    repository.checkRuns.push(run);
    return json(201, checkRun(addresses, repository, run));
  });
  add('PATCH', '/check-runs/:id', write, ({ repository, addresses, param, body }) => {
    const run = repository.checkRuns.find(({ id }) => id === Number(param('id')));
    if (run === undefined) return notFound();
    const problem = changed(run, body);
    return problem === null ? json(200, checkRun(addresses, repository, run)) : invalid(problem);
  });
  add('GET', '/check-runs/:id/annotations', read, ({ repository, param, paged }) => {
    const run = repository.checkRuns.find(({ id }) => id === Number(param('id')));
    return run === undefined ? notFound() : paged(run.annotations.map(annotation));
  });
  add('GET', '/commits/:ref/check-runs', read, ({ repository, addresses, param, query }) => {
    const name = query('check_name');
    const runs = repository.checkRuns
      .filter(({ headSha }) => headSha === param('ref'))
      .filter((run) => name === null || run.name === name)
      .map((run) => checkRun(addresses, repository, run));
    return json(200, { total_count: runs.length, check_runs: runs });
  });
}

/** Applies a request to a run. @returns what is wrong with it; nothing is changed then */
function changed(run: CheckRun, body: Record<string, unknown>): string | null {
  const output = (body.output ?? null) as {
    title?: string;
    summary?: string;
    annotations?: Annotation[];
  } | null;
  if ((output?.annotations ?? []).length > mostAnnotations) return 'No more than 50 annotations';
  if ((output?.summary ?? '').length > mostTextLength) return 'summary is too long';
  if (output !== null && (output.title === undefined || output.summary === undefined)) {
    return 'output needs title and summary';
  }
  const wrong = output?.annotations?.find(
    (item) =>
      !Number.isInteger(item.start_line) ||
      item.start_line < 1 ||
      item.end_line < item.start_line ||
      item.message === '',
  );
  if (wrong !== undefined) return `an annotation of ${wrong.path} has no valid place or message`;
  if (typeof body.status === 'string') run.status = body.status as CheckRun['status'];
  if (typeof body.conclusion === 'string') {
    run.conclusion = body.conclusion;
    run.status = 'completed';
  }
  if (output !== null) {
    run.title = output.title ?? null;
    run.summary = output.summary ?? null;
    run.annotations.push(...(output.annotations ?? []));
  }
  return null;
}
