import { type Context, Hono } from 'hono';
import { json } from '../gate.ts';
import { type Access, type Repository, repositoryOf, type Token, type World } from '../world.ts';
import { addCheckRoutes } from './check-routes.ts';
import { addGitRoutes } from './git-routes.ts';
import { addIssueRoutes } from './issue-routes.ts';
import { addPullRoutes } from './pull-routes.ts';
import { type Addresses, fullRepository, simpleUser } from './shapes.ts';

/** What a route is answered from. */
export interface Call {
  world: World;
  addresses: Addresses;
  token: Token;
  repository: Repository;
  body: Record<string, unknown>;
  param(name: string): string;
  query(name: string): string | null;
  /** The page asked for, with the `Link` header that leads to the next. */
  paged<T>(items: readonly T[]): Response;
}

export type Answer = (call: Call) => Response | Promise<Response>;
export type Area = 'contents' | 'pullRequests' | 'issues' | 'checks';

/** Adds a route below `/repos/{owner}/{repo}` that needs some access. */
export type AddRoute = (
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
  path: string,
  needs: { area: Area; access: Access } | null,
  answer: Answer,
) => void;

type Env = { Bindings: { token: Token; addresses: Addresses } };

/** The REST API, for as much as tools like ours use. Anything else is 404, as on GitHub. */
export function createRestServer(world: World) {
  const app = new Hono<Env>();
  app.get('/user', ({ env }) => {
    // An installation has no user: GITHUB_TOKEN is refused here.
    if (env.token.user.kind === 'Bot') {
      return json(403, { message: 'Resource not accessible by integration' });
    }
    return json(200, simpleUser(env.addresses, env.token.user));
  });
  const add: AddRoute = (method, path, needs, answer) => {
    app.on(method, `/repos/:owner/:repo${path}`, async (context) => {
      const { token } = context.env;
      const repository = repositoryOf(world, param(context, 'owner'), param(context, 'repo'));
      if (repository === null) return notFound();
      if (needs !== null && !isAllowed(token, needs)) {
        return json(403, { message: 'Resource not accessible by integration' });
      }
      return answer(await callOf(world, context, repository));
    });
  };
  add('GET', '', null, ({ addresses, repository, token }) =>
    json(200, fullRepository(addresses, world, repository, token.user)),
  );
  addIssueRoutes(add);
  addPullRoutes(add);
  addCheckRoutes(add);
  addGitRoutes(add);
  app.notFound(() => notFound());
  return app;
}

export function notFound(): Response {
  return json(404, {
    message: 'Not Found',
    documentation_url: 'https://docs.github.com/rest',
    status: '404',
  });
}

export function invalid(message: string): Response {
  return json(422, { message: 'Validation Failed', errors: [{ message }] });
}

function isAllowed(token: Token, { area, access }: { area: Area; access: Access }): boolean {
  return access === 'write' ? token[area] === 'write' : token[area] !== 'none';
}

function param(context: Context<Env>, name: string): string {
  return decodeURIComponent(context.req.param(name) ?? '');
}

async function callOf(world: World, context: Context<Env>, repository: Repository): Promise<Call> {
  const text = context.req.method === 'GET' ? '' : await context.req.text();
  const { token, addresses } = context.env;
  const query = (name: string) => context.req.query(name) ?? null;
  return {
    world,
    addresses,
    token,
    repository,
    body: text === '' ? {} : JSON.parse(text),
    param: (name) => param(context, name),
    query,
    paged(items) {
      const size = Math.min(100, Number(query('per_page') ?? 30));
      const page = Number(query('page') ?? 1);
      const shown = items.slice((page - 1) * size, page * size);
      if (page * size >= items.length) return json(200, shown);
      const next = new URL(context.req.url);
      next.searchParams.set('page', String(page + 1));
      return json(200, shown, { link: `<${next.href}>; rel="next"` });
    },
  };
}
