import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a body lies in the store it was kept in. */
export interface KeptBody {
  /** In bytes. */
  start: number;
  bytes: number;
  /** Equal for equal texts. */
  hash: string;
}

/** So much is held in memory before it goes to disk. */
const mostPendingBytes = 4 * 1024 * 1024;

/**
 * Bodies of a help center, outside of memory: however many articles there are, a few of them are in
 * memory at a time. Small help centers never touch the disk.
 */
export class BodyStore {
  private pending: Buffer[] = [];
  private pendingStart = 0;
  private pendingBytes = 0;
  private folder: string | null = null;
  private file: number | null = null;

  keep(text: string): KeptBody {
    const content = Buffer.from(text);
    const start = this.pendingStart + this.pendingBytes;
    this.pending.push(content);
    this.pendingBytes += content.length;
    if (this.pendingBytes > mostPendingBytes) this.flush();
    const hash = createHash('sha1').update(content).digest('base64').slice(0, 16);
    return { start, bytes: content.length, hash };
  }

  read({ start, bytes }: KeptBody): string {
    if (start >= this.pendingStart) {
      const whole = this.pending.length === 1 ? this.pending[0] : Buffer.concat(this.pending);
      this.pending = whole === undefined ? [] : [whole];
      const from = start - this.pendingStart;
      return this.pending[0]?.toString('utf8', from, from + bytes) ?? '';
    }
    const content = Buffer.alloc(bytes);
    if (this.file !== null) readSync(this.file, content, 0, bytes, start);
    return content.toString('utf8');
  }

  /** Removes what lies on disk; nothing can be read afterwards. */
  close(): void {
    if (this.file !== null) closeSync(this.file);
    if (this.folder !== null) rmSync(this.folder, { recursive: true, force: true });
    this.file = null;
    this.folder = null;
    this.pending = [];
  }

  private flush(): void {
    this.folder ??= mkdtempSync(join(tmpdir(), 'reviewed-kb-bodies-'));
    this.file ??= openSync(join(this.folder, 'bodies'), 'w+', 0o600);
    const content = Buffer.concat(this.pending);
    for (let written = 0; written < content.length; )
      written += writeSync(this.file, content, written, undefined, this.pendingStart + written);
    this.pendingStart += content.length;
    this.pending = [];
    this.pendingBytes = 0;
  }
}
