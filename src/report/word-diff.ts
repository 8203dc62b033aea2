import { diffArrays } from 'diff';
import { clipped, columnsOf, type Style } from './style.ts';
import { oneLine } from './wording.ts';

/** A run of text that both sides have, or that one side has. */
export interface Piece {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

const segmenters = new Map<string, Intl.Segmenter>();

/** Words and what stands between them; scripts without spaces are cut into words too. */
export function words(text: string, locale = 'und'): string[] {
  const segmenter = segmenters.get(locale) ?? new Intl.Segmenter(locale, { granularity: 'word' });
  segmenters.set(locale, segmenter);
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

/** Above this many words a comparison word by word takes longer than it helps. */
const mostWords = 4000;

/** Two texts compared word by word. Changes with nothing but white space between them are one change. */
export function comparedWords(before: string, after: string, locale = 'und'): Piece[] {
  const [old, fresh] = [words(before, locale), words(after, locale)];
  if (old.length + fresh.length > mostWords) {
    return [
      { kind: 'removed', text: before },
      { kind: 'added', text: after },
    ];
  }
  const pieces = diffArrays(old, fresh).map(
    (part): Piece => ({
      kind: part.added ? 'added' : part.removed ? 'removed' : 'same',
      text: part.value.join(''),
    }),
  );
  return joined(pieces);
}

/** A change as its two sides; `same` pieces in between have both sides alike. */
interface Stretch {
  changed: boolean;
  before: string;
  after: string;
}

function joined(pieces: readonly Piece[]): Piece[] {
  const stretches: Stretch[] = [];
  pieces.forEach((piece, index) => {
    const last = stretches.at(-1);
    const bridges =
      piece.kind === 'same' &&
      /^\s+$/.test(piece.text) &&
      last?.changed === true &&
      index < pieces.length - 1;
    const changed = piece.kind !== 'same' || bridges;
    const stretch: Stretch = {
      changed,
      before: piece.kind === 'added' ? '' : piece.text,
      after: piece.kind === 'removed' ? '' : piece.text,
    };
    if (last === undefined || last.changed !== changed) stretches.push(stretch);
    else {
      stretches[stretches.length - 1] = {
        changed,
        before: last.before + stretch.before,
        after: last.after + stretch.after,
      };
    }
  });
  return fused(stretches.flatMap(piecesOf));
}

/** White space at the edges of a change belongs to the text around it. */
function piecesOf({ changed, before, after }: Stretch): Piece[] {
  if (!changed) return [{ kind: 'same', text: before }];
  const sides = [before, after].filter((side) => side !== '');
  const whole = sides.every((side) => side.trim() !== '');
  const lead = whole && sides.every((side) => /^\s/.test(side)) ? ' ' : '';
  const tail = whole && sides.every((side) => /\s$/.test(side)) ? ' ' : '';
  const core = (side: string): string =>
    side.slice(lead === '' ? 0 : 1, tail === '' ? side.length : -1);
  return [
    { kind: 'same', text: lead },
    { kind: 'removed', text: core(before) },
    { kind: 'added', text: core(after) },
    { kind: 'same', text: tail },
  ];
}

/** Without empty pieces, neighbours of one kind made one. */
function fused(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (piece.text === '') continue;
    if (last?.kind === piece.kind) {
      result[result.length - 1] = { kind: piece.kind, text: last.text + piece.text };
    } else {
      result.push(piece);
    }
  }
  return result;
}

/** One piece in the notation of `git diff --word-diff`: readable without colour. */
export function markedPiece(piece: Piece, style: Style): string {
  if (piece.kind === 'same') return piece.text;
  return piece.kind === 'removed'
    ? style.paint('bad', `[-${piece.text}-]`)
    : style.paint('good', `{+${piece.text}+}`);
}

/** Both texts in one line: `Passwort [-ändern-]{+zurücksetzen+}`. */
export function markedWords(before: string, after: string, style: Style, locale = 'und'): string {
  return comparedWords(oneLine(before), oneLine(after), locale)
    .map((piece) => markedPiece(piece, style))
    .join('');
}

/**
 * The changes of a text with a few words around each, `…` for what is left out. One line for each
 * change, at most `limit` of them, each within `columns`.
 */
export function excerpts(
  before: string,
  after: string,
  options: { style: Style; columns: number; limit: number; locale?: string },
): string[] {
  const pieces = comparedWords(oneLine(before), oneLine(after), options.locale ?? 'und');
  const lines: string[] = [];
  let index = pieces.findIndex(isChange);
  while (index !== -1 && lines.length < options.limit) {
    const end = clusterEnd(pieces, index);
    const cluster = pieces.slice(index, end);
    lines.push(
      excerpt(cluster, pieces[index - 1]?.text ?? '', pieces[end]?.text ?? '', options).trim(),
    );
    const next = pieces.slice(end).findIndex(isChange);
    index = next === -1 ? -1 : end + next;
  }
  return lines;
}

function isChange({ kind }: Piece): boolean {
  return kind !== 'same';
}

/** Changes with no more than this between them are told in one line. */
const nearColumns = 24;

/** Where the run of changes that begins here ends. */
function clusterEnd(pieces: readonly Piece[], start: number): number {
  let end = start + 1;
  for (let index = start + 1; index < pieces.length; index += 1) {
    const piece = pieces[index];
    if (piece === undefined) break;
    if (isChange(piece)) end = index + 1;
    else if (columnsOf(piece.text) > nearColumns) break;
  }
  return end;
}

function excerpt(
  cluster: readonly Piece[],
  lead: string,
  tail: string,
  { style, columns }: { style: Style; columns: number },
): string {
  const changes = cluster.filter(isChange).length;
  const most = Math.max(12, Math.floor((columns - 8) / (changes + 0.6)));
  const shown = cluster.map((piece) => ({ ...piece, text: clipped(piece.text, most) }));
  const used = shown.reduce(
    (sum, piece) => sum + columnsOf(piece.text) + (isChange(piece) ? 4 : 0),
    0,
  );
  const room = Math.max(16, columns - used - 6);
  const before = Math.min(columnsOf(lead), Math.floor(room / 2));
  const after = room - before;
  const marked = shown.map((piece) => markedPiece(piece, style)).join('');
  return `${lastWords(lead, before)}${marked}${firstWords(tail, after)}`;
}

/** The end of a text, cut at a word, `…` first when something is left out. */
function lastWords(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let shown = '';
  for (const word of words(text).reverse()) {
    if (columnsOf(word + shown) > columns) break;
    shown = word + shown;
  }
  return `… ${shown.replace(/^[\s.,;:!?]+/, '')}`;
}

/** The beginning of a text, cut at a word, `…` last when something is left out. */
function firstWords(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let shown = '';
  for (const word of words(text)) {
    if (columnsOf(shown + word) > columns) break;
    shown += word;
  }
  return `${shown.trimEnd()} …`;
}
