import { createHash } from 'node:crypto';
import path from 'node:path';
import { RefusedBody } from '../habits/save-body.ts';
import type { Settings } from '../sandbox-options.ts';
import type { StoredImage } from '../state/entities.ts';
import type { Store } from '../state/store.ts';
import type { Op } from '../state/tables.ts';
import { put } from '../state/tables.ts';

/** Where rehosted images of a region live. */
const HOSTS = {
  us: 'downloads.intercomcdn.com',
  eu: 'downloads.intercomcdn.eu',
  au: 'downloads.au.intercomcdn.com',
} as const;

const SECONDS_A_SIGNATURE_LASTS = 3600;

export interface ImageHost {
  /**
   * The stored address for the image at `source`, and what to commit beside the text that shows it.
   * A source seen before is not fetched again: changed bytes go unseen.
   * @throws RefusedBody when the image cannot be fetched.
   */
  host(source: string): { readonly address: string; readonly ops: readonly Op[] };
  /** @throws RefusedBody when the image cannot be fetched. */
  assertFetchable(source: string): void;
  /**
   * A body another workspace of this name stored: its images are known here from now on, by their
   * address alone.
   */
  adopt(body: string): { readonly body: string; readonly ops: readonly Op[] };
  /** A stored body as it is read: every own image address with a new signature. */
  sign(body: string): string;
  /** A stored body for the help center's pages: own images by a path of the sandbox. */
  localise(body: string): string;
}

interface ImageHostContext {
  readonly settings: Settings;
  readonly store: Store;
  readonly baseUrl: () => string;
}

export function createImageHost({ settings, store, baseUrl }: ImageHostContext): ImageHost {
  const root = `https://${HOSTS[settings.region]}/i/o/${settings.workspaceId}/`;
  const stored = new RegExp(
    `(src=")(${escapeForPattern(root)}(\\d+)/([0-9a-f]+)/([^"?]+))(?:\\?[^"]*)?(?=")`,
    'g',
  );
  let reads = 0;

  function ownImage(source: string): StoredImage | undefined {
    if (!source.startsWith(root)) return undefined;
    const id = source.slice(root.length).split('/')[1] ?? '';
    return store.tables.images.find(id);
  }

  function addressOf(image: StoredImage): string {
    return `${root}${image.number}/${image.id}/${image.fileName}`;
  }

  function newImage(source: string, url: URL): StoredImage {
    const asset = ownAsset(url);
    const number = Number(store.nextId('images'));
    return {
      id: hexOf(`${settings.seed}|${settings.workspaceId}|${source}`).slice(0, 40),
      updatedAt: Math.floor(settings.clock() / 1000),
      number,
      fileName: fileNameOf(url),
      source,
      sha256: asset?.sha256 ?? null,
      contentType: asset?.contentType ?? null,
    };
  }

  function ownAsset(url: URL): { sha256: string; contentType: string } | undefined {
    const prefix = '/_sandbox/assets/';
    if (!isOwnOrigin(url, baseUrl()) || !url.pathname.startsWith(prefix)) return undefined;
    return store.tables.assets.find(decodedPath(url.pathname.slice(prefix.length)));
  }

  function fetchable(source: string): URL {
    const url = URL.parse(source);
    if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
      throw new RefusedBody(`Image must have an absolute http(s) URL: ${shortened(source)}`);
    }
    if (/\.(?:webp|avif|bmp|tiff?|ico|heic|pdf)$/i.test(url.pathname)) {
      throw new RefusedBody(`Image format is not supported: ${shortened(source)}`);
    }
    const isGone = source.startsWith(root) || isOwnOrigin(url, baseUrl());
    if (isGone && ownAsset(url) === undefined) {
      throw new RefusedBody(`Image could not be fetched: ${shortened(source)}`);
    }
    return url;
  }

  return {
    host(source) {
      const known = ownImage(source) ?? store.imageOf(source);
      if (known !== undefined) return { address: addressOf(known), ops: [] };
      const image = newImage(source, fetchable(source));
      return { address: addressOf(image), ops: [put('images', image)] };
    },
    assertFetchable(source) {
      if (ownImage(source) === undefined && store.imageOf(source) === undefined) fetchable(source);
    },
    adopt(body) {
      const ops = [...body.matchAll(stored)].map(
        ([, , address = '', number = '', id = '', name = '']) =>
          put('images', {
            id,
            updatedAt: Math.floor(settings.clock() / 1000),
            number: Number(number),
            fileName: name,
            source: address,
            sha256: null,
            contentType: null,
          }),
      );
      return { body: body.replace(stored, '$1$2'), ops };
    },
    sign(body) {
      if (!body.includes(root)) return body;
      return body.replace(stored, (_all, opening: string, address: string) => {
        reads += 1;
        const expires =
          Math.floor(settings.clock() / 1000) + SECONDS_A_SIGNATURE_LASTS + (reads % 3600);
        const signature = hexOf(`${settings.seed}|${address}|${reads}|${expires}`);
        const request = Buffer.from(signature.slice(0, 24), 'hex').toString('base64url');
        return `${opening}${address}?expires=${expires}&amp;signature=${signature}&amp;req=${request}`;
      });
    },
    localise(body) {
      return body.replace(
        stored,
        (_all, opening: string, _address: string, _number: string, id: string, name: string) =>
          `${opening}/help/images/${id}/${name}`,
      );
    },
  };
}

function isOwnOrigin(url: URL, base: string): boolean {
  const own = new URL(base);
  const loopback = ['127.0.0.1', 'localhost'];
  const isSameHost =
    url.hostname === own.hostname ||
    (loopback.includes(url.hostname) && loopback.includes(own.hostname));
  return isSameHost && url.port === own.port && url.protocol === own.protocol;
}

function fileNameOf(url: URL): string {
  const name = decodedPath(path.posix.basename(url.pathname)).replace(/[^\w.-]+/g, '_');
  return name === '' || name === '.' || name === '..' ? 'image' : name;
}

function decodedPath(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

function hexOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
