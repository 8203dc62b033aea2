import type { MarkdownContext } from '../markdown/index.ts';
import { mergedValue, mergeTexts } from '../merge/index.ts';
import type { Publication } from '../model/article.ts';
import type { Locale } from '../model/locale.ts';
import { editFrontMatter } from '../repository/editing/write-front-matter.ts';
import type { KeyChange } from '../repository/index.ts';
import { articleFile } from '../repository/reading/article-file.ts';
import { findFrontMatter } from '../repository/reading/front-matter.ts';

/** What became of one text of an import. */
export type ImportAction = 'created' | 'updated' | 'merged' | 'conflict' | 'unchanged' | 'kept';

/** A text as the source has it now. */
export interface IncomingText {
  title: string;
  publication: Publication;
  body: string;
}

export interface MergedFile {
  action: ImportAction;
  /** The whole file. */
  text: string;
  /** Why a person should look; null where nobody has to. */
  reason: string | null;
}

const labels = { ours: 'here', theirs: 'Zendesk' };

/** A new file. */
export function newFileText(keys: readonly KeyChange[], body: string): string {
  return `${editFrontMatter('', keys)}\n${body}`;
}

/**
 * A file that is there already, with what changed in the source since the last import: taken where
 * nobody touched it here, merged where somebody did, and left alone where nobody knows.
 */
export function mergedFile(
  file: { path: string; locale: Locale; current: string; base: string | null },
  incoming: IncomingText,
): MergedFile {
  const ours = partsOf(file.path, file.locale, file.current);
  if (ours === null)
    return { action: 'kept', text: file.current, reason: 'its front matter cannot be read' };
  if (file.base === null) {
    const isSame = ours.body.trim() === incoming.body.trim();
    return {
      action: isSame ? 'unchanged' : 'kept',
      text: file.current,
      reason: isSame
        ? null
        : 'differs from Zendesk, and the last import is not on record (.kb/import)',
    };
  }
  const base = partsOf(file.path, file.locale, file.base) ?? ours;
  const disputed: string[] = [];
  const changes: KeyChange[] = [];
  const take = (key: 'title' | 'publication'): void => {
    const value = mergedValue(base[key], ours[key], incoming[key]);
    if (value === undefined) disputed.push(key);
    else if (value !== ours[key]) changes.push({ path: [key], value });
  };
  take('title');
  take('publication');
  const body = mergedBody(base.body, ours.body, incoming.body);
  const head =
    ours.head === '' || changes.length === 0 ? ours.head : editFrontMatter(ours.head, changes);
  const text = head + body.text;
  const isConflict = body.conflicts > 0 || disputed.length > 0;
  const wasEdited = ours.body !== base.body;
  return {
    action: isConflict
      ? 'conflict'
      : text === file.current
        ? 'unchanged'
        : wasEdited
          ? 'merged'
          : 'updated',
    text,
    reason: isConflict ? conflictReason(body.conflicts, disputed) : null,
  };
}

function mergedBody(
  base: string,
  ours: string,
  theirs: string,
): { text: string; conflicts: number } {
  const incoming = `\n${theirs}`;
  if (isSame(base, incoming)) return { text: ours, conflicts: 0 };
  if (isSame(ours, base) || isSame(ours, incoming)) return { text: incoming, conflicts: 0 };
  const merged = mergeTexts({ base, ours, theirs: incoming }, asWritten, labels);
  return { text: merged.text, conflicts: merged.conflicts.length };
}

function isSame(a: string, b: string): boolean {
  return a.replace(/\r\n/g, '\n').trim() === b.replace(/\r\n/g, '\n').trim();
}

function conflictReason(blocks: number, keys: readonly string[]): string {
  const where = [blocks > 0 ? 'the text' : '', ...keys].filter((part) => part !== '');
  return `${where.join(' and ')} changed here and in Zendesk; choose one${blocks > 0 ? ' between the markers' : ''}`;
}

interface Parts extends IncomingText {
  /** Front matter, up to the body. */
  head: string;
}

function partsOf(path: string, locale: Locale, text: string): Parts | null {
  const found = findFrontMatter(text);
  if ('problem' in found) return null;
  const { parsed } = articleFile(path, locale, { text });
  const { title = '', publication = 'published' } = parsed?.frontMatter ?? {};
  const head = text.slice(0, found.split.bodyStart);
  return { title, publication, head, body: text.slice(found.split.bodyStart) };
}

/** Addresses are compared as they are written: all three texts stand in one file. */
const asWritten: MarkdownContext = {
  locale: 'en',
  firstLine: 1,
  link: (href) =>
    href.startsWith('#') ? { kind: 'anchor', anchor: href.slice(1) } : { kind: 'url', url: href },
  image: (src) => ({ kind: 'url', url: src }),
  variable: () => null,
  variableNames: [],
  include: () => null,
  includeNames: [],
};
