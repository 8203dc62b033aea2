import { join, resolve } from 'node:path';
import type { SandboxSettings } from '../../commands/sandbox-settings.ts';
import { KbError } from '../../model/kb-error.ts';
import type { DumpSettings, Sandbox, ServedSandbox, WorkspaceDump } from '../../sandbox/index.ts';
import type { CommandDeclaration, Invocation } from '../declaration.ts';
import { workshop } from '../groups.ts';

const usualPort = 4400;

export const sandbox: CommandDeclaration = {
  name: 'sandbox',
  summary: 'run an Intercom of your own on this machine, with a readable help center',
  group: workshop,
  arguments: [],
  options: [
    { flags: '--port <number>', summary: `its port (default: ${usualPort}); 0 picks a free one` },
    { flags: '--token <token>', summary: 'the only token it accepts (default: any)' },
    { flags: '--data <dir>', summary: 'keep its data there (default: in memory)' },
    {
      flags: '--seed <content|dir>',
      summary: 'start with the knowledge base as if published, or with the dump of a workspace',
    },
  ],
  examples: [
    { line: 'kb sandbox', says: 'until Ctrl-C; the first line is its address' },
    { line: 'kb sandbox --port 0 --data .kb/sandbox', says: 'a free port, data kept' },
    { line: 'kb sandbox --seed content', says: 'with everything that is approved, live' },
    { line: 'kb sandbox --seed ./dump', says: 'a copy of a workspace, to rehearse on' },
    { line: 'kb sandbox --workspace us:us --workspace eu:eu:abc123', says: 'two, a port each' },
  ],
  jsonKeys: ['workspaces'],
  finishesOnInterrupt: true,
  async run(invocation) {
    const { context, values, terminal } = invocation;
    const { sandboxSettings } = await import('../../commands/sandbox-settings.ts');
    const seed = await readSeed(invocation);
    const settings = await sandboxSettings(context, {
      workspaces: values.list('workspace'),
      contentNamed: values.text('content') !== null || seed?.kind === 'content',
      dumped: seed?.kind === 'dump' ? seed.settings : null,
    });
    const running = await serveAll(invocation, settings, seed);
    if (terminal.format === 'json') {
      const workspaces = running.map(({ settings: { name, region, workspaceId }, served }) => ({
        name,
        region,
        id: workspaceId,
        url: served.url,
      }));
      await terminal.tell(JSON.stringify({ workspaces }, null, 2));
    } else {
      for (const { served } of running) await terminal.tell(served.url);
    }
    for (const { settings: one, served } of running) context.warn(welcome(one, served));
    context.warn('Ctrl-C ends it.');
    await interrupted(context.signal);
    for (const one of running) await one.close();
    return null;
  },
};

type Seed =
  | { kind: 'content' }
  | { kind: 'dump'; settings: DumpSettings; dump: WorkspaceDump }
  | null;

/** `content` is the word, not a folder of that name: that one is `./content`. */
async function readSeed({ values, context }: Invocation): Promise<Seed> {
  const named = values.text('seed');
  if (named === null) return null;
  if (named === 'content') return { kind: 'content' };
  const { readDump } = await import('../../sandbox/index.ts');
  try {
    return { kind: 'dump', ...readDump(resolve(context.cwd, named)) };
  } catch (error) {
    throw new KbError('seed', error instanceof Error ? error.message : String(error), {
      hint: 'docs/sandbox.md describes the files; --seed content takes the knowledge base.',
      cause: error,
    });
  }
}

interface Running {
  settings: SandboxSettings;
  served: ServedSandbox;
  played: Sandbox;
  close(): Promise<void>;
}

/** Starts one after the other on neighbouring ports; when one cannot start, none stays. */
async function serveAll(
  invocation: Invocation,
  settings: readonly SandboxSettings[],
  seed: Seed,
): Promise<Running[]> {
  const { values } = invocation;
  const first = values.wholeNumber('port', { min: 0, max: 65535 - settings.length }) ?? usualPort;
  const running: Running[] = [];
  try {
    for (const [index, one] of settings.entries()) {
      const served = await serveOne(invocation, one, first === 0 ? 0 : first + index);
      running.push(served);
      await fill(invocation, served, seed);
    }
  } catch (error) {
    for (const one of running) await one.close();
    throw error;
  }
  return running;
}

/** Seeds a sandbox that is served already, as addresses in the content have to be its own. */
async function fill({ context }: Invocation, running: Running, seed: Seed): Promise<void> {
  if (seed === null) return;
  const { settings, served, played } = running;
  const dump = seed.kind === 'dump' ? seed.dump : await seedOf(context, settings, served.url);
  const { isFilled, skipped } = seeded(() => played.seed(dump));
  if (!isFilled) context.warn(`${settings.name} holds data already: --seed changed nothing.`);
  for (const sentence of skipped) context.warn(`Left out: ${sentence}.`);
}

async function seedOf(
  context: Invocation['context'],
  settings: SandboxSettings,
  url: string,
): Promise<WorkspaceDump> {
  const { contentSeed } = await import('../../commands/sandbox-seed.ts');
  return contentSeed(context, settings, url);
}

function seeded<Made>(seed: () => Made): Made {
  try {
    return seed();
  } catch (error) {
    throw new KbError('seed', error instanceof Error ? error.message : String(error), {
      hint: 'Nothing was stored. docs/sandbox.md describes what a dump holds.',
      cause: error,
    });
  }
}

async function serveOne(
  { values, context }: Invocation,
  settings: SandboxSettings,
  port: number,
): Promise<Running> {
  const { createSandbox, serveSandbox } = await import('../../sandbox/index.ts');
  const { name, region, workspaceId, helpCenter, locales, defaultLocale, teammates, teams } =
    settings;
  const data = values.text('data');
  const create = (): ReturnType<typeof createSandbox> =>
    createSandbox({
      name,
      region,
      workspaceId,
      locales,
      defaultLocale,
      teammates,
      teams,
      helpCenter,
      token: values.text('token') ?? undefined,
      dataDir: data === null ? undefined : join(resolve(context.cwd, data), name),
    });
  const played = started(create, data);
  try {
    const served = await serveSandbox(played, { port });
    return {
      settings,
      served,
      played,
      close: async () => {
        await served.close();
        played.close();
      },
    };
  } catch (error) {
    played.close();
    throw portError(error, port);
  }
}

/** What its data folder says may contradict what it is asked to play: that is no bug of ours. */
function started<Made>(create: () => Made, data: string | null): Made {
  try {
    return create();
  } catch (error) {
    throw new KbError('sandbox', error instanceof Error ? error.message : String(error), {
      hint: data === null ? null : 'Name another folder with --data, or remove this one.',
      cause: error,
    });
  }
}

function portError(error: unknown, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error;
  const why = code === 'EADDRINUSE' ? 'is taken' : 'may not be used';
  return new KbError('port', `Port ${port} on 127.0.0.1 ${why}.`, {
    hint: 'kb sandbox --port 0 picks a free one.',
    cause: error,
  });
}

function welcome(
  { name, region, workspaceId, defaultLocale }: SandboxSettings,
  served: ServedSandbox,
): string {
  return `${name} · ${region.toUpperCase()} workspace ${workspaceId} · help center ${served.url}/help/${defaultLocale}`;
}

function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    signal.addEventListener('abort', () => done(), { once: true });
  });
}
