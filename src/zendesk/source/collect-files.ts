import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { ZendeskAddress } from '../structure/zendesk-address.ts';
import type { ZendeskAttachment, ZendeskSource } from './records.ts';

/** A file of the help center, by what is in it. */
export interface CollectedFile {
  /** Content path. */
  path: string;
  bytes: Uint8Array;
}

const types: Readonly<Record<string, string>> = {
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/gif': '.gif',
  'image/svg+xml': '.svg',
  'image/webp': '.webp',
  'application/pdf': '.pdf',
};
/** A drawing that somebody opens on its own would run this. */
const activeSvg = /<\s*(?:script|foreignObject|iframe|use\s[^>]*data:)|\son\w+\s*=|javascript:/i;
/** A data URI bigger than this is no picture of an article. */
const mostDataBytes = 20 * 1024 * 1024;

/** Fetches a file of the help center; null where it is not to be had. */
export type Download = (url: string) => Promise<Uint8Array | null>;

/** Finds the bytes of pictures and downloads: in the address itself, in the dump, or by asking for them. */
export class FileFinder {
  private readonly root: string | null;
  private readonly byName = new Map<string, string>();
  private readonly byId = new Map<string, string>();
  /** Content path by the hash of the bytes: the same picture is one file. */
  private readonly byHash = new Map<string, string>();
  private readonly attachments: ReadonlyMap<string, ZendeskAttachment>;
  private readonly download: Download | null;
  private readonly files: ReadonlySet<string>;
  private readonly slug: (text: string) => string;

  constructor(
    source: ZendeskSource,
    options: {
      /** Folder of the dump; null for a live help center. */
      root: string | null;
      download: Download | null;
      slug: (text: string) => string;
    },
  ) {
    this.root = options.root;
    this.download = options.download;
    this.slug = options.slug;
    this.attachments = new Map(source.attachments.map((attachment) => [attachment.id, attachment]));
    this.files = new Set(source.files);
    for (const file of source.files) {
      const name = basename(file);
      if (!this.byName.has(name.toLowerCase())) this.byName.set(name.toLowerCase(), file);
      for (const [id] of file.matchAll(/(?<![\w-])(?:\d{4,}|01[0-9A-Z]{24})(?![\w])/g))
        if (!this.byId.has(id)) this.byId.set(id, file);
    }
  }

  /**
   * The file behind an address of a body; null where its bytes are nowhere.
   * @param beside the path in an export that a relative address means
   */
  async find(
    written: string,
    address: ZendeskAddress,
    beside: (path: string) => string,
  ): Promise<CollectedFile | null> {
    if (/^data:/i.test(written)) return this.fromData(written);
    if (address.kind === 'relative') return this.beside(beside(address.path), address.path);
    if (address.kind !== 'file') return null;
    const attachment = address.id === null ? undefined : this.attachments.get(address.id);
    const isNamed = address.name !== null && address.name !== 'file';
    const name = attachment?.fileName || (isNamed ? address.name : null);
    const bytes =
      (await this.inDump(address.id, name)) ?? (await this.download?.(address.url)) ?? null;
    if (bytes === null) return null;
    return this.named(bytes, name ?? this.nameInDump(address.id) ?? lastStep(address.url));
  }

  /** A file listed under an article. */
  async attachment(
    id: string,
  ): Promise<{ name: string; url: string | null; file: CollectedFile | null }> {
    const attachment = this.attachments.get(id);
    const name = attachment?.fileName || id;
    const url = attachment?.url ?? null;
    const bytes =
      (await this.inDump(id, name)) ??
      (url === null ? null : ((await this.download?.(url)) ?? null));
    return { name, url, file: bytes === null ? null : this.named(bytes, name) };
  }

  private async beside(place: string, path: string): Promise<CollectedFile | null> {
    const name = lastStep(path);
    const file = this.files.has(place) ? place : (this.byName.get(name.toLowerCase()) ?? null);
    const bytes =
      file === null || this.root === null
        ? null
        : await readFile(join(this.root, file)).catch(() => null);
    return bytes === null ? null : this.named(bytes, name);
  }

  /** What a file of the export is called, without the id in front. */
  private nameInDump(id: string | null): string | null {
    const file = id === null ? undefined : this.byId.get(id);
    if (id === null || file === undefined) return null;
    const name = basename(file)
      .replace(id, '')
      .replace(/^[-_. ]+/, '');
    return /\w\.\w+$/.test(name) ? name : null;
  }

  private async inDump(id: string | null, name: string | null): Promise<Uint8Array | null> {
    if (this.root === null) return null;
    const file =
      (id === null ? undefined : this.byId.get(id)) ??
      (name === null ? undefined : this.byName.get(name.toLowerCase()));
    return file === undefined ? null : readFile(join(this.root, file)).catch(() => null);
  }

  private fromData(uri: string): CollectedFile | null {
    const match = /^data:([\w.+-]+\/[\w.+-]+)?((?:;[^,;]*)*),([\s\S]*)$/i.exec(uri);
    if (match === null || uri.length > 1.4 * mostDataBytes) return null;
    const [, type = '', parameters = '', data = ''] = match;
    const extension = types[type.toLowerCase()];
    if (extension === undefined) return null;
    const bytes = /;base64/i.test(parameters)
      ? Buffer.from(data.replace(/\s+/g, ''), 'base64')
      : Buffer.from(decoded(data));
    const isActive = extension === '.svg' && activeSvg.test(bytes.toString('utf8'));
    return bytes.length === 0 || isActive ? null : this.named(bytes, `image${extension}`);
  }

  /** The same bytes have the same name, wherever they came from. */
  private named(bytes: Uint8Array, name: string): CollectedFile {
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
    const extension = (sniffed(bytes) ?? extname(name).toLowerCase()).replace(/[^.a-z0-9]/g, '');
    const stem = this.slug(basename(name, extname(name))).slice(0, 40) || 'file';
    const path = this.byHash.get(hash) ?? `assets/${stem}-${hash}${extension}`;
    this.byHash.set(hash, path);
    return { path, bytes };
  }
}

function sniffed(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1');
  if (start.startsWith('\x89PNG')) return '.png';
  if (start.startsWith('\xff\xd8\xff')) return '.jpg';
  if (start.startsWith('GIF8')) return '.gif';
  if (start.startsWith('%PDF')) return '.pdf';
  return start.startsWith('RIFF') && start.slice(8) === 'WEBP' ? '.webp' : null;
}

function lastStep(url: string): string {
  return decoded(url.split(/[?#]/)[0]?.split('/').filter(Boolean).at(-1) ?? 'file');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
