import type { MarkdownContext } from '../markdown/index.ts';
import { mergeTexts } from '../merge/index.ts';
import type { Locale } from '../model/locale.ts';
import { editFrontMatter } from '../repository/editing/write-front-matter.ts';
import { articleFile } from '../repository/reading/article-file.ts';
import { findFrontMatter } from '../repository/reading/front-matter.ts';
import type { FrontMatter } from '../repository/schema/front-matter-schema.ts';
import { type IncomingKeys, mergedKeys, newKeys } from './import-front-matter.ts';
import type { ImportAction } from './import-result.ts';

/** A text as the source has it now. */
export interface IncomingText {
  keys: IncomingKeys;
  /** Markdown. */
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
export function newFileText({ keys, body }: IncomingText): string {
  return `${editFrontMatter('', newKeys(keys))}\n${body}`;
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
  const base = file.base === null ? null : partsOf(file.path, file.locale, file.base);
  const keys = mergedKeys(base?.keys ?? null, ours.keys, incoming.keys);
  const head = ours.head === '' ? '' : editFrontMatter(ours.head, keys.changes);
  const body =
    base === null
      ? unknownBody(ours.body, incoming.body)
      : mergedBody(base.body, ours.body, incoming.body);
  const text = head + body.text;
  const isConflict = body.conflicts > 0 || keys.disputed.length > 0;
  const reasons = [
    body.reason,
    isConflict ? conflictReason(body.conflicts, keys.disputed) : null,
    keys.note,
  ].filter((reason) => reason !== null);
  return {
    action: isConflict
      ? 'conflict'
      : actionOf({ before: file.current, after: text }, ours, base, body),
    text,
    reason: reasons.length === 0 ? null : reasons.join('; '),
  };
}

function actionOf(
  file: { before: string; after: string },
  ours: Parts,
  base: Parts | null,
  merged: MergedBody,
): ImportAction {
  if (file.before !== file.after) return ours.body === base?.body ? 'updated' : 'merged';
  return merged.reason === null ? 'unchanged' : 'kept';
}

interface MergedBody {
  text: string;
  conflicts: number;
  reason: string | null;
}

/** The last import is not on record, as in a fresh clone: nobody knows who changed what. */
function unknownBody(ours: string, theirs: string): MergedBody {
  const reason = 'differs from Zendesk, and the last import is not on record (.kb/import)';
  return { text: ours, conflicts: 0, reason: isSame(ours, theirs) ? null : reason };
}

function mergedBody(base: string, ours: string, theirs: string): MergedBody {
  const incoming = `\n${theirs}`;
  const done = { conflicts: 0, reason: null };
  if (isSame(base, incoming)) return { ...done, text: ours };
  if (isSame(ours, base) || isSame(ours, incoming)) return { ...done, text: incoming };
  const merged = mergeTexts({ base, ours, theirs: incoming }, asWritten, labels);
  return { ...done, text: merged.text, conflicts: merged.conflicts.length };
}

function isSame(a: string, b: string): boolean {
  return a.replace(/\r\n/g, '\n').trim() === b.replace(/\r\n/g, '\n').trim();
}

function conflictReason(blocks: number, keys: readonly string[]): string {
  const where = [blocks > 0 ? 'the text' : '', ...keys].filter((part) => part !== '');
  return `${where.join(' and ')} changed here and in Zendesk; choose one${blocks > 0 ? ' between the markers' : ''}`;
}

interface Parts {
  keys: FrontMatter;
  /** Front matter, up to the body. */
  head: string;
  body: string;
}

function partsOf(path: string, locale: Locale, text: string): Parts | null {
  const found = findFrontMatter(text);
  if ('problem' in found) return null;
  const { parsed } = articleFile(path, locale, { text });
  const head = text.slice(0, found.split.bodyStart);
  return { keys: parsed?.frontMatter ?? {}, head, body: text.slice(found.split.bodyStart) };
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
