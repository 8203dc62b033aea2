import type { List, ListItem } from '../model/tree.ts';
import { align } from './align.ts';
import { keyOf } from './keys.ts';
import { itemTraits } from './merge-trees.ts';
import type { Way, Writer } from './writer.ts';

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

export const patchList: Way = (text, before, after, writer) => {
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
    // The first number is the one that counts.
    const isFirst = after.ordered && result.length === 0;
    const marker = isFirst ? box.replace(/\d+/, String(after.start)) : box;
    result.push({ lines: withMarker(body, marker, own.indent), gap: own.gap });
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
