import { afterEach, expect } from 'vitest';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.ts';
import { templateOf, validateExchange } from './contract.ts';

/** A sandbox in memory, and calls to it, each of which is held against the API description. */

export const AUTHOR = 991_267_001;
export const COLLEAGUE = 991_267_002;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely; their shape is what the contract checks
  readonly body: any;
}

export interface TestSandbox {
  readonly sandbox: Sandbox;
  readonly call: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
  /** What the contract found so far. */
  readonly problems: string[];
  /** The clock, in seconds; it moves only when told. */
  readonly clock: { now: number };
}

/** Operations with the statuses and the error codes they answered, over all tests of a file. */
export const reached = new Set<string>();

/** What the contract found in this file so far, over all its sandboxes. */
const found: string[][] = [];
afterEach(() => {
  expect(found.flat(), 'calls that the API description does not know').toEqual([]);
});

/** The description is that of 2.16: answers of others have other fields. */
const OLDER_VERSIONS = ['', '2.14', '2.15'];

export function openTestSandbox(options: Partial<SandboxOptions> = {}): TestSandbox {
  const clock = { now: 1_795_000_000 };
  const sandbox = createSandbox({
    name: 'Example Help',
    region: 'eu',
    workspaceId: 'abc123',
    locales: ['de', 'en'],
    defaultLocale: 'de',
    teammates: [{ email: 'redaktion@example.com' }, { email: 'anna.berg@example.com' }],
    clock: () => clock.now * 1000,
    seed: 7,
    ...options,
  });
  const problems: string[] = [];
  found.push(problems);
  return {
    sandbox,
    problems,
    clock,
    async call(method, path, body, headers = {}) {
      const answer = await send(sandbox, method, path, body, headers);
      const version = headers['intercom-version'] ?? '2.16';
      const isApi = !/^\/(?:(?:_sandbox|help)(?:\/|\?|$)|$)/.test(path);
      if (isApi && !OLDER_VERSIONS.includes(version)) {
        problems.push(...validateExchange(method, path, answer.status, body, answer.body));
        const template = templateOf(path);
        const call = `${method} ${template} ${answer.status}`;
        reached.add(call);
        for (const { code } of answer.body?.errors ?? []) reached.add(`${call} ${code}`);
      }
      return answer;
    },
  };
}

async function send(
  sandbox: Sandbox,
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answer> {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  const request = new Request(`http://127.0.0.1:4400${path}`, {
    method,
    headers: { authorization: 'Bearer token', 'intercom-version': '2.16', ...headers },
    ...(body === undefined ? {} : { body: isRaw ? (body as string) : JSON.stringify(body) }),
  });
  const response = await sandbox.fetch(request);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parsed(text) };
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** An article as most tests need one. */
export async function newArticle(
  { call }: Pick<TestSandbox, 'call'>,
  fields: Record<string, unknown> = {},
): Promise<Answer['body']> {
  const { body, status } = await call('POST', '/articles', {
    title: 'Passwort zurücksetzen',
    body: '<p>Der Link ist 24 Stunden gültig.</p>',
    author_id: AUTHOR,
    state: 'published',
    ...fields,
  });
  if (status !== 200) throw new Error(`create answered ${status}: ${JSON.stringify(body)}`);
  return body;
}
