import type { Profile } from '../../model/profile.ts';
import type { Block, Inline, List, ListItem, Paragraph } from '../../model/tree.ts';
import { allBlocks } from '../../model/tree-text.ts';
import { normaliseInlines } from '../normalise-inlines.ts';

const indent = '\u00a0\u00a0';

/** Must this list be sent as paragraphs, because the workspace would drop the number it begins with? */
export function losesStart(list: List, profile: Profile): boolean {
  return list.ordered && list.start !== 1 && profile.olStart === 'stripped';
}

/** Intercom documents that a list item holds no table: such a list is sent as paragraphs and tables. */
export function holdsTable(list: List): boolean {
  return list.items.some((item) => allBlocks(item.blocks).some(({ type }) => type === 'table'));
}

/** A list as paragraphs that say what its markers said: `3. `, or `– `; deeper ones are indented. */
export function listAsParagraphs(list: List, depth: number): Block[] {
  const prefix = indent.repeat(depth);
  return list.items.flatMap((item, index) => {
    const marker = list.ordered ? `${list.start + index}. ` : '– ';
    return prefixed(prefix + marker, itemBlocks(item));
  });
}

/** The blocks of an item, the task's box in front of its text. */
export function itemBlocks(item: ListItem): readonly Block[] {
  if (item.checked === null) return item.blocks;
  return prefixed(item.checked ? '☑ ' : '☐ ', item.blocks);
}

/** Blocks with a text put in front of their first paragraph, or as a paragraph of its own. */
export function prefixed(text: string, blocks: readonly Block[]): Block[] {
  const [first, ...others] = blocks;
  const prefix: Inline = { type: 'text', text };
  if (first?.type === 'paragraph') {
    const paragraph: Paragraph = { ...first, children: withPrefix(prefix, first.children) };
    return [paragraph, ...others];
  }
  const own: Paragraph = { type: 'paragraph', align: null, children: normaliseInlines([prefix]) };
  return [own, ...blocks];
}

function withPrefix(prefix: Inline, children: readonly Inline[]): Inline[] {
  return normaliseInlines([prefix, ...children]);
}
