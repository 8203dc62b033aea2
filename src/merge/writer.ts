import type { MarkdownContext, MarkdownWish, WriteStyle } from '../markdown/index.ts';
import { parseMarkdown, toMarkdown } from '../markdown/index.ts';
import type { Loss } from '../model/finding.ts';
import type { Block, Tree } from '../model/tree.ts';
import { keyOf, withWrittenAnchors } from './keys.ts';
import { styleOf } from './style-of.ts';

/** What all writing into one text shares. */
export interface Writer {
  context: MarkdownContext;
  /** Link definitions of the whole text: parts of it are read with them. */
  definitions: string;
  style: WriteStyle;
  losses: Loss[];
  /** Blocks as Markdown in the style of the text. */
  write(tree: Tree, text?: string): string;
  /** The blocks that a part of the text stands for. */
  read(text: string): Tree;
  /** Writes a change of blocks into their text; recursion through here keeps the parts apart. */
  into(text: string, target: Tree): string | null;
}

/** A way of changing a block's own lines into another block; null: not this one. */
export type Way = (text: string, before: Block, after: Block, writer: Writer) => string | null;

const definition = /^ {0,3}\[[^\]\n]+\]:[ \t]*\S.*$/gm;

/** Makes a writer for a text. `into` is how nested texts are written. */
export function writerFor(
  source: string,
  context: MarkdownContext,
  wish: Pick<MarkdownWish, 'link' | 'image'>,
  into: (text: string, target: Tree, writer: Writer) => string | null,
): Writer {
  const definitions = (source.match(definition) ?? []).join('\n');
  const losses: Loss[] = [];
  const style = styleOf(source, null);
  const writer: Writer = {
    context: { ...context, firstLine: 0 },
    definitions,
    style,
    losses,
    write(tree, text) {
      const written = toMarkdown(tree, {
        ...wish,
        anchor: (heading) => heading.anchor,
        style: text === undefined ? style : styleOf(text, style),
      });
      losses.push(...written.losses);
      return written.value;
    },
    read(text) {
      const whole = definitions === '' ? text : `${text}\n\n${definitions}`;
      return withWrittenAnchors(parseMarkdown(whole, writer.context).tree);
    },
    into: (text, target) => into(text, target, writer),
  };
  return writer;
}

/** Does a text say exactly this? */
export function says(text: string, target: Tree, writer: Writer): boolean {
  return keyOf(writer.read(text)) === keyOf(target);
}
