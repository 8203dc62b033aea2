import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { type FSWatcher, watch as watchFiles } from 'chokidar';
import { KbError } from '../../model/kb-error.ts';
import type { ContentReader, Reading } from '../reading/content-reader.ts';
import type { FolderChange } from '../reading/file-store.ts';

/** What a watcher tells. */
export interface WatchListener {
  read(reading: Reading): void;
  failed(trouble: KbError): void;
}

export interface Watch {
  /** Resolves when changes are seen. */
  ready: Promise<void>;
  /** Resolves when everything that is known to have happened has been read. */
  idle(): Promise<void>;
  /** Reads everything again, whatever was seen. */
  readAll(): Promise<void>;
  close(): Promise<void>;
}

/** Events of one save come together; waiting longer would be felt. */
const gatherMs = 2;
/** An editor may empty a file before it fills it. */
const emptyMs = 40;
/** How often a content folder that is gone is looked for. */
const returnMs = 300;

/**
 * Watches a content folder and reads what changes, one reading at a time. Whatever happens to the
 * folder, it goes on: what cannot be read is told and read again with the next change.
 */
export function watchContent(root: string, reader: ContentReader, listener: WatchListener): Watch {
  let pending: { paths: Set<string>; walk: boolean; everything: boolean } | null = null;
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let isPatient = false;
  let closed = false;

  let returning: NodeJS.Timeout | null = null;
  let watcher = watched();
  const ready = readyOf(watcher);

  function watched(): FSWatcher {
    const fresh = watchFiles(root, {
      ignoreInitial: true,
      atomic: true,
      ignored: (path) => isHidden(root, path),
    });
    fresh.on('all', seen);
    fresh.on('raw', seenRaw);
    fresh.on('error', () => note({ paths: [], walk: true }, gatherMs));
    return fresh;
  }

  function seen(event: string, path: string, stats?: Stats): void {
    if (event === 'unlinkDir' && resolve(path) === resolve(root)) awaitReturn();
    const known = event === 'change' ? reader.pathsOf(path) : [];
    const paths = known.length > 0 ? known : [contentPathOf(root, path)];
    const isEmptied = event === 'change' && stats?.size === 0;
    note({ paths, walk: known.length === 0 }, isEmptied ? emptyMs : gatherMs);
  }

  // A change of rights alone is no change to the watcher, but it may be to who reads. And of two
  // events within 5 ms, a file emptied and filled, the watcher tells the first only.
  function seenRaw(_event: string, _path: string, details: unknown): void {
    const place = detailPath(details);
    const known = place === null ? [] : reader.pathsOf(place);
    if (place === null || known.length === 0) return;
    const noteAfter = (delayMs: number) => note({ paths: known, walk: false }, delayMs);
    stat(place).then(
      ({ size }) => noteAfter(size === 0 ? emptyMs : gatherMs),
      // A file that is gone is told by the watcher, once it is sure that nothing takes its place.
      (error: unknown) => (isGone(error) ? undefined : noteAfter(gatherMs)),
    );
  }

  /** A folder that is gone leaves its watcher nothing to watch: it is looked for until it is back. */
  function awaitReturn(): void {
    if (returning !== null || closed) return;
    returning = setInterval(() => {
      stat(root).then(
        () => watchAgain(),
        () => undefined,
      );
    }, returnMs);
    returning.unref();
  }

  async function watchAgain(): Promise<void> {
    if (returning === null || closed) return;
    clearInterval(returning);
    returning = null;
    await watcher.close();
    if (closed) return;
    watcher = watched();
    await readyOf(watcher);
    pending ??= { paths: new Set(), walk: true, everything: true };
    pending.everything = true;
    schedule(0);
  }

  function note(change: { paths: readonly string[]; walk: boolean }, delayMs: number): void {
    if (closed) return;
    pending ??= { paths: new Set(), walk: false, everything: false };
    for (const path of change.paths) pending.paths.add(path);
    pending.walk ||= change.walk;
    schedule(delayMs);
  }

  function schedule(delayMs: number): void {
    if (running !== null) return;
    // What fills an emptied file is not waited for any longer once it is there.
    if (timer !== null && (!isPatient || delayMs >= emptyMs)) return;
    if (timer !== null) clearTimeout(timer);
    isPatient = delayMs >= emptyMs;
    timer = setTimeout(() => {
      timer = null;
      void run();
    }, delayMs);
  }

  function run(): Promise<void> {
    running ??= readPending().finally(() => {
      running = null;
      if (pending !== null && !closed) schedule(gatherMs);
    });
    return running;
  }

  async function readPending(): Promise<void> {
    const change = pending;
    pending = null;
    if (change === null || closed) return;
    try {
      listener.read(await reader.read(change.everything ? 'everything' : asChange(change)));
    } catch (error) {
      listener.failed(troubleOf(error, root));
      await stat(root).catch(awaitReturn);
    }
  }

  return {
    ready,
    async idle() {
      while (pending !== null || running !== null) {
        if (timer !== null) clearTimeout(timer);
        timer = null;
        await run();
      }
    },
    async readAll() {
      pending ??= { paths: new Set(), walk: true, everything: true };
      pending.everything = true;
      await run();
    },
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      if (returning !== null) clearInterval(returning);
      await watcher.close();
      await running;
    },
  };
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function readyOf(watcher: FSWatcher): Promise<void> {
  return new Promise((resolve) => {
    watcher.once('ready', () => resolve());
  });
}

function asChange({ paths, walk }: { paths: Set<string>; walk: boolean }): FolderChange {
  return { paths, walk };
}

function contentPathOf(root: string, absolute: string): string {
  return relative(root, absolute).split(sep).join('/').normalize();
}

/** Dot files are no content, and editors put theirs beside every text. */
function isHidden(root: string, absolute: string): boolean {
  return relative(root, absolute)
    .split(sep)
    .some((step) => step.startsWith('.') && step !== '.' && step !== '..');
}

function detailPath(details: unknown): string | null {
  if (details === null || typeof details !== 'object' || !('watchedPath' in details)) return null;
  return typeof details.watchedPath === 'string' ? details.watchedPath : null;
}

/** Anything may happen to a folder; none of it ends the server. */
function troubleOf(error: unknown, root: string): KbError {
  if (error instanceof KbError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new KbError('unreadable', `The content folder cannot be read: ${message}`, {
    hint: 'It is read again with the next change.',
    location: { file: root },
    cause: error,
  });
}
