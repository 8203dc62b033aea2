import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { slugOf } from '../repository/index.ts';
import {
  authorizationFrom,
  type Download,
  FileFinder,
  MirrorFolder,
  mirrorHelpCenter,
  type Network,
  readDump,
  request,
  type SourceFailure,
  type ZendeskSource,
} from '../zendesk/index.ts';
import type { Context } from './context.ts';
import { stateDir } from './ledger-store.ts';

/** A help center that is read, and where its files are. */
export interface OpenedSource {
  source: ZendeskSource;
  files: FileFinder;
  hosts: ReadonlySet<string>;
  /** Address that relative ones start at. */
  base: string | null;
  /** Does it hold everything, so that what it lacks is gone? */
  isWhole: boolean;
  /** What could not be read. */
  failures: readonly SourceFailure[];
  /** Lets go of the records, once the structure of the import holds what is needed of them. */
  forget(): void;
  /** Gives back what reading took. */
  close(): Promise<void>;
}

export interface OpenOptions {
  from: string;
  /** Leave nothing behind. */
  dryRun: boolean;
  /** Which of a live help center's locales; null: all of them. */
  locales: readonly string[] | null;
}

/** Files bigger than this are not fetched. */
const mostFileBytes = 50 * 1024 * 1024;
/** A picture that is not there is not worth waiting for. */
const downloadTries = 2;

/**
 * Opens an export or a live help center.
 * @throws KbError `no-source`, `address`, `zendesk`, `zendesk-denied`
 */
export async function openSource(context: Context, options: OpenOptions): Promise<OpenedSource> {
  if (/^https?:\/\//i.test(options.from)) return openLive(context, options);
  const path = resolve(context.cwd, options.from);
  const source = await readDump(path);
  const isFolder = (await stat(path)).isDirectory();
  const root = isFolder ? path : dirname(path);
  const hosts = hostsOf(source);
  const [first] = hosts;
  return {
    source,
    files: new FileFinder(source, { root, download: null, slug: slugOf }),
    hosts,
    base: first === undefined ? null : `https://${first}/`,
    isWhole: isFolder,
    failures: source.failures,
    forget: () => forget(source),
    close: async () => source.bodies.close(),
  };
}

/** A live help center is brought into a folder first: what was fetched once is not fetched again. */
async function openLive(
  context: Context,
  { from, dryRun, locales }: OpenOptions,
): Promise<OpenedSource> {
  const network = networkOf(context);
  const folder = dryRun
    ? await mkdtemp(join(tmpdir(), 'reviewed-kb-mirror-'))
    : join(stateDir(context), 'import', 'zendesk', new URL(from).host.replace(':', '-'));
  const close = async (): Promise<void> => {
    if (dryRun) await rm(folder, { recursive: true, force: true });
  };
  try {
    const { failures } = await mirrorHelpCenter(from, network, { folder, locales });
    const source = await readDump(folder);
    const { origin, hostname } = new URL(from);
    const named = hostsOf(source);
    const hosts = new Set([hostname, ...named]);
    const download = kept(new MirrorFolder(folder), downloadFrom(origin, hosts, network));
    return {
      source,
      files: new FileFinder(source, { root: folder, download, slug: slugOf }),
      hosts,
      base: baseOf(origin, named),
      isWhole: true,
      failures: [...failures, ...source.failures],
      forget: () => forget(source),
      close: async () => {
        source.bodies.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function forget(source: ZendeskSource): void {
  for (const records of [source.articles, source.translations, source.groups, source.users])
    records.length = 0;
}

/** Relative addresses start where customers are: that host stands in the old addresses, too. */
function baseOf(origin: string, named: ReadonlySet<string>): string {
  const [first] = named;
  const isPublic = origin.startsWith('https:');
  const isKnown = first === undefined || named.has(new URL(origin).hostname);
  return isPublic && !isKnown ? `https://${first}/` : `${origin}/`;
}

export function networkOf(context: Context): Network {
  return {
    fetch: (input, init) => fetch(input, init),
    wait: (milliseconds) => waited(milliseconds, context.signal),
    signal: context.signal,
    authorization: authorizationFrom(context.env),
    told: (line) => context.warn(line),
  };
}

/**
 * Files of the help center itself, asked for where it was named: no other host is asked, and none but
 * this one sees the token.
 */
function downloadFrom(origin: string, hosts: ReadonlySet<string>, network: Network): Download {
  return async (address) => {
    const url = URL.canParse(address, origin) ? new URL(address, origin) : null;
    const isOwn = hosts.has(url?.hostname ?? '') || url?.hostname.endsWith('.zendesk.com');
    if (url === null || isOwn !== true) return null;
    try {
      const asked = `${origin}${url.pathname}${url.search}`;
      return await bytesOf(await request(asked, network, downloadTries));
    } catch (error) {
      if (network.signal.aborted) throw error;
      return null;
    }
  };
}

/** null for nothing, for too much, and for the page to sign in at that stands in for a file. */
async function bytesOf(answer: Response): Promise<Uint8Array | null> {
  const isPage = (answer.headers.get('content-type') ?? '').startsWith('text/html');
  if (isPage || Number(answer.headers.get('content-length') ?? 0) > mostFileBytes) {
    await answer.body?.cancel();
    return null;
  }
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return bytes.length === 0 || bytes.length > mostFileBytes ? null : bytes;
}

/** A file of Zendesk never changes under its address, so it is fetched once. */
function kept(folder: MirrorFolder, download: Download): Download {
  return async (url) => {
    const name = `.files/${createHash('sha1').update(url).digest('hex')}`;
    const there = await readFile(join(folder.root, name)).catch(() => null);
    if (there !== null) return there;
    const bytes = await download(url);
    if (bytes !== null) await folder.writeBytes(name, bytes);
    return bytes;
  };
}

/** The hosts that the addresses of the articles are on: Zendesk's own, and the one customers see. */
function hostsOf({ articles }: ZendeskSource): ReadonlySet<string> {
  const hosts = new Set<string>();
  for (const { htmlUrl, url } of articles)
    for (const address of [htmlUrl, url])
      if (address !== null && URL.canParse(address)) hosts.add(new URL(address).hostname);
  return hosts;
}

function waited(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) return done();
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        done();
      },
      { once: true },
    );
  });
}
