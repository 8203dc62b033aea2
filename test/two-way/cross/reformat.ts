import { parseMarkdown } from '../../../src/markdown/index.ts';
import { canonicalJson } from '../../../src/model/canonical-json.ts';
import { contextOf } from './pure-pull.ts';

type Reformatting = (text: string) => string;

/** What a writer does to a file that changes nothing a reader gets. */
const reformattings: readonly Reformatting[] = [
  (text) => eachParagraph(text, (words) => wrapped(words, 34)),
  (text) => eachParagraph(text, (words) => words.join(' ')),
  (text) => text.replace(/^( *)[-*] (?=\S)/gm, '$1+ '),
  (text) => text.replace(/\*\*([^*\n]+)\*\*/g, '__$1__'),
  withReferences,
  (text) => text.replace(/\n\n(?=\S)/, '\n\n<!-- geprüft im Mai -->\n\n'),
  (text) => text.replace(/^\|(.*)\|$/gm, (_, row: string) => `|  ${row.trim()}  |`),
];

/** A text reformatted in every way that leaves its tree as it is. */
export function reformatted(text: string): string {
  const tree = treeOf(text);
  return reformattings.reduce((before, change) => {
    const after = change(before);
    return treeOf(after) === tree ? after : before;
  }, text);
}

function treeOf(text: string): string {
  return canonicalJson(parseMarkdown(text, contextOf()).tree);
}

function eachParagraph(text: string, change: (words: string[]) => string): string {
  const tree = treeOf(text);
  const parts = text.split(/(\n{2,})/);
  parts.forEach((part, index) => {
    const isFlowing = /^\p{L}/u.test(part) && !/<img| {2}\n|\\\n|^\S+$|^[=-]+$/m.test(part);
    if (!isFlowing) return;
    const after = change(part.trim().split(/\s+/));
    if (treeOf(parts.with(index, after).join('')) === tree) parts[index] = after;
  });
  return parts.join('');
}

function wrapped(words: readonly string[], columns: number): string {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < columns) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines.join('\n');
}

/** Links in text become reference links, defined at the end of the file. */
function withReferences(text: string): string {
  const definitions: string[] = [];
  const body = text.replace(
    /(?<![!\]])\[([^\]\n[]+)\]\((https:[^)\s]+)\)(?!\{)/g,
    (_, words: string, address: string) => {
      definitions.push(`[ref${definitions.length + 1}]: ${address}`);
      return `[${words}][ref${definitions.length}]`;
    },
  );
  return definitions.length === 0 ? text : `${body.trimEnd()}\n\n${definitions.join('\n')}\n`;
}
