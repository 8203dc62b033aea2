import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  configText,
  errorOf,
  publishedTitles,
  type Ran,
  recognisableToken,
  runKb,
  servedSandbox,
  temporaryFolders,
  writeKnowledgeBase,
} from './kb-process.ts';

const newFolder = temporaryFolders();
const newSandbox = servedSandbox();
const newStrictSandbox = servedSandbox({ token: 'another-token-than-ours' });

/** Servers that answer, but not as the API does; each says what it should be told as. */
const strangers: Readonly<
  Record<string, { answer(response: ServerResponse): void; code: string; message: RegExp }>
> = {
  'a login page': {
    answer: (response) => sent(response, 200, 'text/html', '<!doctype html><h1>Log in</h1>'),
    code: 'not-json',
    message: /answered with something that is not JSON/,
  },
  'a page that says it is JSON': {
    answer: (response) => sent(response, 200, 'application/json', '<html>'),
    code: 'not-json',
    message: /answered with something that is not JSON/,
  },
  'half an answer': {
    answer: (response) => sent(response, 200, 'application/json', '{"type":"admin","app":{"id_'),
    code: 'not-json',
    message: /answered with JSON that is cut off/,
  },
  'nothing at all': {
    answer: (response) => sent(response, 200, 'application/json', ''),
    code: 'not-json',
    message: /answered without a readable workspace/,
  },
  'JSON of another kind': {
    answer: (response) => sent(response, 200, 'application/json', '[1, 2]'),
    code: 'not-json',
    message: /answered without a readable workspace/,
  },
  'a page that is not there': {
    answer: (response) => sent(response, 404, 'text/html', '<h1>404</h1>'),
    code: 'not-found',
    message: /cannot read the workspace: not found \(404\)/,
  },
  'a broken gateway': {
    answer: (response) => sent(response, 502, 'text/html', '<h1>Bad gateway</h1>'),
    code: 'remote-ambiguous',
    message: /failed to read the workspace \(502\)/,
  },
  'a redirect': {
    answer: (response) => {
      response.setHeader('location', 'http://example.com/');
      sent(response, 302, 'text/plain', '');
    },
    code: 'unreachable',
    message: /redirects elsewhere, where the token is not sent/,
  },
  'a cut connection': {
    answer: (response) => response.destroy(),
    code: 'unreachable',
    message: /the connection was cut/,
  },
};

function sent(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type }).end(body);
}

