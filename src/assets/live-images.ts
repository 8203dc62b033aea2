import type { Region } from '../model/config.ts';

/** Bytes of an image with the ending its kind has, or why there are none. */
export type LiveImage = { bytes: Uint8Array; extension: string } | { refused: string };

/** Where images of a workspace lie, by region: data of a European one is not fetched from elsewhere. */
const storeHosts: Readonly<Record<Region, RegExp>> = {
  us: /^(?:[a-z0-9-]+\.)?(?:intercomcdn\.com|intercom-attachments-\d+\.com)$/,
  eu: /^(?:[a-z0-9-]+\.)?(?:intercomcdn\.eu|intercom-attachments\.eu)$/,
  au: /^(?:[a-z0-9-]+\.)?au\.(?:intercomcdn|intercom-attachments)\.com$/,
};

/** More than Intercom's own editor takes. */
const mostBytes = 20 * 1024 * 1024;
const patienceMs = 30_000;

/** The kinds that Intercom stores, by their first bytes. Not SVG: it can hold scripts. */
const kinds: readonly { extension: string; starts: readonly number[] }[] = [
  { extension: 'png', starts: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { extension: 'jpg', starts: [0xff, 0xd8, 0xff] },
  { extension: 'gif', starts: [0x47, 0x49, 0x46, 0x38] },
];

export interface ImageStore {
  /** Base address of the API: on loopback the sandbox holds the images itself. */
  endpoint: string;
  isLoopback: boolean;
  region: Region;
  fetch: typeof fetch;
  signal: AbortSignal;
}

/**
 * Reads an image from the workspace's own store of images, and from nowhere else: no redirect is
 * followed and no token is sent, the address is signed. Never throws for what the network does.
 * @param address as the body holds it, with its signature
 */
export async function readLiveImage(address: string, store: ImageStore): Promise<LiveImage> {
  const url = store.isLoopback
    ? sandboxAddress(address, store.endpoint)
    : ownAddress(address, store);
  if (url === null) return { refused: 'it does not lie in the image store of this workspace' };
  try {
    const response = await store.fetch(url, {
      redirect: 'error',
      signal: AbortSignal.any([store.signal, AbortSignal.timeout(patienceMs)]),
    });
    if (!response.ok) return { refused: `the store answered ${response.status}` };
    const bytes = await limited(response);
    if (bytes === null) return { refused: `it has more than ${mostBytes / 1024 / 1024} MB` };
    const kind = kinds.find(({ starts }) => starts.every((byte, at) => bytes[at] === byte));
    if (kind === undefined) return { refused: 'it is no PNG, JPEG or GIF' };
    return { bytes, extension: kind.extension };
  } catch (error) {
    store.signal.throwIfAborted();
    return { refused: error instanceof Error ? 'the store could not be reached' : 'it failed' };
  }
}

function ownAddress(address: string, { region }: ImageStore): string | null {
  const url = URL.parse(address);
  const isOwn = url !== null && url.protocol === 'https:' && storeHosts[region].test(url.hostname);
  return isOwn && url.port === '' && url.username === '' ? url.href : null;
}

/** The sandbox says of its images that they lie in the region's store, and shows them on its pages. */
function sandboxAddress(address: string, endpoint: string): string | null {
  const path = URL.parse(address)?.pathname ?? '';
  const [, id, name] = /^\/i\/o\/[^/]+\/\d+\/([0-9a-f]+)\/([^/]+)$/.exec(path) ?? [];
  return id === undefined || name === undefined ? null : `${endpoint}/help/images/${id}/${name}`;
}

async function limited(response: Response): Promise<Uint8Array | null> {
  const announced = Number(response.headers.get('content-length') ?? 0);
  if (announced > mostBytes || response.body === null) return null;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    size += part.byteLength;
    if (size > mostBytes) return null;
    parts.push(part);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}
