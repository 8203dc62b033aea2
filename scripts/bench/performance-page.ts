import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './processes.ts';

const file = join(root, 'docs/performance.md');

/** Heading of the part that the preview's bench writes; the rest of the page is the other bench's. */
export const previewHeading = '## The preview';

/** Writes one of the two parts of docs/performance.md and leaves the other. */
export function writeSection(heading: typeof previewHeading | null, text: string): void {
  const page = readFileSync(file, 'utf8');
  const at = page.indexOf(`${previewHeading}\n`);
  const [before, after] = at === -1 ? [page, ''] : [page.slice(0, at), page.slice(at)];
  const parts = heading === null ? [text, after] : [before, `${heading}\n\n${text}`];
  writeFileSync(
    file,
    `${parts
      .map((part) => part.trim())
      .join('\n\n')
      .trim()}\n`,
  );
}
