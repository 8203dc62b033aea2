import { readFile } from 'node:fs/promises';
import { KbError } from '../model/kb-error.ts';

/** The workflow run this process is a step of, as its environment and event file tell. */
export interface WorkflowRun {
  event: WorkflowEvent;
  /** The page of this run; null where the environment does not tell. */
  runUrl: string | null;
}

export type WorkflowEvent =
  | {
      kind: 'pull_request';
      number: number;
      /** The commit that is proposed, not the merge that is checked out. */
      head: string;
      base: string;
      isFork: boolean;
    }
  | { kind: 'merge_group'; head: string; base: string }
  /** A push, a schedule, a button: what is checked out is what counts. */
  | { kind: 'other'; name: string };

/**
 * Reads what GitHub tells a step about why it runs.
 * @throws KbError `no-workflow` outside a workflow, `event` for an event file that says something else
 */
export async function readWorkflowRun(env: NodeJS.ProcessEnv): Promise<WorkflowRun> {
  const repository = env.GITHUB_REPOSITORY?.trim() ?? '';
  if (repository === '') {
    throw new KbError('no-workflow', 'GITHUB_REPOSITORY is not set: this is no workflow run.', {
      hint: 'kb github is for GitHub Actions. Here, kb check, kb plan, kb publish and kb drift do the same.',
    });
  }
  const server = (env.GITHUB_SERVER_URL || 'https://github.com').replace(/\/+$/, '');
  const runId = env.GITHUB_RUN_ID ?? '';
  return {
    event: await readEvent(env),
    runUrl: runId === '' ? null : `${server}/${repository}/actions/runs/${runId}`,
  };
}

async function readEvent(env: NodeJS.ProcessEnv): Promise<WorkflowEvent> {
  const name = env.GITHUB_EVENT_NAME ?? '';
  if (name !== 'pull_request' && name !== 'merge_group') return { kind: 'other', name };
  const payload = await readPayload(env.GITHUB_EVENT_PATH ?? '');
  if (name === 'merge_group') {
    return {
      kind: 'merge_group',
      head: commit(payload, 'merge_group.head_sha'),
      base: commit(payload, 'merge_group.base_sha'),
    };
  }
  const number = at(payload, 'pull_request.number');
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) {
    throw unlike('pull_request.number', number);
  }
  const headRepository = at(payload, 'pull_request.head.repo.full_name');
  return {
    kind: 'pull_request',
    number,
    head: commit(payload, 'pull_request.head.sha'),
    base: commit(payload, 'pull_request.base.sha'),
    // A fork that was deleted meanwhile has no repository.
    isFork: headRepository !== env.GITHUB_REPOSITORY,
  };
}

async function readPayload(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new KbError('event', `The event file ${path || '(GITHUB_EVENT_PATH)'} cannot be read.`, {
      hint: 'GitHub writes it before a step starts; do not change GITHUB_EVENT_PATH.',
      cause: error,
    });
  }
}

function commit(payload: unknown, path: string): string {
  const found = at(payload, path);
  if (typeof found === 'string' && /^[0-9a-f]{40,64}$/.test(found)) return found;
  throw unlike(path, found);
}

function unlike(path: string, found: unknown): KbError {
  return new KbError('event', `The event file has no ${path}, found ${JSON.stringify(found)}.`, {
    hint: 'kb github pr is for the events pull_request and merge_group.',
  });
}

function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (found, key) =>
        typeof found === 'object' && found !== null
          ? (found as Record<string, unknown>)[key]
          : undefined,
      value,
    );
}
