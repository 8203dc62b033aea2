import { isDeepStrictEqual } from 'node:util';
import type { Inline, Target, Text } from '../model/tree.ts';

/** Everything of a text run but its text. */
export type Format = Omit<Text, 'type' | 'text'>;

/** Do two targets lead to the same place? */
export function isSameTarget(a: Target | undefined, b: Target | undefined): boolean {
  return a === b || isDeepStrictEqual(a, b);
}

/** The marks and the link of an inline. */
export function formatOf(inline: Inline): Format {
  if (inline.type === 'image') return inline.link === undefined ? {} : { link: inline.link };
  if (inline.type !== 'text') return {};
  const { type: _type, text: _text, ...format } = inline;
  return format;
}

/** What two neighbours have in common: white space between them takes no more. */
export function sharedFormat(a: Format, b: Format): Format {
  const shared: Format = {};
  if (a.bold && b.bold) shared.bold = true;
  if (a.italic && b.italic) shared.italic = true;
  if (a.strike && b.strike) shared.strike = true;
  if (a.code && b.code) shared.code = true;
  if (a.other !== undefined && a.other === b.other) shared.other = a.other;
  if (a.link !== undefined && isSameTarget(a.link, b.link)) shared.link = a.link;
  return shared;
}

/** Adds text to a list of inlines, to the run before it where that has the same format. */
export function pushText(result: Inline[], text: string, format: Format): void {
  const last = result.at(-1);
  if (last?.type === 'text' && isSameFormat(last, format)) {
    result[result.length - 1] = { ...last, text: last.text + text };
  } else {
    result.push({ type: 'text', text, ...format });
  }
}

function isSameFormat(a: Format, b: Format): boolean {
  return (
    a.bold === b.bold &&
    a.italic === b.italic &&
    a.strike === b.strike &&
    a.code === b.code &&
    a.other === b.other &&
    isSameTarget(a.link, b.link)
  );
}
