import type { Block, List, ListItem } from '../model/tree.ts';
import { align } from './align.ts';
import { keyOf } from './keys.ts';
import { type Cutting, mergeTokens } from './merge-tokens.ts';
import { itemTraits } from './merge-trees.ts';
import { says, type Writer } from './writer.ts';

/** The lines of one block, changed into another one: the first way that is read as exactly that. */
export function patchBlock(text: string, before: Block, after: Block, writer: Writer): string {
  for (const way of waysFor(before, after)) {
    const patched = way(text, before, after, writer);
    if (patched !== null && says(patched, [after], writer)) return patched;
  }
  return writer.write([after], text);
}

type Way = (text: string, before: Block, after: Block, writer: Writer) => string | null;

function waysFor(before: Block, after: Block): Way[] {
  const isOneKind = before.type === after.type;
  if (before.type === 'code' && isOneKind) return [patchCode];
  if (before.type === 'table' && isOneKind)
    return [patchTokens('lines'), patchTokens('lines', 'change')];
  if (before.type === 'list' && isOneKind) return [patchList, patchTokens('lines')];
  if (before.type === 'collapsible' && isOneKind) return [patchCollapsible, patchTokens('lines')];
  const isQuoted = (block: Block) => block.type === 'quote' || block.type === 'callout';
  if (isQuoted(before) && isQuoted(after)) return [patchQuoted, patchTokens('lines')];
  return [patchTokens('flowing'), patchTokens('flowing', 'change')];
}

function patchTokens(cutting: Cutting, first: 'own' | 'change' = 'own'): Way {
  return (text, before, after, writer) =>
    mergeTokens(writer.write([before], text), text, writer.write([after], text), cutting, first);
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

/** One item of a list as it is written. */
interface WrittenItem {
  /** White space and marker, with the box of a task. */
  marker: string;
  /** How far its further lines are indented. */
  indent: number;
  text: string;
  /** Blank lines after it. */
  gap: number;
}

const itemStart = /^([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+|$)/;

const patchList: Way = (text, before, after, writer) => {
  if (before.type !== 'list' || after.type !== 'list') return null;
  const written = itemsOf(text, before);
  if (written === null || before.ordered !== after.ordered) return null;
  if (before.start !== after.start || after.items.length === 0) return null;
  const pairs = align(before.items, after.items, itemTraits);
  const gap = Math.max(0, ...written.slice(0, -1).map((item) => item.gap));
  const result: { lines: string[]; gap: number }[] = [];
  const places = new Map(pairs.map((place, index) => [place, index]));
  for (const [place, item] of after.items.entries()) {
    const index = places.get(place);
    const own = index === undefined ? undefined : written[index];
    const old = index === undefined ? undefined : before.items[index];
    if (own === undefined || old === undefined) {
      const moved = before.items.findIndex((other) => keyOf(other) === keyOf(item));
      const source = written[moved] ?? null;
      const model = written[Math.min(result.length, written.length) - 1] ?? written[0];
      if (model === undefined) return null;
      const lines =
        source === null
          ? newItem(item, after, place, model, writer)
          : withMarker(source.text, markerOf(after, place, model, source.marker), model.indent);
      result.push({ lines, gap });
      continue;
    }
    const body =
      keyOf(old.blocks) === keyOf(item.blocks) ? own.text : writer.into(own.text, item.blocks);
    const box = boxed(own.marker, old, item);
    if (body === null || box === null) return null;
    result.push({ lines: withMarker(body, box, own.indent), gap: own.gap });
  }
  return result
    .flatMap(({ lines, gap: after }, index) =>
      index === result.length - 1
        ? lines
        : [
            ...lines,
            ...new Array<string>(Math.max(after, gap === 0 ? 0 : Math.min(gap, 1))).fill(''),
          ],
    )
    .join('\n');
};

/** Cuts a list at its own items; null where it is written in a way that hides them. */
function itemsOf(text: string, list: List): WrittenItem[] | null {
  const items: (WrittenItem & { lines: string[] })[] = [];
  for (const line of text.split('\n')) {
    const current = items.at(-1);
    const indent = line.search(/\S/);
    const start =
      current === undefined || (indent >= 0 && indent < current.indent)
        ? itemStart.exec(line)
        : null;
    if (start !== null) {
      const [whole, space = '', sign = '', gap = ''] = start;
      // Code that begins an item is indented further than its marker tells.
      const width = gap.length > 4 ? 1 : Math.max(gap.length, 1);
      const own = list.items[items.length];
      const rest = line.slice(gap.length > 4 ? whole.length - gap.length + 1 : whole.length);
      const box = own?.checked == null ? '' : (/^\[[ xX]\][ \t]*/.exec(rest)?.[0] ?? '');
      items.push({
        marker: space + sign + ' '.repeat(gap === '' ? 0 : width) + box,
        indent: space.length + sign.length + width,
        lines: [rest.slice(box.length)],
        text: '',
        gap: 0,
      });
    } else if (current === undefined || (indent >= 0 && indent < current.indent)) {
      return null;
    } else {
      current.lines.push(line.slice(current.indent));
    }
  }
  if (items.length !== list.items.length || /\t/.test(text)) return null;
  return items.map((item) => {
    let end = item.lines.length;
    while (end > 1 && (item.lines[end - 1] ?? '').trim() === '') end--;
    return {
      marker: item.marker,
      indent: item.indent,
      text: item.lines.slice(0, end).join('\n'),
      gap: item.lines.length - end,
    };
  });
}

function withMarker(text: string, marker: string, indent: number): string[] {
  const [first = '', ...others] = text.split('\n');
  const space = ' '.repeat(indent);
  return [
    first === '' ? marker.trimEnd() : marker.endsWith(' ') ? marker + first : `${marker} ${first}`,
    ...others.map((line) => (line === '' ? '' : space + line)),
  ];
}

/** The marker with the box of the new state; null where a box comes or goes. */
function boxed(marker: string, before: ListItem, after: ListItem): string | null {
  if (before.checked === after.checked) return marker;
  if (before.checked === null || after.checked === null) return null;
  return marker.replace(/\[[ xX]\]/, after.checked ? '[x]' : '[ ]');
}

/** The marker of an item that comes in, like its neighbour's. */
function markerOf(list: List, place: number, model: WrittenItem, own: string): string {
  const box = /\[[ xX]\][ \t]*$/.exec(own)?.[0] ?? '';
  const plain = model.marker.replace(/\[[ xX]\][ \t]*$/, '');
  const number = /\d+/.exec(plain)?.[0];
  if (!list.ordered || number === undefined) return plain + box;
  // A list that numbers every item the same goes on so.
  return plain.replace(number, String(place === 0 ? list.start : Number(number) + 1)) + box;
}

function newItem(
  item: ListItem,
  list: List,
  place: number,
  model: WrittenItem,
  writer: Writer,
): string[] {
  const box = item.checked === null ? '' : item.checked ? '[x] ' : '[ ] ';
  const marker = markerOf(list, place, model, box);
  const body = item.blocks.length === 0 ? '' : writer.write(item.blocks);
  return withMarker(body, marker, marker.length - box.length);
}
