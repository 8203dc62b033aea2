import { createReadStream } from 'node:fs';

/** A record of a JSON file, as text, and the name of the list it stands in (null: a bare list). */
export interface JsonRecord {
  key: string | null;
  text: string;
}

const [quote, backslash, open, close, openList, closeList] = [...'"\\{}[]'].map((sign) =>
  sign.charCodeAt(0),
);

/**
 * The records of a JSON file that is too big to be read at once: the members of the lists (and the
 * objects) of its outermost object, or of its outermost list, one after the other.
 *
 * @throws Error where the file ends in the middle; what came before has been handed out
 */
export async function* jsonRecords(file: string): AsyncGenerator<JsonRecord> {
  const scan = new Scan();
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    if (Buffer.isBuffer(chunk)) yield* scan.read(chunk);
  }
  if (scan.isOpen) throw new Error(`it ends after ${scan.bytes} bytes in the middle of a value`);
}

/** Where brackets and quotes stand is all that has to be known to cut a file into records. */
class Scan {
  bytes = 0;
  private depth = 0;
  private inString = false;
  private isEscaped = false;
  private outer: 'object' | 'list' | null = null;
  private isInList = false;
  private key: string | null = null;
  /** Pieces of the record or key under way. */
  private pieces: Buffer[] = [];
  private mode: 'none' | 'key' | 'record' = 'none';

  get isOpen(): boolean {
    return this.depth > 0 || this.inString;
  }

  *read(chunk: Buffer): Generator<JsonRecord> {
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at];
      if (this.inString) {
        if (this.isEscaped) this.isEscaped = false;
        else if (byte === backslash) this.isEscaped = true;
        else if (byte === quote) {
          this.inString = false;
          if (this.mode === 'key') {
            this.pieces.push(chunk.subarray(from, at));
            this.key = Buffer.concat(this.pieces).toString();
            this.end();
          }
        }
      } else if (byte === quote) {
        this.inString = true;
        if (this.mode === 'none' && this.depth === 1 && this.outer === 'object') {
          this.mode = 'key';
          from = at + 1;
        }
      } else if (byte === open || byte === openList) {
        if (this.opens(byte === openList)) from = at;
      } else if (byte === close || byte === closeList) {
        const record = this.closes(chunk, from, at + 1);
        if (record !== null) yield record;
      }
    }
    // The stream gives its memory away again, so what is not finished is copied.
    if (this.mode !== 'none') this.pieces.push(Buffer.from(chunk.subarray(from)));
    this.bytes += chunk.length;
  }

  /** Does a record begin here? */
  private opens(isList: boolean): boolean {
    this.depth++;
    if (this.depth === 1) this.outer = isList ? 'list' : 'object';
    if (this.mode !== 'none' || this.depth === 1) return false;
    if (this.depth === 2 && isList && this.outer === 'object') {
      this.isInList = true;
      return false;
    }
    const isRecord = !isList && (this.depth === 2 || (this.depth === 3 && this.isInList));
    if (isRecord) this.mode = 'record';
    return isRecord;
  }

  private closes(chunk: Buffer, from: number, to: number): JsonRecord | null {
    this.depth--;
    if (this.depth === 1 && this.mode === 'none') this.isInList = false;
    if (this.mode !== 'record' || this.depth !== (this.isInList ? 2 : 1)) return null;
    this.pieces.push(chunk.subarray(from, to));
    const text = Buffer.concat(this.pieces).toString();
    this.end();
    return { key: this.outer === 'list' ? null : this.key, text };
  }

  private end(): void {
    this.pieces = [];
    this.mode = 'none';
  }
}
