import type { Block, CalloutKind } from '../../../model/tree.ts';
import { inlineText } from '../../../model/tree-text.ts';
import {
  attributeOf,
  childElements,
  classesOf,
  type HtmlElement,
  isInvisible,
  lineOf,
  styleOf,
} from '../html-nodes.ts';
import type { Construct } from '../reading.ts';

const frames = new Set(['div', 'p', 'section', 'aside', 'blockquote', 'article']);
const kindWords: Readonly<Record<string, CalloutKind>> = {
  ...{ note: 'note', info: 'note', information: 'note', remember: 'note', notes: 'note' },
  ...{ tip: 'tip', hint: 'tip', tips: 'tip', success: 'tip', best: 'tip' },
  ...{ important: 'important', notice: 'important', attention: 'warning' },
  ...{ warning: 'warning', warn: 'warning', alert: 'warning', caution: 'caution' },
  ...{ danger: 'caution', error: 'caution', critical: 'caution' },
};
const frameWords = new Set([
  ...['callout', 'alert', 'box', 'note', 'notice', 'panel', 'admonition', 'message', 'banner'],
  ...['notification', 'infobox', 'block', 'container', 'wrapper', 'js', 'type', 'primary'],
]);
const labels =
  /^(?:note|notes|tip|tips|info|information|remember|important|warning|caution|attention|danger|success|hint|hinweis|tipp|wichtig|achtung|warnung|vorsicht|info|remarque|astuce|nota|consejo|注意|ヒント|メモ|重要|警告|ポイント)\s*[:：!]?$/iu;

/** Boxes, known by their class or by their look. */
export const calloutConstruct: Construct = {
  name: 'callout',
  matches: (element) =>
    (frames.has(element.tagName) && calloutKind(element) !== null && !isInvisible(element)) ||
    isBoxTable(element),
  read: (element, { reader, flow, around }) => {
    const kind = calloutKind(element) ?? kindOfCell(element) ?? 'note';
    const inside = around.inCell ? null : reader.nested(around, element);
    flow.close();
    const nodes = isBoxTable(element) ? (boxCell(element)?.childNodes ?? []) : element.childNodes;
    const blocks = unwrapped(
      reader.content(nodes, inside ?? around),
      kind,
      holdsPlainFrame(element),
    );
    const label = inside === null ? null : labelOf(blocks);
    if (label !== null)
      reader.losses.addLook('callout-label', 'transformed', lineOf(element), label);
    const kept = label === null ? blocks : blocks.slice(1);
    if (kept.length === 0) return;
    if (inside === null) for (const block of kept) flow.block(block);
    else flow.block({ type: 'callout', kind, style: null, blocks: kept });
  },
};

/** The kind that classes or colours tell; null where it is no callout. */
export function calloutKind(element: HtmlElement): CalloutKind | null {
  return kindByClass(element) ?? kindByLook(element);
}

function kindByClass(element: HtmlElement): CalloutKind | null {
  let isFrame = false;
  let kind: CalloutKind | null = null;
  for (const name of classesOf(element)) {
    const words = name.split(/[-_]+/).filter((word) => word !== '');
    if (!words.every((word) => word in kindWords || frameWords.has(word))) continue;
    const strong = words.filter((word) => !frameWords.has(word));
    const frameOnly = words.filter((word) => frameWords.has(word) && word in kindWords);
    const found = strong.map((word) => kindWords[word]).find((known) => known !== undefined);
    if (
      words.some((word) =>
        ['callout', 'alert', 'admonition', 'infobox', 'notice', 'note'].includes(word),
      )
    )
      isFrame = true;
    if (found !== undefined) {
      kind = found;
      isFrame = true;
    } else if (frameOnly.length > 0) {
      kind ??= kindWords[frameOnly[0] ?? ''] ?? null;
    }
  }
  return isFrame ? (kind ?? 'note') : null;
}

/** A box with a background (and an edge or room inside). */
function kindByLook(element: HtmlElement): CalloutKind | null {
  if (!['div', 'section', 'aside', 'p'].includes(element.tagName)) return null;
  const hasEdge = [
    'padding',
    'padding-left',
    'border',
    'border-left',
    'border-radius',
    'border-color',
  ].some((name) => styleOf(element, name) !== null);
  return hasEdge ? kindOfColour(backgroundOf(element)) : null;
}

