import { markdownTable } from '../escape.ts';
import { byFolder } from '../plan-entries.ts';
import { clipped } from '../style.ts';
import { numeral } from '../wording.ts';

/**
 * A text that must stay below a limit is put together from parts that know how to be shown in part:
 * whole rows and whole differences, then the number of those left out. It is never cut in the middle
 * of a table or a fence.
 */
export interface Part {
  /** Share of the whole that it may take, 0 to 1; what it leaves is there for those after it. */
  share: number;
  opening: string;
  items: readonly { text: string; name: string }[];
  closing: string;
}

/** GitHub refuses comments above 65,536 characters; bytes are never fewer than those. */
export function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

/** The parts as far as they fit, each with what it left out; a part of which nothing fits is left out. */
export function fitted(parts: readonly Part[], roomBytes: number): string[] {
  let room = roomBytes;
  return parts.flatMap((part) => {
    const text = fittedPart(part, Math.min(room, Math.floor(roomBytes * part.share)));
    if (text === null) return [];
    room -= bytesOf(text) + 2;
    return [text];
  });
}

/** Kept back for the line that counts what is left out. */
const restBytes = 1000;

function fittedPart({ opening, items, closing }: Part, room: number): string | null {
  if (items.length === 0) return null;
  let left = room - bytesOf(opening) - bytesOf(closing) - restBytes;
  const shown: string[] = [];
  for (const { text } of items) {
    left -= bytesOf(text) + 1;
    if (left < 0) break;
    shown.push(text);
  }
  const rest = items.slice(shown.length);
  if (shown.length === 0 && room < restBytes + bytesOf(opening) + bytesOf(closing)) return null;
  return [
    opening,
    ...shown,
    ...(rest.length === 0 ? [] : ['', restText(rest)]),
    ...(closing === '' ? [] : [closing]),
  ].join('\n');
}

/** `and 2,800 more: konto/… (1,203), start/… (1,597)`. */
function restText(rest: readonly { name: string }[]): string {
  const names = rest.map(({ name }) => name);
  const folders = names.every((name) => name.includes('/')) ? `: ${byFolder(names)}` : '';
  return clipped(`and ${numeral(rest.length)} more${folders}`, 300);
}

/** The rows of a table as a part; names are Markdown already. */
export function tablePart(
  share: number,
  title: string,
  header: readonly string[],
  rows: readonly { cells: readonly string[]; name: string }[],
): Part {
  return {
    share,
    opening: `${title}\n\n${markdownTable(header, [])}`,
    items: rows.map(({ cells, name }) => ({ text: `| ${cells.join(' | ')} |`, name })),
    closing: '',
  };
}
