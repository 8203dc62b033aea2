import { type CalloutKind, calloutKinds, type Inline, type Tree } from '../../model/tree.ts';

const calloutMarker = /^\s*\[!([A-Za-z]+)\]\s*/;

/** The callout that the blocks of a `<blockquote>` begin with, and the blocks without its marker. */
export function calloutIn(blocks: Tree): { kind: CalloutKind; blocks: Tree } | null {
  const [first, ...others] = blocks;
  if (first?.type !== 'paragraph') return null;
  const [text, ...more] = first.children;
  const match = text?.type === 'text' ? calloutMarker.exec(text.text) : null;
  const kind = calloutKinds.find((known) => known === match?.[1]?.toLowerCase());
  if (match === null || kind === undefined || text?.type !== 'text') return null;
  const rest = text.text.slice(match[0].length);
  const children: Inline[] = rest === '' ? more : [{ ...text, text: rest }, ...more];
  return { kind, blocks: children.length === 0 ? others : [{ ...first, children }, ...others] };
}

const anchorMarker = /(?:^|[ \t])\{#([^\s{}]+)\}[ \t]*$/;

/** The anchor that a heading's text ends with, and the text without it. */
export function anchorIn(inlines: readonly Inline[]): {
  anchor: string | null;
  inlines: readonly Inline[];
} {
  const last = inlines.at(-1);
  const match = last?.type === 'text' ? anchorMarker.exec(last.text) : null;
  if (match === null || last?.type !== 'text') return { anchor: null, inlines };
  const rest = last.text.slice(0, match.index);
  const kept: Inline[] = rest === '' ? [] : [{ ...last, text: rest }];
  return { anchor: match[1] ?? null, inlines: [...inlines.slice(0, -1), ...kept] };
}
