import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { editedPath } from './preview-content.ts';
import { kbFile, root } from './processes.ts';

/** A server that shows Markdown and follows it. */
export interface Server {
  name: string;
  /** Makes a folder of content ready for it, and says how it is started. */
  prepare(content: string): readonly string[];
  /** Address of the page that is edited. */
  page: string;
  /** Does the page show what is wrong with the text, too? */
  hasFindings: boolean;
}

export const kbPreview: Server = {
  name: 'kb preview',
  prepare: (content) => [
    ...[kbFile, 'preview', '--port', '0', '--content', content],
    ...['--today', '2026-11-22', '--quiet'],
  ],
  page: `/de/${editedPath}`,
  hasFindings: true,
};

/** The least a preview can be: http, chokidar, markdown-it; from its sources it would pay for TypeScript. */
export const bareServer: Server = {
  name: 'bare server',
  prepare(content) {
    const script = join(root, 'build/bench/bare-server.js');
    const source = readFileSync(join(import.meta.dirname, 'bare-server.ts'), 'utf8');
    mkdirSync(join(script, '..'), { recursive: true });
    writeFileSync(script, stripTypeScriptTypes(source));
    return [script, content];
  },
  page: `/${editedPath}.de.md`,
  hasFindings: false,
};

/** VitePress's own defaults, but for what our Markdown means differently: `{{ … }}` is no code here. */
const vitePressConfig = `export default {
  ignoreDeadLinks: true,
  vue: { template: { compilerOptions: { delimiters: ['[[[', ']]]'] } } },
};
`;

/**
 * VitePress, installed on demand into a folder of its own; null where it cannot be (offline).
 */
export function vitePress(): Server | null {
  const home = join(tmpdir(), 'reviewed-kb-bench-vitepress');
  const entry = join(home, 'node_modules/vitepress/bin/vitepress.js');
  if (!existsSync(entry)) {
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'package.json'), '{ "private": true, "type": "module" }');
    try {
      const args = ['install', 'vitepress', '--no-audit', '--no-fund', '--loglevel=error'];
      execFileSync('npm', args, { cwd: home, stdio: ['ignore', 'ignore', 'inherit'] });
    } catch {
      return null;
    }
  }
  return {
    name: `VitePress ${versionOf(home)}`,
    prepare(content) {
      mkdirSync(join(content, '.vitepress'));
      writeFileSync(join(content, '.vitepress/config.js'), vitePressConfig);
      // Pages import from vitepress, which is looked up from where they lie.
      cpSync(join(home, 'package.json'), join(content, 'package.json'));
      execFileSync('ln', ['-s', join(home, 'node_modules'), join(content, 'node_modules')]);
      return [entry, 'dev', content, '--port', '4573', '--host', '127.0.0.1'];
    },
    page: `/${editedPath}.de.html`,
    hasFindings: false,
  };
}

function versionOf(home: string): string {
  const file = join(home, 'node_modules/vitepress/package.json');
  return String((JSON.parse(readFileSync(file, 'utf8')) as { version: unknown }).version);
}

/** A server that runs, and its address. */
export interface Running {
  child: ChildProcess;
  url: string;
  /** Memory of it and its children. */
  megabytes(): number;
  stop(): Promise<void>;
}

/** Starts a server and waits for the address it prints. */
export async function started(args: readonly string[]): Promise<Running> {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await addressOf(child);
  return {
    child,
    url,
    megabytes: () => treeOf(child.pid ?? 0).reduce((sum, pid) => sum + residentMegabytes(pid), 0),
    stop() {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 5000);
      return ended.finally(() => clearTimeout(late));
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('exit', (code) => reject(new Error(`ended with exit ${code}: ${text}`)));
    child.stdout?.on('data', (data: Buffer) => {
      text += String(data);
      const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
      if (address !== undefined) resolve(address);
    });
  });
}

/** A process and all below it. Linux only, as is the resident memory. */
function treeOf(pid: number): number[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  if (!existsSync(file)) return [];
  const children = readFileSync(file, 'utf8').trim().split(/\s+/).filter(Boolean).map(Number);
  return [pid, ...children.flatMap(treeOf)];
}

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
}

/** Removes what a bench wrote. */
export function removed(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
