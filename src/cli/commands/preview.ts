import { resolve } from 'node:path';
import { exitCodes, KbError } from '../../model/kb-error.ts';
import type { CommandDeclaration, Invocation } from '../declaration.ts';
import { writing } from '../groups.ts';
import type { Values } from '../values.ts';

const usualPort = 4500;
/** A page that is asked for within this time comes before the long reading. */
const patienceMs = 1000;
const editors = ['vscode', 'vscodium', 'cursor', 'zed', 'idea', 'sublime', 'none'] as const;

export const preview: CommandDeclaration = {
  name: 'preview',
  summary: 'show the help center as customers will see it, with every problem beside it',
  group: writing,
  arguments: [],
  options: [
    { flags: '--port <number>', summary: `its port (default: ${usualPort}); 0 picks a free one` },
    { flags: '--open', summary: 'open it in the browser' },
    { flags: '--editor <name>', summary: 'what opens a file (default: vscode)', choices: editors },
    { flags: '--build <dir>', summary: 'write it as files that need no server, and end' },
  ],
  examples: [
    { line: 'kb preview', says: 'until Ctrl-C; the first line is its address' },
    { line: 'kb preview --open --editor cursor', says: 'in the browser, files open in Cursor' },
    { line: 'kb preview --build site', says: 'a folder to attach to a pull request' },
  ],
  jsonKeys: ['url', 'pages', 'files'],
  finishesOnInterrupt: true,
  async run(invocation) {
    assertEffective(invocation.values);
    const { previewSettings } = await import('../../commands/preview.ts');
    const settings = previewSettings(invocation.context);
    const into = invocation.values.text('build');
    if (into !== null) return build(invocation, settings, into);
    const { values } = invocation;
    await serve(invocation, settings, {
      port: values.wholeNumber('port', { min: 0, max: 65535 }) ?? usualPort,
      editor: values.text('editor') ?? 'vscode',
      opens: values.flag('open'),
    });
    return null;
  },
};

/** An export has no server: what is meant for one would be ignored in silence. */
function assertEffective(values: Values): void {
  if (values.text('build') === null) return;
  const idle = [
    ...(values.text('port') === null ? [] : ['--port']),
    ...(values.text('editor') === null ? [] : ['--editor']),
    ...(values.flag('open') ? ['--open'] : []),
  ];
  if (idle.length === 0) return;
  const have = idle.length === 1 ? 'has' : 'have';
  throw new KbError('usage', `${idle.join(' and ')} ${have} no effect beside --build.`, {
    hint: 'kb preview --build writes files and ends; leave the one or the other out.',
  });
}

type Settings = ReturnType<typeof import('../../commands/preview.ts').previewSettings>;

async function build({ context }: Invocation, settings: Settings, into: string) {
  const { exportSite } = await import('../../preview/export/export-site.ts');
  const { pages, files } = await exportSite(settings, resolve(context.cwd, into));
  return {
    exitCode: exitCodes.done,
    json: { url: null, pages, files },
    text: () =>
      `${pages} pages and ${files} files written to ${into}\n\nNext: open ${into}/index.html`,
  };
}

/** Serves a knowledge base, and tells where, until the run is interrupted. */
export async function serve(
  { context, terminal }: Pick<Invocation, 'context' | 'terminal'>,
  settings: Settings,
  wishes: { port: number; editor: string; opens: boolean },
): Promise<void> {
  const { editorLinks, openPreview, servePreview } = await import('../../preview/index.ts');
  const { port, editor, opens } = wishes;
  const opened = await openPreview({ ...settings, editor: editorLinks(editor) });
  try {
    const served = await servePreview(opened, port);
    if (terminal.format === 'json') {
      const told = { url: served.url, pages: null, files: null };
      await terminal.tell(JSON.stringify(told, null, 2));
    } else {
      await terminal.tell(served.url);
    }
    if (opens) openInBrowser(served.url);
    const { knowledge } = await opened.load(patienceMs);
    const { articles } = knowledge.content;
    context.warn(`${articles.length} articles; pages change as you save. Ctrl-C ends it.`);
    await interrupted(context.signal);
    await served.close();
  } finally {
    await opened.close();
  }
}

function openInBrowser(url: string): void {
  void import('node:child_process').then(({ spawn }) => {
    const [command, ...args] =
      process.platform === 'darwin'
        ? ['open', url]
        : process.platform === 'win32'
          ? ['cmd', '/c', 'start', '', url]
          : ['xdg-open', url];
    const child = spawn(command ?? 'xdg-open', args, { stdio: 'ignore', detached: true });
    // Where there is no browser the address on the terminal has to do.
    child.once('error', () => undefined);
    child.unref();
  });
}

function interrupted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    signal.addEventListener('abort', () => done(), { once: true });
  });
}
