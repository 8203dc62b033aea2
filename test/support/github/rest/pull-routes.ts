import { json } from '../gate.ts';
import { nextId, type PullRequest, tick } from '../world.ts';
import { type AddRoute, invalid, notFound } from './rest-server.ts';
import { pullRequest } from './shapes.ts';

const read = { area: 'pullRequests', access: 'read' } as const;
const write = { area: 'pullRequests', access: 'write' } as const;

export function addPullRoutes(add: AddRoute): void {
  add('GET', '/pulls', read, ({ repository, addresses, query, paged }) => {
    const state = query('state') ?? 'open';
    const head = query('head');
    const found = repository.pullRequests
      .filter((pull) => state === 'all' || (state === 'open') === (pull.state === 'OPEN'))
      .filter(
        (pull) => head === null || head === `${pull.headRepository.split('/')[0]}:${pull.head}`,
      )
      .filter((pull) => query('base') === null || query('base') === pull.base)
      .toReversed();
    return paged(found.map((pull) => pullRequest(addresses, repository, pull)));
  });
  add('POST', '/pulls', write, async (call) => {
    const { world, repository, addresses, body, token } = call;
    const head = String(body.head ?? '').replace(/^[^:]+:/, '');
    const base = String(body.base ?? '');
    const headOid = await repository.git.ref(`refs/heads/${head}`);
    const baseOid = await repository.git.ref(`refs/heads/${base}`);
    if (headOid === null || baseOid === null) return invalid('head or base is not a branch');
    const isOpen = repository.pullRequests.some(
      (pull) => pull.state === 'OPEN' && pull.head === head && pull.base === base,
    );
    if (isOpen) return invalid(`A pull request already exists for ${repository.owner}:${head}.`);
    if (headOid === baseOid) return invalid(`No commits between ${base} and ${head}`);
    repository.lastNumber += 1;
    const pull: PullRequest = {
      id: nextId(world),
      number: repository.lastNumber,
      title: String(body.title ?? ''),
      body: String(body.body ?? ''),
      author: token.user,
      state: 'OPEN',
      base,
      baseOid,
      head,
      headOid,
      headRepository: `${repository.owner}/${repository.name}`,
      createdAt: tick(world),
      updatedAt: world.now,
      mergedAt: null,
      mergedBy: null,
      mergeCommit: null,
      introduced: new Set(),
      labels: [],
      reviews: [],
      events: [],
    };
    repository.pullRequests.push(pull);
    await repository.git.setRef(`refs/pull/${pull.number}/head`, headOid);
    return json(201, pullRequest(addresses, repository, pull));
  });
  add('GET', '/pulls/:number', read, ({ repository, addresses, param }) => {
    const pull = repository.pullRequests.find(({ number }) => number === Number(param('number')));
    return pull === undefined ? notFound() : json(200, pullRequest(addresses, repository, pull));
  });
  add('PATCH', '/pulls/:number', write, ({ world, repository, addresses, param, body }) => {
    const pull = repository.pullRequests.find(({ number }) => number === Number(param('number')));
    if (pull === undefined) return notFound();
    if (typeof body.title === 'string') pull.title = body.title;
    if (typeof body.body === 'string') pull.body = body.body;
    if (body.state === 'closed' && pull.state === 'OPEN') pull.state = 'CLOSED';
    if (body.state === 'open' && pull.state === 'CLOSED') pull.state = 'OPEN';
    pull.updatedAt = tick(world);
    return json(200, pullRequest(addresses, repository, pull));
  });
  add('GET', '/pulls/:number/files', read, async ({ repository, param, paged }) => {
    const pull = repository.pullRequests.find(({ number }) => number === Number(param('number')));
    if (pull === undefined) return notFound();
    const { git } = repository;
    const base = (await git.mergeBase(pull.baseOid, pull.headOid)) ?? pull.baseOid;
    const paths = await git.changedPaths(base, pull.headOid);
    return paged(paths.map((filename) => ({ filename, status: 'modified', sha: '' })));
  });
}
