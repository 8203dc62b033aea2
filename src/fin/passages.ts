import type { Translation } from '../model/article.ts';
import type { Block, Tree } from '../model/tree.ts';
import { blockText, inlineText } from '../model/tree-text.ts';

/** A piece of a text that can ground an answer on its own. */
export interface Passage {
  articleId: string;
  locale: string;
  /** Title of the article. */
  title: string;
  /** The headings it stands under, outermost first; empty for the introduction. */
  trail: readonly string[];
  /** The heading it stands under; the title for the introduction. */
  heading: string;
  /** Anchor of that heading; null for the introduction. */
  anchor: string | null;
  /** Visible words: cells, code and collapsible parts included. */
  text: string;
}

/** Passages are cut at blocks once they have more words than this. */
const wordLimit = 250;

/** The passages of a text, in reading order: one for each heading, long ones cut at their blocks. */
export function passages(translation: Translation): Passage[] {
  const { articleId, locale, title, description, body } = translation;
  const found = sectionsOf(body).flatMap(({ trail, anchor, blocks }) =>
    piecesOf(blocks).map((text) => ({
      articleId,
      locale,
      title,
      trail,
      heading: trail.at(-1) ?? title,
      anchor,
      text,
    })),
  );
  if (found[0]?.trail.length === 0) return found;
  // An article that starts with a heading, or has no text, still is found by its title.
  const introduction = { trail: [], heading: title, anchor: null, text: description };
  return [{ articleId, locale, title, ...introduction }, ...found];
}

interface Section {
  trail: readonly string[];
  anchor: string | null;
  blocks: readonly Block[];
}

function sectionsOf(body: Tree): Section[] {
  const sections: Section[] = [];
  let open: { level: number; text: string }[] = [];
  let anchor: string | null = null;
  let blocks: Block[] = [];
  const close = () => {
    if (blocks.length > 0 || open.length > 0) {
      sections.push({ trail: open.map(({ text }) => text), anchor, blocks });
    }
  };
  for (const block of body) {
    if (block.type !== 'heading') {
      blocks.push(block);
      continue;
    }
    close();
    const text = inlineText(block.children).replace(/\s+/g, ' ').trim();
    open = [...open.filter(({ level }) => level < block.level), { level: block.level, text }];
    anchor = block.anchor;
    blocks = [];
  }
  close();
  return sections;
}

/** The text of some blocks, in pieces of no more than the limit where the blocks allow it. */
function piecesOf(blocks: readonly Block[]): string[] {
  const pieces: string[] = [];
  let open: string[] = [];
  let words = 0;
  for (const text of blocks.flatMap(unitsOf)) {
    const count = wordCount(text);
    if (words > 0 && words + count > wordLimit) {
      pieces.push(open.join('\n'));
      open = [];
      words = 0;
    }
    open.push(text);
    words += count;
  }
  return [...pieces, open.join('\n')].filter((text, index) => text !== '' || index === 0);
}

/** A block's text, or the texts of its parts when it is too long for one passage. */
function unitsOf(block: Block): string[] {
  const text = blockText(block).trim();
  if (text === '') return [];
  if (wordCount(text) <= wordLimit) return [text];
  switch (block.type) {
    case 'list':
      return block.items.flatMap(({ blocks }) => blocks.flatMap(unitsOf));
    case 'table':
      return block.rows.map((row) =>
        row.map(({ blocks }) => blocks.map(blockText).join(' ')).join('\t'),
      );
    case 'collapsible':
      return [inlineText(block.title), ...block.blocks.flatMap(unitsOf)];
    case 'quote':
    case 'callout':
    case 'unknown':
      return block.blocks.flatMap(unitsOf);
    default:
      return [text];
  }
}

/** Words; where none are set apart by spaces, about two characters count as one. */
function wordCount(text: string): number {
  const spaced = text.match(/\S+/g)?.length ?? 0;
  const unspaced = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length;
  return Math.max(spaced, Math.ceil((unspaced ?? 0) / 2));
}
