import { resolveCommit } from './git.ts';
import { gitText } from './run-git.ts';

/** Lines of a file as it is now, first and last included. */
export interface LineSpan {
  first: number;
  last: number;
}

/**
 * The lines that differ between a commit and the one checked out, by content path; files that are gone
 * have none. Null where git cannot compare the two.
 */
export async function changedLines(
  root: string,
  base: string,
): Promise<ReadonlyMap<string, readonly LineSpan[]> | null> {
  const commit = await resolveCommit(root, base).catch(() => null);
  if (commit === null) return null;
  const options = ['--unified=0', '--no-color', '--no-ext-diff', '--no-renames', '--no-textconv'];
  const prefixes = ['--src-prefix=a/', '--dst-prefix=b/', '--relative'];
  const output = await gitText(root, [
    ...['diff', ...options, ...prefixes, '--merge-base', commit, 'HEAD', '--', '.'],
  ]);
  return output === null ? null : parseSpans(output);
}

/** Reads `git diff --unified=0`. Lines of a hunk are counted, not looked at: they can say anything. */
export function parseSpans(diff: string): Map<string, LineSpan[]> {
  const spans = new Map<string, LineSpan[]>();
  const lines = diff.split('\n');
  let file: string | null = null;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const name = /^\+\+\+ (?:"b\/(.*)"\t?|b\/([^\t]*)\t?)$/.exec(line);
    if (name !== null) file = pathOf(name[1], name[2]);
    if (line.startsWith('+++ /dev/null')) file = null;
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (hunk === null) continue;
    const [, removed = '1', start = '0', added = '1'] = hunk;
    index += Number(removed) + Number(added);
    if (file === null || added === '0') continue;
    const first = Number(start);
    spans.set(file, [...(spans.get(file) ?? []), { first, last: first + Number(added) - 1 }]);
  }
  return spans;
}

/** Git quotes names with quotes, tabs and line breaks as C does. */
function pathOf(quoted: string | undefined, plain: string | undefined): string {
  if (quoted === undefined) return (plain ?? '').normalize();
  const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };
  return quoted.replace(/\\(["\\ntr])/g, (_all, sign: string) => escapes[sign] ?? sign).normalize();
}
