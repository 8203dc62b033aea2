import type { MarkdownIt, StateBlock } from 'markdown-it';
import { maxNesting } from '../nesting.ts';
import { insteadOf } from './html-policy.ts';
import { noteProblem } from './parse-notes.ts';

type BlockRule = (
  state: StateBlock,
  startLine: number,
  endLine: number,
  silent: boolean,
) => boolean;

const includePattern = /^\{\{>[ \t]*([^\s{}](?:[^{}]*[^\s{}])?)[ \t]*\}\}[ \t]*$/;
const flatTag = /<\/?(?:details|summary|p|div)(?=[\s/>])(?:[^"'<>]|"[^"]*"|'[^']*')*>/iy;
const flatTagStart = /^<\/?(?:details|summary|p|div)(?=[\s/>])/i;
const summaryEnd = /<\/summary\s*>/i;
const tableStart = /^<table(?=[\s/>])/i;
const scriptStart = /^<(script|style)(?=[\s/>]|$)/i;

/** Adds the dialect's block constructs; replaces CommonMark's raw HTML blocks. */
export function useBlockRules(md: MarkdownIt): void {
  const interrupting = { alt: ['paragraph', 'reference', 'blockquote'] };
  md.block.ruler.disable('html_block');
  md.block.ruler.before('table', 'nesting_limit', nestingLimit);
  md.block.ruler.before('reference', 'include', include);
  md.block.ruler.before('reference', 'footnote', footnote);
  md.block.ruler.before('reference', 'comment', comment, interrupting);
  md.block.ruler.before('reference', 'script', script, interrupting);
  md.block.ruler.before('reference', 'html_table', htmlTable, interrupting);
  md.block.ruler.before('reference', 'html_tags', htmlTags, interrupting);
}

/** The text of a line from its first visible character on; null where it is indented code. */
function lineText(state: StateBlock, line: number): string | null {
  if (at(state.sCount, line) - state.blkIndent >= 4) return null;
  return state.src.slice(lineStart(state, line), at(state.eMarks, line));
}

function at(numbers: readonly number[], index: number): number {
  return numbers[index] ?? 0;
}

function lineStart(state: StateBlock, line: number): number {
  return at(state.bMarks, line) + at(state.tShift, line);
}

/** Does this line end the container (a list item) that is being read? */
function isOutside(state: StateBlock, line: number): boolean {
  return !state.isEmpty(line) && at(state.sCount, line) < state.blkIndent;
}

/** The line after the last one of the container that `line` stands in. */
function containerEnd(state: StateBlock, line: number, endLine: number): number {
  let next = line + 1;
  while (next < endLine && !isOutside(state, next)) next++;
  return next;
}

const nestingLimit: BlockRule = (state, startLine, endLine, silent) => {
  // A list takes two levels: itself and its item.
  if (silent || state.level < 2 * maxNesting) return false;
  const next = containerEnd(state, startLine, endLine);
  const token = state.push('plain_text', '', 0);
  token.content = state.getLines(startLine, next, state.blkIndent, false);
  token.map = [startLine, next];
  noteProblem(state.env, startLine, {
    rule: 'nesting-depth',
    message: 'blocks are nested too deep here',
    hint: 'the innermost ones are read as plain text: move them out',
  });
  state.line = next;
  return true;
};

const include: BlockRule = (state, startLine, _endLine, silent) => {
  if (state.src.charCodeAt(lineStart(state, startLine)) !== 0x7b) return false;
  const name = includePattern.exec(lineText(state, startLine) ?? '')?.[1];
  if (name === undefined) return false;
  if (silent) return true;
  const token = state.push('include', '', 0);
  token.content = name;
  token.map = [startLine, startLine + 1];
  state.line = startLine + 1;
  return true;
};

/** Footnotes are not in the dialect: their definitions must stay text instead of being read as link targets. */
const footnote: BlockRule = (state, startLine, endLine, silent) => {
  if (!state.src.startsWith('[^', lineStart(state, startLine))) return false;
  const paragraph = state.md.block.ruler.getRules('').at(-1);
  return paragraph === undefined ? false : paragraph(state, startLine, endLine, silent);
};

const comment: BlockRule = (state, startLine, endLine, silent) => {
  if (!(lineText(state, startLine) ?? '').startsWith('<!--')) return false;
  if (silent) return true;
  const end = findInContainer(state, startLine, endLine, lineStart(state, startLine) + 2, '-->');
  if (end === null) {
    noteProblem(state.env, startLine, {
      rule: 'html-allowed',
      message: 'a comment begins here and is not closed',
      hint: 'close it with -->',
    });
    state.line = containerEnd(state, startLine, endLine);
    return true;
  }
  return parseRemainder(state, end.line, end.position, endLine);
};

const script: BlockRule = (state, startLine, endLine, silent) => {
  const name = scriptStart.exec(lineText(state, startLine) ?? '')?.[1]?.toLowerCase();
  if (name === undefined) return false;
  if (silent) return true;
  noteProblem(state.env, startLine, {
    rule: 'html-allowed',
    message: `<${name}> is not allowed in an article`,
    hint: insteadOf(name),
  });
  const end = findInContainer(state, startLine, endLine, lineStart(state, startLine), `</${name}`);
  const close = end === null ? -1 : state.src.indexOf('>', end.position);
  if (end === null || close < 0 || close >= at(state.eMarks, end.line)) {
    state.line = end === null ? containerEnd(state, startLine, endLine) : end.line + 1;
    return true;
  }
  return parseRemainder(state, end.line, close + 1, endLine);
};

/** Finds a text (in lower case) from a position on; gives the place right behind it. */
function findInContainer(
  state: StateBlock,
  startLine: number,
  endLine: number,
  from: number,
  needle: string,
): { line: number; position: number } | null {
  for (let line = startLine; line < endLine; line++) {
    if (line > startLine && isOutside(state, line)) break;
    const begin = line === startLine ? from : at(state.bMarks, line);
    const found = state.src.slice(begin, at(state.eMarks, line)).toLowerCase().indexOf(needle);
    if (found >= 0) return { line, position: begin + found + needle.length };
  }
  return null;
}

/** A whole `<table>…</table>`, blank lines included; an unclosed one ends at the next blank line. */
const htmlTable: BlockRule = (state, startLine, endLine, silent) => {
  if (!tableStart.test(lineText(state, startLine) ?? '')) return false;
  if (silent) return true;
  const end = tableEnd(state, startLine, endLine);
  const token = state.push('html_table', '', 0);
  if (end === null) {
    noteProblem(state.env, startLine, {
      rule: 'html-allowed',
      message: '<table> is not closed',
      hint: 'close it with </table>',
    });
    let next = startLine + 1;
    while (next < endLine && !state.isEmpty(next) && !isOutside(state, next)) next++;
    token.content = state.getLines(startLine, next, state.blkIndent, false);
    token.map = [startLine, next];
    state.line = next;
    return true;
  }
  const lines = state.getLines(startLine, end.line + 1, state.blkIndent, false);
  const surplus = at(state.eMarks, end.line) - end.position;
  token.content = lines.slice(0, lines.length - surplus);
  token.map = [startLine, end.line + 1];
  return parseRemainder(state, end.line, end.position, endLine);
};

function tableEnd(
  state: StateBlock,
  startLine: number,
  endLine: number,
): { line: number; position: number } | null {
  // Many unclosed tables must not make reading quadratic: a file gets so much looking ahead, no more.
  const budget = state.env as { tableLookahead?: number };
  let depth = 0;
  for (let line = startLine; line < endLine; line++) {
    if (line > startLine && isOutside(state, line)) break;
    budget.tableLookahead = (budget.tableLookahead ?? 4 * state.lineMax + 1000) - 1;
    if (budget.tableLookahead < 0) return null;
    const begin = line === startLine ? lineStart(state, line) : at(state.bMarks, line);
    const text = state.src.slice(begin, at(state.eMarks, line));
    for (const match of text.matchAll(/<(\/?)table(?=[\s/>])[^>]*>/gi)) {
      depth += match[1] === '/' ? -1 : 1;
      if (depth === 0) return { line, position: begin + match.index + match[0].length };
    }
  }
  return null;
}

/**
 * Tags that stand around Markdown: each becomes a token of its own, matched when the tree is built,
 * so that Markdown inside works with and without blank lines. What follows on the line is a block.
 */
const htmlTags: BlockRule = (state, startLine, endLine, silent) => {
  if (state.src.charCodeAt(lineStart(state, startLine)) !== 0x3c) return false;
  const text = lineText(state, startLine);
  if (text === null || !flatTagStart.test(text)) return false;
  let line = startLine;
  let position = lineStart(state, line);
  let hasTag = false;
  for (;;) {
    position = Math.min(state.skipSpaces(position), at(state.eMarks, line));
    flatTag.lastIndex = position;
    const tag = flatTag.exec(state.src)?.[0];
    if (tag === undefined || position + tag.length > at(state.eMarks, line)) break;
    if (silent) return true;
    hasTag = true;
    const token = state.push('html_tag', '', 0);
    token.content = tag;
    token.map = [line, line + 1];
    position += tag.length;
    if (!/^<summary/i.test(tag)) continue;
    const end = pushSummary(state, line, position, endLine);
    line = end.line;
    position = end.position;
  }
  return hasTag ? parseRemainder(state, line, position, endLine) : false;
};

/** The title of a collapsible up to its closing tag, which is left to the caller. */
function pushSummary(
  state: StateBlock,
  startLine: number,
  start: number,
  endLine: number,
): { line: number; position: number } {
  const parts: string[] = [];
  let end: { line: number; position: number } | null = null;
  for (let line = startLine; line < endLine && end === null; line++) {
    const begin = line === startLine ? start : lineStart(state, line);
    const text = state.src.slice(begin, at(state.eMarks, line));
    const close = text.search(summaryEnd);
    if (close >= 0) {
      parts.push(text.slice(0, close));
      end = { line, position: begin + close };
    } else if (line > startLine && isSummaryBroken(state, line, text)) {
      break;
    } else {
      parts.push(text);
    }
  }
  const title = end === null ? parts.slice(0, 1) : parts;
  const lastLine = end === null ? startLine : end.line;
  const token = state.push('inline', '', 0);
  token.content = title.join('\n').trim();
  token.map = [startLine, lastLine + 1];
  token.children = [];
  return end ?? { line: startLine, position: at(state.eMarks, startLine) };
}

function isSummaryBroken(state: StateBlock, line: number, text: string): boolean {
  return state.isEmpty(line) || isOutside(state, line) || flatTagStart.test(text);
}

/** Reads what stands on a line behind a tag as one block; the line is done when nothing does. */
function parseRemainder(
  state: StateBlock,
  line: number,
  position: number,
  endLine: number,
): boolean {
  const end = at(state.eMarks, line);
  const first = Math.min(state.skipSpaces(position), end);
  if (first >= end) {
    state.line = line + 1;
    return true;
  }
  const saved = [state.bMarks, state.tShift, state.sCount].map((marks) => at(marks, line));
  state.bMarks[line] = first;
  state.tShift[line] = 0;
  state.sCount[line] = state.blkIndent;
  const rules = state.md.block.ruler.getRules('');
  const env = state.env as { remainderDepth?: number };
  const depth = env.remainderDepth ?? 0;
  env.remainderDepth = depth + 1;
  // A line of thousands of comments would otherwise recurse once for each: the rest is then one paragraph.
  for (const rule of depth < maxNesting ? rules : rules.slice(-1)) {
    if (rule(state, line, endLine, false)) break;
  }
  env.remainderDepth = depth;
  const [bMark = 0, tShift = 0, sCount = 0] = saved;
  state.bMarks[line] = bMark;
  state.tShift[line] = tShift;
  state.sCount[line] = sCount;
  return true;
}