function listening(answer: (response: ServerResponse) => void): Promise<Server> {
  const server = createServer((_request, response) => answer(response));
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

let folder: string;
beforeAll(async () => {
  folder = await writeKnowledgeBase(await newFolder());
});

describe('what answers is not Intercom', () => {
  const servers: Server[] = [];
  const runs = new Map<string, Ran>();

  // At once, as what may pass by itself is asked for again a few times.
  beforeAll(async () => {
    await Promise.all(
      Object.entries(strangers).map(async ([name, { answer }]) => {
        const server = await listening(answer);
        servers.push(server);
        const env = { KB_ENDPOINT: addressOf(server) };
        runs.set(
          name,
          await runKb(['plan', '--format', 'json', '--verbose'], { cwd: folder, env }),
        );
      }),
    );
  });
  afterAll(() => {
    for (const server of servers) server.close();
  });

  it.each(Object.keys(strangers))('%s', (name) => {
    const ran = runs.get(name);
    const expected = strangers[name];
    if (ran === undefined || expected === undefined) throw new Error(`${name} was not run`);
    const error = errorOf(ran);
    expect(error.message).toMatch(expected.message);
    expect(error.code).toBe(expected.code);
    expect(error.hint).toMatch(/endpoint|again/);
    expect(ran.code).toBe(4);
    expect(error.stack).toBeUndefined();
    expect(ran.stdout + ran.stderr).not.toContain(recognisableToken);
  });
});

describe('nothing answers', () => {
  it('names host and reason', async () => {
    const server = await listening(() => undefined);
    const url = addressOf(server);
    await new Promise((resolve) => server.close(resolve));
    const env = { KB_ENDPOINT: url };
    const ran = await runKb(['plan', '--format', 'json'], { cwd: folder, env });
    const error = errorOf(ran);
    expect(error.code).toBe('unreachable');
    expect(error.message).toContain(new URL(url).host);
    expect(error.message).toMatch(/nothing listens there \(ECONNREFUSED\)/);
    expect(error.hint).toMatch(/kb sandbox must be running/);
    expect(ran.code).toBe(4);
  });

  it('reports it as a failed check of kb doctor', async () => {
    const env = { KB_ENDPOINT: 'http://127.0.0.1:9' };
    const ran = await runKb(['doctor', '--format', 'json'], { cwd: folder, env });
    const { checks } = JSON.parse(ran.stdout) as { checks: { status: string; message: string }[] };
    expect(checks.filter(({ status }) => status === 'fail')).toHaveLength(1);
    expect(ran.code).toBe(1);
  });
});

describe('addresses that are none of this machine', () => {
  it.each([
    'https://intercom.example',
    'http://10.0.0.1:4400',
    'https://127.0.0.1.example.com',
    'http://127.0.0.1@example.com',
    'ftp://127.0.0.1',
    'file:///etc/passwd',
    'nonsense',
  ])('KB_ENDPOINT=%s is refused before anything is sent', async (address) => {
    const names = address === 'nonsense' ? ['KB_ENDPOINT', 'KB_ENDPOINT_SANDBOX'] : ['KB_ENDPOINT'];
    for (const name of names) {
      const ran = await runKb(['publish', '--format', 'json'], {
        cwd: folder,
        env: { [name]: address },
      });
      const error = errorOf(ran);
      expect(ran.code).toBe(2);
      expect(error.code).toBe('endpoint');
      expect(error.message).toMatch(/expected an address on this machine/);
      expect(error.hint).toMatch(/127\.0\.0\.1/);
      expect(error.location?.file).toBe(name);
    }
  });

  it.each(['http://somebody:hidden-word@127.0.0.1:4400', 'https://somebody:hidden-word@a.example'])(
    'never prints the password in %s',
    async (address) => {
      const ran = await runKb(['plan', '--verbose'], {
        cwd: folder,
        env: { KB_ENDPOINT: address },
      });
      expect(ran.code).toBe(2);
      expect(ran.stdout + ran.stderr).not.toContain('hidden-word');
    },
  );
});

describe('tokens', () => {
  it.each([
    ['missing', undefined, 'token-missing', /KB_SANDBOX_TOKEN is not set/],
    ['empty', '', 'token-missing', /KB_SANDBOX_TOKEN is not set/],
    ['blank', '   ', 'token-missing', /KB_SANDBOX_TOKEN is not set/],
    ['of two lines', 'hidden\nword-of-a-token', 'token-invalid', /characters that no token has/],
    ['with an umlaut', 'hidden-wörd-of-a-token', 'token-invalid', /characters that no token has/],
  ])('%s', async (_what, token, code, message) => {
    for (const command of ['plan', 'publish']) {
      const ran = await runKb([command, '--format', 'json', '--verbose'], {
        cwd: folder,
        env: { KB_SANDBOX_TOKEN: token },
      });
      const error = errorOf(ran);
      expect(error.code).toBe(code);
      expect(error.message).toMatch(message);
      expect(error.hint).toContain('KB_SANDBOX_TOKEN');
      expect(error.location?.file).toBe('kb.yaml');
      expect(ran.code).toBe(2);
      expect(ran.stdout + ran.stderr).not.toContain('hidden');
    }
  });

  it('that another workspace gave out', async () => {
    const env = { KB_ENDPOINT: await newStrictSandbox() };
    for (const command of ['publish', 'drift']) {
      const ran = await runKb([command, '--format', 'json'], { cwd: folder, env });
      const error = errorOf(ran);
      expect(error.code).toBe('unauthorized');
      expect(error.message).toMatch(/does not accept the token \(401\)/);
      expect(error.hint).toMatch(/KB_SANDBOX_TOKEN.*kb doctor/);
      expect(ran.code).toBe(2);
    }
  });
});

describe('the wrong workspace', () => {
  it.each([
    ['id', ', workspaceId: other1', /belongs to workspace played1, kb\.yaml says other1/],
    ['help center', ', helpCenter: "99"', /played1 has no help center 99/],
  ])('%s: everything is refused, nothing is written', async (_what, keys, message) => {
    await expectRefused(configText(keys), message);
  });

  it('region: everything is refused, nothing is written', async () => {
    const text = configText().replace('region: eu', 'region: us');
    await expectRefused(text, /played1 is in region eu, kb\.yaml says us/);
  });

  async function expectRefused(kbYaml: string, message: RegExp): Promise<void> {
    const url = await newSandbox();
    const cwd = await writeKnowledgeBase(await newFolder(), { 'content/kb.yaml': kbYaml });
    const env = { KB_ENDPOINT: url };
    for (const command of ['publish', 'adopt']) {
      const ran = await runKb([command, '--format', 'json', '--yes'], { cwd, env });
      const error = errorOf(ran);
      expect(error.code).toBe('refused');
      expect(error.message).toMatch(message);
      expect(error.message).toMatch(/Nothing was (?:written|recorded)/);
      expect(error.hint).toMatch(/kb doctor/);
      expect(ran.code).toBe(3);
    }
    const plan = await runKb(['plan'], { cwd, env });
    expect(plan.code).toBe(3);
    expect(plan.stdout).toMatch(message);
    expect(await publishedTitles(url)).toEqual([]);
  }
});

describe('names that only a workspace can tell', () => {
  it.each([
    ['--allow delete-percnt', 'guard-unknown', /no guard "delete-percnt"/, /delete-percent/],
    ['--only konto/ein', 'item-unknown', /"konto\/ein"/, /Did you mean "konto\/eins"/],
    ['--recreate konto/ein', 'item-unknown', /"konto\/ein"/, /Did you mean "konto\/eins"/],
  ])('%s', async (flags, code, message, hint) => {
    const env = { KB_ENDPOINT: await newSandbox() };
    for (const command of ['plan', 'publish']) {
      const ran = await runKb([command, ...flags.split(' '), '--format', 'json'], {
        cwd: folder,
        env,
      });
      const error = errorOf(ran);
      expect(error.code).toBe(code);
      expect(error.message).toMatch(message);
      expect(error.hint).toMatch(hint);
      expect(ran.code).toBe(2);
    }
  });
});
