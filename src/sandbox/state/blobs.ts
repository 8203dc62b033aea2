import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Bytes by their hash. */
export interface Blobs {
  /** Keeps the bytes and returns their SHA-256. */
  keep(bytes: Uint8Array): string;
  read(sha256: string): Uint8Array | undefined;
}

export function memoryBlobs(): Blobs {
  const kept = new Map<string, Uint8Array>();
  return {
    keep(bytes) {
      const sha256 = hashOf(bytes);
      kept.set(sha256, bytes);
      return sha256;
    },
    read: (sha256) => kept.get(sha256),
  };
}

/** Bytes in `<dir>/blobs/<sha256>`; a file appears whole or not at all. */
export function fileBlobs(dir: string): Blobs {
  const folder = path.join(dir, 'blobs');
  mkdirSync(folder, { recursive: true });
  return {
    keep(bytes) {
      const sha256 = hashOf(bytes);
      const file = path.join(folder, sha256);
      if (!existsSync(file)) {
        writeFileSync(`${file}.new`, bytes);
        renameSync(`${file}.new`, file);
      }
      return sha256;
    },
    read(sha256) {
      const file = path.join(folder, sha256);
      return /^[0-9a-f]{64}$/.test(sha256) && existsSync(file) ? readFileSync(file) : undefined;
    },
  };
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
