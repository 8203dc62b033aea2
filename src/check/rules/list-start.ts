import type { Block, List, Tree } from '../../model/tree.ts';
import { allBlocks, innerBlocks, treeText } from '../../model/tree-text.ts';
import type { Facts, Text } from '../facts.ts';
import type { Place } from '../place.ts';
import type { Rule } from '../rule.ts';
import { positionAt } from '../sources.ts';

export const listStart: Rule = {
  name: 'list-start',
  severity: 'warn',
  holds: 'text',
  fixable: false,
  looksAt: 'item',
  what: 'a numbered list that something interrupts and that then goes on counting',
  why: 'These are two lists: the second one does not belong to the first, and services restart it at 1.',
  mend: 'Indent what interrupts it, so that it belongs to the item before.',
  find(facts) {
    return facts.texts.flatMap((text) =>
      continuedLists(text.translation.body).map((list) => ({
        ...placeOfList(list, text, facts),
        message: `a new list starts at ${list.start}: what stands before it interrupts the list`,
        hint: 'indent what stands between by three spaces, so that it belongs to the item before',
      })),
    );
  },
};

function continuedLists(body: Tree): List[] {
  const rows = [body, ...allBlocks(body).flatMap(sequencesIn)];
  return rows.flatMap((row) => continuedIn(row));
}

/** Blocks that follow one another inside a block; a list's items and a table's cells each on their own. */
function sequencesIn(block: Block): Tree[] {
  if (block.type === 'list') return block.items.map((item) => item.blocks);
  if (block.type === 'table') return block.rows.flatMap((row) => row.map((cell) => cell.blocks));
  return [innerBlocks(block)];
}

function continuedIn(row: Tree): List[] {
  const lists = row.filter((block): block is List => block.type === 'list' && block.ordered);
  return lists.filter((list, index) => {
    const before = lists[index - 1];
    return (
      before !== undefined && list.start > 1 && list.start === before.start + before.items.length
    );
  });
}

/** The tree knows no places, so the list is sought by its first number and words. */
function placeOfList(list: List, { translation }: Text, facts: Facts): Place {
  const none = { file: translation.file, line: 1, column: 1 };
  const source = facts.sources.get(translation.file);
  if (source === undefined) return none;
  const word = /[\p{L}\p{N}]+/u.exec(treeText(list.items[0]?.blocks ?? []))?.[0] ?? '';
  const line = new RegExp(`^[ \\t>]*(${list.start})[.)][ \\t]+[^\\n]*${word}`, 'mu').exec(source);
  if (line === null) return none;
  return {
    file: translation.file,
    ...positionAt(source, line.index + line[0].indexOf(String(list.start))),
  };
}
