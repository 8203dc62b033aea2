import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { onTestFinished } from 'vitest';
import { ConnectionReset } from '../../../src/sandbox/gate/connection-reset.ts';
import { createDriver } from './create-driver.ts';
import type { Driver } from './driver.ts';
import { createGate, type Gate } from './gate.ts';
import { createGitRepository } from './git-repository.ts';
import { answerGraphql } from './graphql/graphql-server.ts';
import { createRestServer } from './rest/rest-server.ts';
import { type Access, nextId, repositoryOf, type Token, type User, type World } from './world.ts';

/** What a token may do; what is left out is `read`. */
export interface TokenWish {
  contents?: Access;
  pullRequests?: Access;
  issues?: Access;
  checks?: Access;
  members?: boolean;
  limitPerHour?: number;
}

/** GitHub in this process: GraphQL held against the published schema, REST, real repositories. */
export interface Github {
  readonly world: World;
  readonly gate: Gate;
  readonly fetch: (request: Request) => Promise<Response>;
  /** Base address when served: of the pages, and of the API as on github.com. */
  readonly url: string;
  /** Makes an empty repository with a bot for Actions; an organization for its owner. */
  repository(fullName: string, options?: { isPrivate?: boolean }): Promise<Driver>;
  /** A token of somebody; GITHUB_TOKEN where nobody is named. */
  token(wish?: TokenWish, user?: User): string;
  /** What a workflow's step finds in its environment. */
  env(driver: Driver, token: string, options?: { isEnterprise?: boolean }): Record<string, string>;
}

/** Opens GitHub on 127.0.0.1; it is gone after the test. */
export async function openGithub(): Promise<Github> {
  const dir = await mkdtemp(join(tmpdir(), 'kb-github-'));
  const world: World = {
    users: new Map(),
    organizations: new Map(),
    repositories: new Map(),
    tokens: new Map(),
    now: Date.parse('2026-11-20T08:00:00Z'),
    lastId: 1000,
  };
  const gate = createGate(world);
  const rest = createRestServer(world);
  let url = 'http://github.test';

  async function fetch(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const path = pathname.replace(/^\/api(\/v3)?(?=\/)/, '');
    if (path.startsWith('/raw/')) return rawFile(world, path);
    const text = request.method === 'GET' ? '' : await request.clone().text();
    return gate.pass(request, text, async (token) => {
      if (path === '/graphql') return answerGraphql(world, gate, token, text);
      const inner = new Request(`${url}${path}${search}`, request);
      return rest.fetch(inner, { token, addresses: { api: url, server: url } });
    });
  }

  const served = await serveGithub(fetch);
  url = served.url;
  const github: Github = {
    world,
    gate,
    fetch,
    url,
    async repository(fullName, { isPrivate = false } = {}) {
      const [owner = '', name = ''] = fullName.split('/');
      const into = join(dir, owner, `${name}.git`);
      await mkdir(into, { recursive: true });
      const git = await createGitRepository(into);
      const organization = { id: nextId(world), login: owner, teams: new Map() };
      world.organizations.set(owner, world.organizations.get(owner) ?? organization);
      const repository = {
        id: nextId(world),
        owner,
        name,
        isPrivate,
        defaultBranch: 'main',
        git,
        collaborators: new Map(),
        teamPermissions: new Map(),
        pullRequests: [],
        issues: [],
        comments: [],
        checkRuns: [],
        lastNumber: 0,
      };
      world.repositories.set(fullName.toLowerCase(), repository);
      const driver = createDriver(world, repository);
      driver.user('github-actions[bot]', 'write', 'Bot');
      driver.user('github-merge-queue[bot]', 'write', 'Bot');
      world.users.set('web-flow', {
        id: 19_864_447,
        login: 'web-flow',
        kind: 'User',
        email: 'noreply@github.com',
      });
      return driver;
    },
    token(wish = {}, user) {
      const value = `ghs_${String(nextId(world)).padStart(36, 'x')}`;
      const owner = user ?? world.users.get('github-actions[bot]');
      if (owner === undefined) throw new Error('make a repository first');
      const token: Token = {
        value,
        user: owner,
        contents: 'read',
        pullRequests: 'read',
        issues: 'read',
        checks: 'read',
        members: false,
        limitPerHour: 1000,
        ...wish,
      };
      world.tokens.set(value, token);
      return value;
    },
    env({ repository }, token, { isEnterprise = false } = {}) {
      return {
        GITHUB_API_URL: isEnterprise ? `${url}/api/v3` : url,
        GITHUB_GRAPHQL_URL: isEnterprise ? `${url}/api/graphql` : `${url}/graphql`,
        GITHUB_SERVER_URL: url,
        GITHUB_REPOSITORY: `${repository.owner}/${repository.name}`,
        GITHUB_TOKEN: token,
      };
    },
  };
  onTestFinished(async () => {
    await served.close();
    for (const { git } of world.repositories.values()) git.close();
    await rm(dir, { recursive: true, force: true });
  });
  return github;
}

/** Files of a public repository at a commit: `/raw/<owner>/<name>/<ref>/<path>`. */
async function rawFile(world: World, path: string): Promise<Response> {
  const [, , owner = '', name = '', ref = '', ...rest] = decodeURIComponent(path).split('/');
  const repository = repositoryOf(world, owner, name);
  const found =
    repository === null || repository.isPrivate
      ? null
      : await repository.git.object(`${ref}:${rest.join('/')}`);
  if (repository === null || found?.type !== 'blob')
    return new Response('404: Not Found', { status: 404 });
  return new Response(Buffer.from(await repository.git.bytes(found.oid)));
}

function serveGithub(
  fetch: (request: Request) => Promise<Response>,
): Promise<{ url: string; close(): Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        hostname: '127.0.0.1',
        port: 0,
        fetch: async (request, env) => {
          try {
            return await fetch(request);
          } catch (error) {
            if (!(error instanceof ConnectionReset)) throw error;
            (env as { incoming: IncomingMessage }).incoming.socket.destroy();
            return RESPONSE_ALREADY_SENT;
          }
        },
      },
      ({ port }: AddressInfo) =>
        resolve({
          url: `http://127.0.0.1:${port}`,
          close: () =>
            new Promise((closed) => {
              server.close(() => closed());
              if ('closeAllConnections' in server) server.closeAllConnections();
            }),
        }),
    );
    server.once('error', reject);
  });
}
