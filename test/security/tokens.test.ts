import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  configText,
  type Ran,
  runKb,
  servedSandbox,
  temporaryFolders,
  writeKnowledgeBase,
} from '../cli-bad-input/kb-process.ts';

const newFolder = temporaryFolders();
const newSandbox = servedSandbox();

/** With the signs of base64 that addresses write in another way: no form of it may get out. */
const token = 'Zk7q/token+with=signs:4711==';
const core = /Zk7q|4711/;

/** A kb.yaml whose variable has a name that does not say that it holds a secret. */
const kbYaml = configText().replace('KB_SANDBOX_TOKEN', 'EU_KEY');

/** Repeats what it was sent, as careless services do, in each place an error can have. */
function repeating(status: number) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const said = String(request.headers.authorization);
    response.writeHead(status, said.replace(/[^\x20-\x7e]/g, ''), {
      'content-type': 'application/json',
      'x-request-id': said,
    });
    response.end(
      JSON.stringify({
        type: 'error.list',
        request_id: said,
        errors: [
          {
            code: 'repeated',
            message: `no ${said} ${encodeURIComponent(said)} ${JSON.stringify(said)}`,
            field: said,
          },
        ],
      }),
    );
  };
}

/** Passes requests on to a sandbox, but refuses to create articles, repeating the token. */
function refusingCreates(target: string) {
  const refuse = repeating(422);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === 'POST' && request.url === '/articles') return refuse(request, response);
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const answer = await fetch(`${target}${request.url}`, {
      method: request.method ?? 'GET',
      headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
      ...(pieces.length === 0 ? {} : { body: Buffer.concat(pieces) }),
    });
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(await answer.text());
  };
}

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

async function listening(
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function run(line: string, cwd: string, endpoint: string): Promise<Ran> {
  return runKb(line.split(' '), { cwd, env: { EU_KEY: token, KB_ENDPOINT: endpoint } });
}

function expectSilent({ stdout, stderr }: Ran, what: string): void {
  expect(stdout + stderr, what).not.toMatch(core);
}

/** Ledger, journal, lock, saved plans: all a run left behind. */
async function expectNotWritten(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    expect(await readFile(file, 'utf8'), file).not.toMatch(core);
  }
}

describe('a token is never told', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await writeKnowledgeBase(await newFolder(), { 'content/kb.yaml': kbYaml });
  });

  it.each([400, 401, 403, 404, 422])('by a service that repeats it with %i', async (status) => {
    const url = await listening(repeating(status));
    for (const line of ['plan --verbose', 'publish --verbose --format json', 'doctor']) {
      const ran = await run(line, folder, url);
      expect(ran.code).not.toBe(0);
      expect(ran.code).not.toBe(70);
      expectSilent(ran, line);
    }
    await expectNotWritten(folder);
  });

  it.each(['json', 'markdown', 'github'])('in the form %s', async (format) => {
    const url = await listening(repeating(400));
    for (const command of ['plan', 'drift', 'adopt']) {
      expectSilent(await run(`${command} --format ${format} --verbose`, folder, url), command);
    }
  });

  it('by the run, ledger, journal or plan of a publish that failed halfway', async () => {
    const url = await listening(refusingCreates(await newSandbox()));
    const saved = await run('plan --out plan.json --verbose', folder, url);
    expect(saved.code).toBe(0);
    expectSilent(saved, 'plan --out');
    const failed = await run('publish --verbose --format json', folder, url);
    expect(failed.code).toBe(4);
    expect(failed.stdout).toContain('[redacted]');
    expectSilent(failed, 'publish');
    await expectNotWritten(folder);
    for (const line of ['publish plan.json', 'publish --format github', 'drift', 'plan']) {
      expectSilent(await run(line, folder, url), line);
    }
    await expectNotWritten(folder);
  });

  it('by a run that went well', async () => {
    const url = await newSandbox();
    const fresh = await writeKnowledgeBase(await newFolder(), { 'content/kb.yaml': kbYaml });
    for (const line of ['doctor', 'plan --verbose', 'publish --verbose', 'drift --verbose']) {
      const ran = await run(line, fresh, url);
      expect([0, 1]).toContain(ran.code);
      expectSilent(ran, line);
    }
    await expectNotWritten(fresh);
  });

  it('by an error of the command line that repeats it', async () => {
    const ran = await run(
      `plan --only ${token} --workspace ${token}`,
      folder,
      'http://127.0.0.1:9',
    );
    expect(ran.code).toBe(2);
    expectSilent(ran, '--workspace <token>');
  });

  it('even where it has the form of an Intercom token and stands in no variable', async () => {
    const leaked = 'dG9rOjEyMzQ1Njc4LWFiY2Q=';
    const ran = await run(`plan --workspace ${leaked}`, folder, 'http://127.0.0.1:9');
    expect(ran.code).toBe(2);
    expect(ran.stdout + ran.stderr).not.toContain('dG9rOjEy');
  });
});
