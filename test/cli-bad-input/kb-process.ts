import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { createSandbox, type SandboxOptions, serveSandbox } from '../../src/sandbox/index.ts';
import { articleText, collectionText, type Files, writeFiles } from '../support/content-builder.ts';

/** How a run of the program ended, and all it printed. */
export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The built program, as `npm test` builds it first; KB_FILE names another build. */
export const kbFile = process.env.KB_FILE ?? join(import.meta.dirname, '../../dist/cli/kb.js');

/** Long enough that no redaction could take it for a word. */
export const recognisableToken = 'recognisable-Zk7q-token-4711';

/**
 * Runs `kb` as people do: another process, with no environment but what is named. It is killed after
 * half a minute, so that a command that hangs is a failure of its own test.
 */
export function runKb(
  args: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv; nodeArgs?: readonly string[] },
): Promise<Ran> {
  const env = { PATH: process.env.PATH, HOME: options.cwd, KB_SANDBOX_TOKEN: recognisableToken };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [...(options.nodeArgs ?? []), kbFile, ...args],
      {
        cwd: options.cwd,
        env: { ...env, ...options.env },
        timeout: 30_000,
        killSignal: 'SIGKILL',
        maxBuffer: 64 * 1024 * 1024,
      },
      (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

/** An error as `--format json` prints it. */
export interface ToldError {
  code: string;
  message: string;
  hint: string | null;
  location: { file: string; line: number | null; column: number | null } | null;
  stack?: string;
}

/** The error a run printed. Fails where stdout is anything but one JSON value with an error in it. */
export function errorOf({ stdout, stderr }: Ran): ToldError {
  try {
    const { error } = JSON.parse(stdout) as { error?: ToldError };
    if (error !== undefined) return error;
  } catch {
    // Told below, with what was printed instead.
  }
  throw new Error(`expected an error in JSON, found:\n${stdout}\n${stderr}`);
}

/** Folders of a test file, removed when all its tests are done. Call it at the top of the file. */
export function temporaryFolders(): () => Promise<string> {
  const folders: string[] = [];
  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), 'reviewed-kb-'));
    folders.push(folder);
    return folder;
  };
}

/** An Intercom of this test file, on a port of its own, closed when all tests are done. */
export function servedSandbox(options: Partial<SandboxOptions> = {}): () => Promise<string> {
  const closing: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const close of closing) await close();
  });
  return async () => {
    const sandbox = createSandbox({
      name: 'sandbox',
      region: 'eu',
      workspaceId: 'played1',
      locales: ['de', 'en'],
      defaultLocale: 'de',
      teammates: [{ email: 'redaktion@example.com' }],
      ...options,
    });
    const served = await serveSandbox(sandbox, { port: 0 });
    closing.push(async () => {
      await served.close();
      sandbox.close();
    });
    return served.url;
  };
}

/** A kb.yaml that publishes unreviewed text, so that no test needs stamps; `workspace` adds keys to its one. */
export function configText(workspace = ''): string {
  return `defaultLocale: de
locales: [de, en]
review: { unreviewed: publish-without-ai }
workspaces:
  sandbox: { region: eu, endpoint: "http://127.0.0.1:4400", tokenEnv: KB_SANDBOX_TOKEN, author: redaktion@example.com${workspace} }
`;
}

/** Three sound articles in a collection, below `content/`. */
export const soundFiles: Files = {
  'content/kb.yaml': configText(),
  'content/konto/_collection.yaml': collectionText('konto'),
  'content/konto/eins.de.md': articleText({ id: 'eins', title: 'Eins' }, 'Der erste Text.\n'),
  'content/konto/zwei.de.md': articleText({ id: 'zwei', title: 'Zwei' }, 'Der zweite Text.\n'),
  'content/konto/drei.de.md': articleText({ id: 'drei', title: 'Drei' }, 'Der dritte Text.\n'),
};

/** Writes a knowledge base into a folder: the sound one, with these files over it. */
export async function writeKnowledgeBase(folder: string, files: Files = {}): Promise<string> {
  await writeFiles(folder, { ...soundFiles, ...files });
  return folder;
}

/** What is published on a sandbox now, by title. */
export async function publishedTitles(url: string): Promise<string[]> {
  const response = await fetch(`${url}/articles?per_page=150`, {
    headers: { authorization: 'Bearer any', 'intercom-version': '2.16' },
  });
  const { data } = (await response.json()) as { data: { title: string; state: string }[] };
  return data
    .filter(({ state }) => state === 'published')
    .map(({ title }) => title)
    .sort();
}
