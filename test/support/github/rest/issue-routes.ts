import { json } from '../gate.ts';
import { type Issue, type IssueComment, nextId, tick } from '../world.ts';
import { type AddRoute, type Call, invalid, notFound } from './rest-server.ts';
import { issue, issueComment } from './shapes.ts';

/** GitHub's limit of a comment's body: characters. */
const mostBodyLength = 65_536;
const read = { area: 'issues', access: 'read' } as const;

/** Issues, and comments of issues and pull requests. */
export function addIssueRoutes(add: AddRoute): void {
  add('GET', '/issues', read, (call) => {
    const { repository, addresses, query, paged } = call;
    const state = query('state') ?? 'open';
    const labels = (query('labels') ?? '').split(',').filter((label) => label !== '');
    const found = repository.issues
      .filter((item) => state === 'all' || item.state === state)
      .filter((item) => labels.every((label) => item.labels.includes(label)))
      .toSorted((a, b) => b.createdAt - a.createdAt);
    return paged(found.map((item) => issue(addresses, repository, item)));
  });
  add('POST', '/issues', { area: 'issues', access: 'write' }, (call) => {
    const { world, repository, body, token, addresses } = call;
    if (typeof body.title !== 'string' || body.title === '') return invalid('title is missing');
    if (isTooLong(body.body)) return invalid('body is too long (maximum is 65536 characters)');
    repository.lastNumber += 1;
    const item: Issue = {
      id: nextId(world),
      number: repository.lastNumber,
      title: body.title,
      body: String(body.body ?? ''),
      state: 'open',
      author: token.user,
      labels: listOf(body.labels),
      createdAt: tick(world),
      updatedAt: world.now,
    };
    repository.issues.push(item);
    return json(201, issue(addresses, repository, item));
  });
  add('GET', '/issues/:number', read, ({ repository, addresses, param }) => {
    const item = repository.issues.find(({ number }) => number === Number(param('number')));
    return item === undefined ? notFound() : json(200, issue(addresses, repository, item));
  });
  add('PATCH', '/issues/:number', { area: 'issues', access: 'write' }, (call) => {
    const { world, repository, addresses, param, body } = call;
    const item = repository.issues.find(({ number }) => number === Number(param('number')));
    if (item === undefined) return notFound();
    if (isTooLong(body.body)) return invalid('body is too long (maximum is 65536 characters)');
    if (typeof body.title === 'string') item.title = body.title;
    if (typeof body.body === 'string') item.body = body.body;
    if (body.state === 'open' || body.state === 'closed') item.state = body.state;
    if (body.labels !== undefined) item.labels = listOf(body.labels);
    item.updatedAt = tick(world);
    return json(200, issue(addresses, repository, item));
  });
  addCommentRoutes(add);
}

function addCommentRoutes(add: AddRoute): void {
  add('GET', '/issues/:number/comments', read, ({ repository, addresses, param, paged }) => {
    const number = Number(param('number'));
    const found = repository.comments.filter((comment) => comment.number === number);
    return paged(found.map((comment) => issueComment(addresses, repository, comment)));
  });
  add('POST', '/issues/:number/comments', null, (call) => {
    const { world, repository, addresses, param, body, token } = call;
    const number = Number(param('number'));
    if (!mayComment(call, number)) return refused();
    if (isTooLong(body.body)) return invalid('body is too long (maximum is 65536 characters)');
    const comment: IssueComment = {
      id: nextId(world),
      number,
      body: String(body.body ?? ''),
      author: token.user,
      createdAt: tick(world),
      updatedAt: world.now,
    };
    repository.comments.push(comment);
    return json(201, issueComment(addresses, repository, comment));
  });
  add('PATCH', '/issues/comments/:id', null, (call) => {
    const { world, repository, addresses, body } = call;
    const comment = commentOf(call);
    if (comment === null) return notFound();
    if (!mayComment(call, comment.number)) return refused();
    if (isTooLong(body.body)) return invalid('body is too long (maximum is 65536 characters)');
    comment.body = String(body.body ?? '');
    comment.updatedAt = tick(world);
    return json(200, issueComment(addresses, repository, comment));
  });
  add('DELETE', '/issues/comments/:id', null, (call) => {
    const comment = commentOf(call);
    if (comment === null) return notFound();
    if (!mayComment(call, comment.number)) return refused();
    const { comments } = call.repository;
    comments.splice(comments.indexOf(comment), 1);
    return json(204, null);
  });
}

function commentOf({ repository, param }: Call): IssueComment | null {
  return repository.comments.find(({ id }) => id === Number(param('id'))) ?? null;
}

/** Comments of a pull request need access to pull requests, or to issues. */
function mayComment({ token, repository }: Call, number: number): boolean {
  const isPull = repository.pullRequests.some((pull) => pull.number === number);
  return token.issues === 'write' || (isPull && token.pullRequests === 'write');
}

function refused(): Response {
  return json(403, { message: 'Resource not accessible by integration' });
}

function isTooLong(body: unknown): boolean {
  return typeof body === 'string' && body.length > mostBodyLength;
}

function listOf(labels: unknown): string[] {
  return Array.isArray(labels) ? labels.map(String) : [];
}