function backgroundOf(element: HtmlElement): string | null {
  const colour = styleOf(element, 'background-color') ?? styleOf(element, 'background');
  return colour ?? attributeOf(element, 'bgcolor');
}

/** A table of one coloured cell is a box. */
function isBoxTable(element: HtmlElement): boolean {
  return element.tagName === 'table' && kindOfCell(element) !== null && !isInvisible(element);
}

function boxCell(table: HtmlElement): HtmlElement | null {
  const rows = childElements(table).flatMap((child) =>
    child.tagName === 'tbody' ? childElements(child) : child.tagName === 'colgroup' ? [] : [child],
  );
  const cells = rows.flatMap((row) => (row.tagName === 'tr' ? childElements(row) : [row]));
  const [only, ...others] = cells;
  return only?.tagName === 'td' && others.length === 0 ? only : null;
}

function kindOfCell(table: HtmlElement): CalloutKind | null {
  if (table.tagName !== 'table') return null;
  const cell = boxCell(table);
  return cell === null ? null : kindOfColour(backgroundOf(cell) ?? backgroundOf(table));
}

const named: Readonly<Record<string, CalloutKind>> = {
  ...{ lightyellow: 'warning', yellow: 'warning', lightblue: 'note', aliceblue: 'note' },
  ...{ lightgreen: 'tip', honeydew: 'tip', lightgrey: 'important', lightgray: 'important' },
  ...{ whitesmoke: 'important', pink: 'caution', mistyrose: 'caution', azure: 'note' },
};

/** What a background means by its hue; null for none, white and black. */
function kindOfColour(colour: string | null): CalloutKind | null {
  if (colour === null) return null;
  const byName = named[colour];
  if (byName !== undefined) return byName;
  const rgb = rgbOf(colour);
  if (rgb === null) return null;
  const [red, green, blue] = rgb;
  const most = Math.max(red, green, blue);
  const least = Math.min(red, green, blue);
  if (least > 250 || most < 60) return null;
  if (most - least < 8) return 'important';
  if (blue === most) return 'note';
  if (green === most && green - red > 6) return 'tip';
  return red - green < (most - least) * 0.65 ? 'warning' : 'caution';
}

function rgbOf(colour: string): [number, number, number] | null {
  const hex = /#([0-9a-f]{6})(?:[0-9a-f]{2})?\b/.exec(colour)?.[1];
  const short = /#([0-9a-f]{3})\b/.exec(colour)?.[1];
  const digits =
    hex ?? (short === undefined ? null : [...short].map((digit) => digit + digit).join(''));
  if (digits !== null)
    return [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16)) as [
      number,
      number,
      number,
    ];
  const parts = /rgba?\(\s*(\d+)[,\s]+(\d+)[,\s]+(\d+)(?:[,/\s]+([\d.]+))?/.exec(colour);
  if (parts === null || parts[4] === '0') return null;
  return [Number(parts[1]), Number(parts[2]), Number(parts[3])];
}

/** A box that only holds a box of its kind, or one that tells none of its own, is one box. */
function unwrapped(
  blocks: readonly Block[],
  kind: CalloutKind,
  innerIsPlain: boolean,
): readonly Block[] {
  const [only, ...others] = blocks;
  if (only?.type !== 'callout' || others.length > 0) return blocks;
  return only.kind === kind || innerIsPlain ? only.blocks : blocks;
}

/** Does the outermost box inside say that it is one, but not of which kind? */
function holdsPlainFrame(element: HtmlElement): boolean {
  for (let [inner, ...others] = childElements(element); inner !== undefined; ) {
    if (calloutKind(inner) !== null) {
      const words = classesOf(inner).flatMap((name) => name.split(/[-_]+/));
      const isTold = words.some((word) => word in kindWords && !frameWords.has(word));
      return !isTold && kindByLook(inner) === null;
    }
    if (others.length > 0) return false;
    [inner, ...others] = childElements(inner);
  }
  return false;
}

/** The first paragraph where it only repeats what the colour says. */
function labelOf(blocks: readonly Block[]): string | null {
  const [first, second] = blocks;
  if (first === undefined || second === undefined) return null;
  if (first.type !== 'paragraph') return null;
  const isLabel = first.children.every((inline) => inline.type === 'text');
  const text = inlineText(first.children).trim();
  return isLabel && labels.test(text) ? text : null;
}
