import type { Config } from '../../model/config.ts';
import { isRecord } from '../schema/validate.ts';
import type { ProblemIn } from './article-group.ts';
import { includeFolder, localisedName } from './content-path.ts';
import { type FrontMatterSplit, findFrontMatter, readFrontMatter } from './front-matter.ts';
import { byteOrderMark } from './line-index.ts';
import { localeProblem } from './locale-problem.ts';
import { problem } from './problem.ts';
import type { TextFile } from './read-text.ts';
import type { IncludeSource } from './text-context.ts';

/** The includes that can be spliced in, and the files that are none. */
export interface IncludesRead {
  includes: IncludeSource[];
  problems: ProblemIn[];
  unreadable: string[];
}

/** Reads `_includes/<name>.<locale>.md`. Front matter is not needed, and not read. */
export function readIncludes(
  files: readonly { path: string; content: TextFile }[],
  config: Pick<Config, 'locales'>,
): IncludesRead {
  const read: IncludesRead = { includes: [], problems: [], unreadable: [] };
  for (const { path, content } of files) {
    const name = localisedName(path);
    const wrong = localeProblem(name, config.locales);
    if (wrong !== null) {
      read.problems.push({ file: path, problem: wrong });
      read.unreadable.push(path);
    } else if ('problem' in content) {
      read.problems.push({ file: path, problem: content.problem });
      read.unreadable.push(path);
    } else if (name.kind === 'localised') {
      const front = includeFrontMatter(content.text);
      if (front !== null) read.problems.push({ file: path, problem: needless });
      read.includes.push({
        name: name.base.slice(includeFolder.length + 1),
        locale: name.locale,
        file: path,
        body: includeBody(content.text, front),
      });
    }
  }
  return read;
}

const needless = problem('front-matter', 'an include has no front matter; this one is not read', {
  severity: 'warn',
  hint: 'Remove it.',
});

/** Front matter is keys; text between two rules of --- is text. */
function includeFrontMatter(text: string): FrontMatterSplit | null {
  const found = findFrontMatter(text);
  if ('problem' in found) return null;
  return isRecord(readFrontMatter(text, found.split).value) ? found.split : null;
}

/** Front matter becomes empty lines, so that a problem's line is the line in the file. */
function includeBody(text: string, front: FrontMatterSplit | null): string {
  if (front === null) return text.startsWith(byteOrderMark) ? text.slice(1) : text;
  return '\n'.repeat(front.bodyLine - 1) + text.slice(front.bodyStart);
}
