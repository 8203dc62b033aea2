import matter from 'gray-matter';
import { byteOrderMark, linesBefore } from './line-index.ts';
import { type Problem, problem } from './problem.ts';
import { readYaml, type YamlSource } from './yaml-source.ts';

/** A Markdown file, cut into its front matter and its body. */
export interface FrontMatterSplit {
  /** The lines between the two of `---`: from the start of the first to the start of the closing one. */
  start: number;
  end: number;
  /** Offset and line of the body's first character. */
  bodyStart: number;
  bodyLine: number;
}

/** Where the front matter stands; or why there is none to read. */
export type FrontMatterFound = { split: FrontMatterSplit } | { problem: Problem };

/**
 * gray-matter would run `---js` front matter as code. Every engine refuses, and the options object
 * keeps its cache off (it returns `{}` for a file that failed once).
 */
const options = {
  engines: Object.fromEntries(
    ['yaml', 'yml', 'json', 'javascript', 'js', 'coffee', 'coffeescript', 'cson', 'toml'].map(
      (language) => [language, { parse: () => ({}) }],
    ),
  ),
};

/** Finds the front matter of a Markdown text. Nothing in it is ever executed. */
export function findFrontMatter(text: string): FrontMatterFound {
  const hasMark = text.startsWith(byteOrderMark);
  const content = hasMark ? text.slice(1) : text;
  if (content.trim() === '') return { problem: problem('front-matter', 'the file is empty') };
  const { raw, name } = matter.language(content);
  if (!content.startsWith('---') || content.startsWith('----')) return { problem: missing() };
  if (name !== '' && name !== 'yaml' && name !== 'yml') {
    return {
      problem: problem(
        'front-matter',
        `front matter must be YAML, found "---${name.slice(0, 40)}"; nothing of it was read or run`,
        { hint: 'Begin the file with a line of only ---.' },
      ),
    };
  }
  const mark = hasMark ? 1 : 0;
  const block = matter(content, options).matter;
  // gray-matter's block begins with the line end of the first line and lacks its own last one.
  const blockEnd = mark + '---'.length + raw.length + block.length;
  const start = text.indexOf('\n', mark) + 1;
  const end = blockEnd + 1;
  const closing = /^\n---([^\n]*)(?:\n|$)/.exec(text.slice(blockEnd, blockEnd + 200));
  if (closing === null) {
    return {
      problem: problem('front-matter', 'the front matter that begins here is not closed', {
        hint: 'End it with a line of only ---.',
      }),
    };
  }
  if (closing[1]?.trim() !== '') {
    return {
      problem: problem('front-matter', 'the line that closes the front matter must be only ---', {
        at: { line: linesBefore(text, end) + 1, column: 1 },
      }),
    };
  }
  const bodyStart = blockEnd + closing[0].length;
  return { split: { start, end, bodyStart, bodyLine: linesBefore(text, bodyStart) + 1 } };
}

function missing(): Problem {
  return problem('front-matter', 'the file has no front matter', {
    hint: 'Begin it with ---, the keys (at least title), and ---; `kb new` writes it for you.',
  });
}

/** The YAML of a front matter, with places in the whole file. */
export function readFrontMatter(text: string, split: FrontMatterSplit): YamlSource {
  return readYaml(text, split.start, split.end);
}
