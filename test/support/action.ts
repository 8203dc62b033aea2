import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emptyFolder } from './content-builder.ts';
import { git } from './git.ts';
import type { Driver } from './github/driver.ts';
import type { PullRequest } from './github/world.ts';

/** How a step with the action ended. */
export interface StepRun {
  code: number | null;
  stdout: string;
  stderr: string;
  /** What the step wrote for the job's page. */
  summary: string;
  outputs: Record<string, string>;
}

export interface StepOptions {
  /** Folder that was checked out. */
  workspace: string;
  inputs: Readonly<Record<string, string>>;
  event: { name: string; payload: unknown };
  /** The environment: GitHub's addresses and repository, and what the workflow hands in. */
  env: Readonly<Record<string, string>>;
  ref?: string;
}

const bundle = fileURLToPath(new URL('../../dist/action/index.js', import.meta.url));
/** Runs the bundled action as a runner runs it: everything it knows comes by environment and files. */
export async function runStep(options: StepOptions): Promise<StepRun> {
  const folder = await emptyFolder();
  const paths = { event: join(folder, 'event.json'), summary: join(folder, 'summary.md') };
  const output = join(folder, 'output');
  await writeFile(paths.event, JSON.stringify(options.event.payload));
  await writeFile(paths.summary, '');
  await writeFile(output, '');
  const inputs = Object.entries(options.inputs).map(
    ([name, value]) => [`INPUT_${name.replace(/ /g, '_').toUpperCase()}`, value] as const,
  );
  const { PATH = '', HOME = '' } = process.env;
  const { GITHUB_TOKEN: token = '', ...env } = options.env;
  const child = spawn(process.execPath, [bundle], {
    cwd: options.workspace,
    env: {
      ...{ PATH, HOME, CI: 'true', GITHUB_ACTIONS: 'true', ...env },
      ...{ GITHUB_WORKSPACE: options.workspace, GITHUB_EVENT_NAME: options.event.name },
      ...{ GITHUB_EVENT_PATH: paths.event, GITHUB_STEP_SUMMARY: paths.summary },
      ...{ GITHUB_OUTPUT: output, GITHUB_RUN_ID: '77', GITHUB_RUN_ATTEMPT: '1' },
      GITHUB_REF: options.ref ?? 'refs/heads/main',
      'INPUT_GITHUB-TOKEN': token,
      ...Object.fromEntries(inputs),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, 'close'),
  ]);
  return {
    ...{ code, stdout, stderr },
    summary: await readFile(paths.summary, 'utf8'),
    outputs: parseOutputs(await readFile(output, 'utf8')),
  };
}

/** The runner's file: `name<<delimiter`, lines, `delimiter`. */
function parseOutputs(text: string): Record<string, string> {
  const found = text.matchAll(/^(.+?)<<(ghadelimiter_\S+)\r?\n([\s\S]*?)\r?\n\2$/gm);
  return Object.fromEntries([...found].map(([, name = '', , value = '']) => [name, value]));
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  stream.setEncoding('utf8');
  for await (const part of stream) text += String(part);
  return text;
}

/** A working copy of main, as `actions/checkout` makes it with the whole history. */
export async function checkOut(driver: Driver): Promise<string> {
  const folder = join(await emptyFolder(), 'work');
  await mkdir(folder, { recursive: true });
  await driver.clone(folder);
  return folder;
}

/** A working copy of what merging a pull request would give: `refs/pull/<number>/merge`. */
export async function checkOutMerge(driver: Driver, pull: PullRequest): Promise<string> {
  const folder = await checkOut(driver);
  git(folder, 'fetch', '-q', 'origin', `refs/pull/${pull.number}/head`);
  git(folder, 'merge', '-q', '--no-ff', '-m', 'merge', 'FETCH_HEAD');
  return folder;
}

/** The event file of a pull request. */
export function pullRequestEvent(pull: PullRequest, action: string) {
  return {
    name: 'pull_request',
    payload: {
      action,
      number: pull.number,
      pull_request: {
        number: pull.number,
        title: pull.title,
        head: { sha: pull.headOid, ref: pull.head, repo: { full_name: pull.headRepository } },
        base: { sha: pull.baseOid, ref: pull.base },
      },
    },
  };
}

/** Files of a folder by path below another name. */
export async function filesBelow(folder: string, under: string): Promise<Record<string, Buffer>> {
  const files: Record<string, Buffer> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[`${under}/${relative(folder, path)}`] = await readFile(path);
  }
  return files;
}
