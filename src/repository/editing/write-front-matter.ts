import { KbError } from '../../model/kb-error.ts';
import { findFrontMatter } from '../reading/front-matter.ts';
import { byteOrderMark } from '../reading/line-index.ts';
import { rewriteFile } from './content-file.ts';
import { editYaml, type KeyChange } from './yaml-edit.ts';

/**
 * Sets or removes keys in the front matter of a Markdown file, or in a YAML file. Only the lines of
 * those keys change.
 *
 * @throws KbError `path`, `no-file`, `encoding`, `front-matter`, `edit-refused`; then nothing was written
 */
export async function writeFrontMatter(
  root: string,
  file: string,
  changes: readonly KeyChange[],
): Promise<void> {
  await rewriteFile(root, file, (text) => {
    try {
      return file.endsWith('.md') ? editFrontMatter(text, changes) : editYamlFile(text, changes);
    } catch (error) {
      if (!(error instanceof KbError)) throw error;
      throw new KbError(error.code, `${file}: ${error.message}`, {
        hint: error.hint,
        location: { file },
        cause: error,
      });
    }
  });
}

/** A Markdown text with keys of its front matter set or removed; a text without one gets it. */
export function editFrontMatter(text: string, changes: readonly KeyChange[]): string {
  const found = findFrontMatter(text);
  if ('problem' in found) {
    if (/^\uFEFF?---(?!-)/.test(text)) {
      throw new KbError('front-matter', found.problem.message, { hint: found.problem.hint });
    }
    return withNewFrontMatter(text, changes);
  }
  const { start, end } = found.split;
  const eol = isCrlf(text) ? '\r\n' : '\n';
  const block = changes.reduce((it, change) => editYaml(it, change, eol), text.slice(start, end));
  return text.slice(0, start) + block + text.slice(end);
}

function withNewFrontMatter(text: string, changes: readonly KeyChange[]): string {
  const mark = text.startsWith(byteOrderMark) ? byteOrderMark : '';
  const eol = isCrlf(text) ? '\r\n' : '\n';
  const yaml = changes.reduce((it, change) => editYaml(it, change, eol), '');
  return yaml === '' ? text : `${mark}---${eol}${yaml}---${eol}${text.slice(mark.length)}`;
}

/** A YAML text with keys set or removed. */
export function editYamlFile(text: string, changes: readonly KeyChange[]): string {
  const mark = text.startsWith(byteOrderMark) ? byteOrderMark : '';
  const eol = isCrlf(text) ? '\r\n' : '\n';
  const yaml = text.slice(mark.length);
  return mark + changes.reduce((it, change) => editYaml(it, change, eol), yaml);
}

function isCrlf(text: string): boolean {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r';
}
