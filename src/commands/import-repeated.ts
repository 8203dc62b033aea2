import { createHash } from 'node:crypto';
import type { Locale } from '../model/locale.ts';
import { slugOf } from '../repository/index.ts';
import type { RepeatedText } from './import-result.ts';

/** Shorter pieces repeat by chance, and nobody would want an include for them. */
const leastLetters = 60;
/** In fewer articles an include is more work than it saves. */
const leastArticles = 3;
const mostNamedArticles = 20;
const mostProposals = 50;

interface Piece {
  text: string;
  locale: Locale;
  articles: string[];
  count: number;
}

/**
 * Looks for pieces of text that stand in several articles word for word: what a writer would keep in
 * one place. Of a piece that was met once only its hash is remembered.
 */
export class RepeatedPieces {
  /** The article that a piece was met in first, by the hash of the piece. */
  private readonly met = new Map<number, string>();
  private readonly pieces = new Map<number, Piece>();

  /** Adds the Markdown of a text. */
  add(markdown: string, article: string, locale: Locale): void {
    const own = new Set<number>();
    for (const text of piecesOf(markdown)) {
      const hash = hashOf(`${locale}\n${text}`);
      if (own.has(hash)) continue;
      own.add(hash);
      const first = this.met.get(hash);
      if (first === undefined) {
        this.met.set(hash, article);
        continue;
      }
      const piece = this.pieces.get(hash) ?? { text, locale, articles: [first], count: 1 };
      piece.count++;
      if (piece.articles.length < mostNamedArticles) piece.articles.push(article);
      this.pieces.set(hash, piece);
    }
  }

  /** The pieces worth an include, those that save most first. */
  found(): RepeatedText[] {
    const names = new Set<string>();
    return [...this.pieces.values()]
      .filter(({ count }) => count >= leastArticles)
      .toSorted((a, b) => b.count * b.text.length - a.count * a.text.length)
      .slice(0, mostProposals)
      .map(({ text, locale, articles, count }) => ({
        include: freeName(text, locale, names),
        ...{ locale, text, count, articles },
      }));
  }
}

/** The blocks of a text: what stands between blank lines, code blocks and tags that hold blocks whole. */
function piecesOf(markdown: string): string[] {
  const pieces: string[] = [];
  let current: string[] = [];
  let end: RegExp | null = null;
  const close = (): void => {
    const text = current.join('\n').trim();
    if (text.length >= leastLetters && !text.startsWith('#')) pieces.push(text);
    current = [];
  };
  for (const line of markdown.split('\n')) {
    if (end === null && line.trim() === '') close();
    else current.push(line);
    if (end !== null) {
      if (end.test(line)) end = null;
      continue;
    }
    const fence = /^(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== undefined) end = new RegExp(`^${fence}\\s*$`);
    else if (/^<(details|table)\b/.test(line) && !/<\/(details|table)>\s*$/.test(line))
      end = /^<\/(?:details|table)>\s*$/;
  }
  close();
  return pieces;
}

/** 30 bits, which is what V8 keeps without a box of its own. Two pieces in a million share one. */
function hashOf(text: string): number {
  return createHash('sha1').update(text).digest().readUInt32LE() & 0x3fffffff;
}

function freeName(text: string, locale: Locale, taken: Set<string>): string {
  const words = text
    .replace(/\[!\w+\]|<[^>]*>|\]\([^)]*\)/g, ' ')
    .split(/\s+/)
    .slice(0, 8)
    .join(' ');
  const stem = slugOf(words).slice(0, 32).replace(/-+$/, '') || 'piece';
  for (let number = 1; ; number++) {
    const name = number === 1 ? stem : `${stem}-${number}`;
    if (taken.has(`${name}.${locale}`)) continue;
    taken.add(`${name}.${locale}`);
    return name;
  }
}
