import type { TextEdit } from '../../model/finding.ts';
import { KbError } from '../../model/kb-error.ts';
import { rewriteFile } from './content-file.ts';

/**
 * Applies text edits to files of the content tree. Offsets count UTF-16 units of the file as it is,
 * a byte order mark included. Edits of one file are applied together.
 *
 * @throws KbError `edit-refused` where two edits overlap or one lies outside its file
 */
export async function applyEdits(root: string, edits: readonly TextEdit[]): Promise<void> {
  const byFile = Map.groupBy(edits, ({ file }) => file);
  for (const [file, own] of byFile) await rewriteFile(root, file, (text) => edited(text, own));
}

/** A text with all edits made. Edits at one place are made in the order given. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  const inOrder = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  let at = 0;
  const parts: string[] = [];
  for (const { file, start, end, text: replacement } of inOrder) {
    if (start < at || end < start || end > text.length) {
      throw new KbError(
        'edit-refused',
        `${file}: two fixes touch the same text (offset ${start}).`,
        {
          hint: 'Run `kb check --fix` again, or change it by hand.',
          location: { file },
        },
      );
    }
    parts.push(text.slice(at, start), replacement);
    at = end;
  }
  return parts.join('') + text.slice(at);
}
