import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

/** Objects of a repository, by any expression; null: there is none. */
export interface Batch {
  check(expression: string): Promise<{ oid: string; type: string; size: number } | null>;
  read(expression: string): Promise<{ bytes: Uint8Array } | null>;
  close(): void;
}

/** Objects by the hundred from two git processes that stay: one process each would take minutes. */
export function createBatch(dir: string): Batch {
  const check = createPipe(dir, '--batch-check');
  const read = createPipe(dir, '--batch');
  return {
    async check(expression) {
      const found = await check.ask(expression);
      if (found === null) return null;
      return { oid: found.oid, type: found.type, size: found.size };
    },
    async read(expression) {
      const found = await read.ask(expression);
      return found === null ? null : { bytes: found.bytes };
    },
    close() {
      check.close();
      read.close();
    },
  };
}

interface Answered {
  oid: string;
  type: string;
  size: number;
  bytes: Uint8Array;
}

function createPipe(dir: string, mode: '--batch' | '--batch-check') {
  let child: ChildProcessWithoutNullStreams | null = null;
  let rest = Buffer.alloc(0);
  const waiting: ((answer: Answered | null) => void)[] = [];

  function started(): ChildProcessWithoutNullStreams {
    if (child !== null) return child;
    child = spawn('git', ['-C', dir, 'cat-file', mode], { env: environment(), stdio: 'pipe' });
    child.stdout.on('data', (data: Buffer) => {
      rest = Buffer.concat([rest, data]);
      while (answerOne()) {}
    });
    child.on('close', () => {
      for (const done of waiting.splice(0)) done(null);
    });
    child.unref();
    return child;
  }

  function answerOne(): boolean {
    const lineEnd = rest.indexOf(10);
    if (lineEnd < 0 || waiting.length === 0) return false;
    const line = rest.subarray(0, lineEnd).toString('utf8');
    const [, oid = '', type = '', size = '0'] = /^([0-9a-f]{40}) (\w+) (\d+)$/.exec(line) ?? [];
    const isFound = oid !== '';
    const length = isFound && mode === '--batch' ? Number(size) + 1 : 0;
    if (rest.length < lineEnd + 1 + length) return false;
    const bytes = Uint8Array.from(rest.subarray(lineEnd + 1, lineEnd + length));
    rest = rest.subarray(lineEnd + 1 + length);
    waiting.shift()?.(isFound ? { oid, type, size: Number(size), bytes } : null);
    return true;
  }

  return {
    ask(expression: string): Promise<Answered | null> {
      // A line is one question: what holds a line break names nothing.
      if (expression.includes('\n') || expression === '') return Promise.resolve(null);
      const { stdin } = started();
      return new Promise((done) => {
        waiting.push(done);
        stdin.write(`${expression}\n`);
      });
    },
    close() {
      child?.stdin.end();
      child = null;
    },
  };
}

/** Git with no settings but the repository's own. */
export function environment(): NodeJS.ProcessEnv {
  const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_PREFIX, ...env } = process.env;
  return {
    ...env,
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_SYSTEM: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}
