import type { MarkdownIt, StateCore, Token } from 'markdown-it';
import type { CalloutKind } from '../../model/tree.ts';
import { calloutKinds } from '../../model/tree.ts';
import { nearest } from '../variables.ts';
import { noteProblem } from './parse-notes.ts';

const anchorMarker = /(?:^|[ \t])\{#([^\s{}]+)\}[ \t]*$/;
const calloutMarker = /^\[!([A-Za-z][\w-]*)\][ \t]*(?:\n|$)/;
const taskMarker = /^\[([ xX])\](?=[ \t\n])/;

/** What markers say about the block they stand in, on the token that opens it. */
export interface Markers {
  anchor?: string;
  callout?: CalloutKind;
  checked?: boolean;
}

/** The markers found for a block. */
export function markersOf(token: Token): Markers {
  return (token.meta ?? {}) as Markers;
}

/** Takes `{#anchor}`, `[!NOTE]` and `[ ]` out of the text of their blocks before inlines are read. */
export function useMarkerRules(md: MarkdownIt): void {
  md.core.ruler.before('inline', 'markers', readMarkers);
}

function readMarkers(state: StateCore): void {
  const { tokens } = state;
  for (const [index, token] of tokens.entries()) {
    switch (token.type) {
      case 'heading_open':
        readAnchor(token, tokens[index + 1]);
        break;
      case 'blockquote_open':
        if (tokens[index + 1]?.type === 'paragraph_open')
          readCallout(state, token, tokens[index + 2]);
        break;
      case 'list_item_open':
        if (tokens[index + 1]?.type === 'paragraph_open') readTask(token, tokens[index + 2]);
        break;
    }
  }
}

function readAnchor(heading: Token, inline: Token | undefined): void {
  const match = inline === undefined ? null : anchorMarker.exec(inline.content);
  if (match === null || inline === undefined) return;
  inline.content = inline.content.slice(0, match.index);
  heading.meta = { anchor: match[1] } satisfies { anchor: string | undefined };
}

function readCallout(state: StateCore, quote: Token, inline: Token | undefined): void {
  const match = inline === undefined ? null : calloutMarker.exec(inline.content);
  if (match === null || inline === undefined) return;
  const [marker, name = ''] = match;
  const kind = calloutKinds.find((known) => known === name.toLowerCase());
  const line = inline.map?.[0] ?? 0;
  if (kind === undefined) {
    const suggestion = nearest(name, calloutKinds);
    noteProblem(state.env, line, {
      rule: 'callout-kind',
      message: `there is no callout [!${name}]`,
      hint:
        suggestion === null
          ? `the kinds are ${calloutKinds.map((known) => known.toUpperCase()).join(', ')}`
          : `did you mean [!${suggestion.toUpperCase()}]?`,
    });
    return;
  }
  quote.meta = { callout: kind };
  inline.content = inline.content.slice(marker.length);
  inline.map = [line + 1, inline.map?.[1] ?? line + 1];
}

function readTask(item: Token, inline: Token | undefined): void {
  const match = inline === undefined ? null : taskMarker.exec(inline.content);
  if (match === null || inline === undefined) return;
  item.meta = { checked: match[1] !== ' ' };
  inline.content = inline.content.slice(match[0].length);
}
