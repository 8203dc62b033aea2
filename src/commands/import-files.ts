import { createHash } from 'node:crypto';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import type { Loss } from '../model/finding.ts';
import {
  besidePath,
  escapeMarkdown,
  hrefsIn,
  type ImportedArticle,
  type LinkOrigin,
  zendeskAddress,
} from '../zendesk/index.ts';
import type { OpenedSource } from './import-source.ts';

/** Pictures and downloads of an import: found once, written once. */
export class ImportedFiles {
  private readonly opened: OpenedSource;
  /** null: nothing is written. */
  private readonly contentDir: string | null;
  /** Content path by the address a body has, or by the path in an export; null: it is not at hand. */
  private readonly paths = new Map<string, string | null>();
  private readonly written = new Map<string, number>();

  constructor(opened: OpenedSource, contentDir: string | null) {
    this.opened = opened;
    this.contentDir = contentDir;
  }

  /** The content path of a file, by its address or its place in the export. */
  at(address: string): string | null {
    return this.paths.get(shortKey(address.trim())) ?? null;
  }

  get assets(): { path: string; bytes: number }[] {
    return [...this.written].map(([path, bytes]) => ({ path, bytes }));
  }

  /** Finds the pictures and downloads of a body, and writes those that are not there yet. */
  async collect(html: string, origin: LinkOrigin): Promise<void> {
    const { hosts, base, files } = this.opened;
    for (const href of hrefsIn(html)) {
      const address = zendeskAddress(href, { hosts, base });
      if (address.kind !== 'file' && address.kind !== 'relative' && !/^data:/i.test(href)) continue;
      const key = address.kind === 'relative' ? besidePath(origin, address.path) : shortKey(href);
      if (this.paths.has(key)) continue;
      const file = await files.find(href, address, (path) => besidePath(origin, path));
      this.paths.set(key, file?.path ?? null);
      if (file !== null) await this.write(file.path, file.bytes);
    }
  }

  /** Downloads that Zendesk only lists under an article, as a list; what is missing stays named. */
  async attached(
    article: ImportedArticle,
    from: string,
  ): Promise<{ markdown: string; losses: Loss[] }> {
    const lines: string[] = [];
    const losses: Loss[] = [];
    for (const id of article.attachments) {
      const { name, url, file } = await this.opened.files.attachment(id);
      if (file === null)
        losses.push({ construct: 'file', action: 'kept', line: null, excerpt: name });
      else await this.write(file.path, file.bytes);
      const href =
        file === null ? (url ?? this.addressOf(id)) : encodeURI(posix.relative(from, file.path));
      const text = escapeMarkdown(name, { inLink: true, beforeBracket: false });
      lines.push(
        `- [${text}](${href.replace(/[\s()<>]/g, encodeURIComponent).replace(/[()]/g, hexOf)})`,
      );
    }
    return { markdown: lines.length === 0 ? '' : `${lines.join('\n')}\n`, losses };
  }

  /** Where Zendesk shows an attachment, should the source not say it. */
  private addressOf(id: string): string {
    return `${this.opened.base ?? 'https://unknown.zendesk.com/'}hc/article_attachments/${id}`;
  }

  private async write(path: string, bytes: Uint8Array): Promise<void> {
    if (this.written.has(path)) return;
    this.written.set(path, bytes.length);
    if (this.contentDir === null) return;
    const absolute = join(this.contentDir, path);
    if ((await stat(absolute).catch(() => null)) !== null) return;
    await mkdir(dirname(absolute), { recursive: true });
    await writeFile(absolute, bytes, { flag: 'wx' });
  }
}

/** Brackets would end a link's address. */
function hexOf(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16)}`;
}

/**
 * A data URI is its own bytes, and too long to be remembered by the thousands. What is short is copied:
 * a piece of a string keeps all of that string in memory.
 */
function shortKey(address: string): string {
  return address.length < 1000
    ? Buffer.from(address).toString()
    : createHash('sha1').update(address).digest('hex');
}
