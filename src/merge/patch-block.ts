import type { Block } from '../model/tree.ts';
import { keyOf } from './keys.ts';
import { type Cutting, type MergeWishes, mergeTokens } from './merge-tokens.ts';
import { patchList } from './patch-list.ts';
import { patchTable } from './patch-table.ts';
import { says, type Way, type Writer } from './writer.ts';

/** The lines of one block, changed into another one: the first way that is read as exactly that. */
export function patchBlock(text: string, before: Block, after: Block, writer: Writer): string {
  for (const way of waysFor(before, after)) {
    const patched = way(text, before, after, writer);
    if (patched !== null && says(patched, [after], writer)) return patched;
  }
  return writer.write([after], text);
}

function waysFor(before: Block, after: Block): Way[] {
  const isOneKind = before.type === after.type;
  if (before.type === 'code' && isOneKind) return [patchCode];
  if (before.type === 'table' && isOneKind) return [patchTable, ...tokenWays('lines')];
  if (before.type === 'list' && isOneKind) return [patchList, ...tokenWays('lines')];
  if (before.type === 'collapsible' && isOneKind) return [patchCollapsible, ...tokenWays('lines')];
  const isQuoted = (block: Block) => block.type === 'quote' || block.type === 'callout';
  if (isQuoted(before) && isQuoted(after)) return [patchQuoted, ...tokenWays('lines')];
  return tokenWays('flowing');
}

/** Words in their place; last the way in which a change stands where the spelling is another one. */
function tokenWays(cutting: Cutting): Way[] {
  return [
    patchTokens(cutting),
    patchTokens(cutting, { first: 'change' }),
    patchTokens(cutting, { clash: 'change' }),
    patchTokens(cutting, { first: 'change', clash: 'change' }),
  ];
}

function patchTokens(cutting: Cutting, wishes: MergeWishes = {}): Way {
  return (text, before, after, writer) =>
    mergeTokens(writer.write([before], text), text, writer.write([after], text), cutting, wishes);
}

const patchCode: Way = (text, _before, after) => {
  const lines = text.split('\n');
  const fence = /^ {0,3}(?:`{3,}|~{3,})/.test(lines[0] ?? '');
  if (!fence || after.type !== 'code' || lines.length < 2) return null;
  return [lines[0], ...after.text.split('\n'), lines.at(-1)].join('\n');
};

/** A quote or callout: its lines without `>` are a text of their own. */
const patchQuoted: Way = (text, before, after, writer) => {
  const lines = text.split('\n');
  if (!lines.every((line) => /^ {0,3}>/.test(line))) return null;
  if (!('blocks' in before) || !('blocks' in after)) return null;
  const inner = lines.map((line) => line.replace(/^ {0,3}> ?/, ''));
  const isMarked = before.type === 'callout';
  const written = isMarked ? inner.slice(1) : inner;
  const marker = markerFor(after, isMarked ? (inner[0] ?? '') : null);
  const patched = writer.into(written.join('\n'), after.blocks);
  if (patched === null || marker === null) return null;
  const own = lines.find((line) => /^ {0,3}> ?\S/.test(line)) ?? '> ';
  const prefix = /^ {0,3}> ?/.exec(own)?.[0] ?? '> ';
  const body = patched === '' ? [] : patched.split('\n');
  return [...marker, ...body]
    .map((line) => (line === '' ? prefix.trimEnd() : prefix + line))
    .join('\n');
};

/** The line that names a callout's kind, written as the one before was; none for a quote. */
function markerFor(after: Block, written: string | null): string[] | null {
  if (after.type !== 'callout') return [];
  if (after.kind === 'custom') return null;
  const isLower = written !== null && /\[![a-z]/.test(written);
  const name = isLower ? after.kind : after.kind.toUpperCase();
  return [written === null ? `[!${name}]` : written.replace(/\[![A-Za-z]+\]/, `[!${name}]`)];
}

const collapsible =
  /^(\s*<details>\s*<summary>)([\s\S]*?)(<\/summary>[ \t]*(?:\n|$))([\s\S]*?)(\n?[ \t]*<\/details>[ \t]*)$/;

const patchCollapsible: Way = (text, before, after, writer) => {
  if (before.type !== 'collapsible' || after.type !== 'collapsible') return null;
  const [, open, title, middle, inner, close] = collapsible.exec(text) ?? [];
  if (open === undefined || title === undefined || inner === undefined) return null;
  const paragraph = (block: typeof before): Block => ({
    type: 'paragraph',
    align: null,
    children: block.title,
  });
  const isSame = keyOf(before.title) === keyOf(after.title);
  const written = writer.write([paragraph(after)]);
  const reworded = isSame
    ? title
    : (mergeTokens(writer.write([paragraph(before)]), title, written, 'flowing') ?? written);
  const body = writer.into(inner, after.blocks);
  return body === null ? null : `${open}${reworded}${middle}${body}${close}`;
};
