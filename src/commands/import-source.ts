import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { slugOf } from '../repository/index.ts';
import {
  authorizationFrom,
  FileFinder,
  fetchHelpCenter,
  type Network,
  readDump,
  request,
  type ZendeskSource,
} from '../zendesk/index.ts';
import type { Context } from './context.ts';

/** A help center that is read, and where its files are. */
export interface OpenedSource {
  source: ZendeskSource;
  files: FileFinder;
  hosts: ReadonlySet<string>;
  /** Address that relative ones start at. */
  base: string | null;
  /** Does it hold everything, so that what it lacks is gone? */
  isWhole: boolean;
}

/** Files bigger than this are not fetched. */
const mostFileBytes = 50 * 1024 * 1024;

/**
 * Opens an export or a live help center.
 * @throws KbError `no-source`, `address`, `zendesk`
 */
export async function openSource(context: Context, from: string): Promise<OpenedSource> {
  if (/^https?:\/\//i.test(from)) return openLive(context, from);
  const path = resolve(context.cwd, from);
  const source = await readDump(path);
  const isFolder = (await stat(path)).isDirectory();
  const files = new FileFinder(source, {
    root: isFolder ? path : dirname(path),
    download: null,
    slug: slugOf,
  });
  const hosts = hostsOf(source);
  const [first] = hosts;
  return {
    source,
    files,
    hosts,
    base: first === undefined ? null : `https://${first}/`,
    isWhole: isFolder,
  };
}

async function openLive(context: Context, from: string): Promise<OpenedSource> {
  const network: Network = {
    fetch: (input, init) => fetch(input, init),
    wait: (milliseconds) => waited(milliseconds, context.signal),
    signal: context.signal,
    authorization: authorizationFrom(context.env),
    told: (line) => context.verbose(line),
  };
  const source = await fetchHelpCenter(from, network);
  const { origin, hostname } = new URL(from);
  const download = async (url: string): Promise<Uint8Array | null> => {
    // The token goes to the help center that was named, and to nobody else.
    const isOwn = URL.canParse(url) && new URL(url).origin === origin;
    const asked = { ...network, authorization: isOwn ? network.authorization : null };
    try {
      const answer = await request(url, asked);
      if (Number(answer.headers.get('content-length') ?? 0) > mostFileBytes) return null;
      const bytes = new Uint8Array(await answer.arrayBuffer());
      return bytes.length === 0 || bytes.length > mostFileBytes ? null : bytes;
    } catch (error) {
      if (context.signal.aborted) throw error;
      return null;
    }
  };
  const files = new FileFinder(source, { root: null, download, slug: slugOf });
  return {
    source,
    files,
    hosts: new Set([hostname, ...hostsOf(source)]),
    base: `${origin}/`,
    isWhole: true,
  };
}

/** The hosts that the addresses of the articles are on: Zendesk's own, and the one customers see. */
function hostsOf({ articles }: ZendeskSource): ReadonlySet<string> {
  const urls = articles.flatMap(({ htmlUrl, url }) => [htmlUrl, url]);
  return new Set(
    urls.flatMap((url) => (url !== null && URL.canParse(url) ? [new URL(url).hostname] : [])),
  );
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
