/** A sign that says where a line begins or ends. */
export const lineEdge = ' ';

/**
 * May Markdown's delimiters (`**`, `*`, `~~`) stand between these characters, so that they open and
 * close? CommonMark says no for a mark that ends in punctuation before a letter (`**「…」**と`), or
 * begins so; parsers disagree on which signs are punctuation, so both readings have to agree.
 */
export function canDelimit(edges: {
  before: string;
  first: string;
  last: string;
  after: string;
}): boolean {
  return [isPunctuation, isPunctuationOrSymbol].every(
    (isPunctuationSign) =>
      isFlanking(edges.before, edges.first, isPunctuationSign) &&
      isFlanking(edges.after, edges.last, isPunctuationSign),
  );
}

function isFlanking(
  outside: string,
  inside: string,
  isPunctuationSign: (sign: string) => boolean,
): boolean {
  if (isSpace(inside)) return false;
  return !isPunctuationSign(inside) || isSpace(outside) || isPunctuationSign(outside);
}

function isSpace(sign: string): boolean {
  return sign === '' || /^[\s\u200b]$/.test(sign);
}

function isPunctuation(sign: string): boolean {
  return /^[!-/:-@[-`{-~\p{P}]$/u.test(sign);
}

function isPunctuationOrSymbol(sign: string): boolean {
  return /^[!-/:-@[-`{-~\p{P}\p{S}]$/u.test(sign);
}
