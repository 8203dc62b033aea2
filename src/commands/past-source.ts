import { parse } from 'yaml';
import { type FileCommit, fileAt, fileHistory } from '../repository/index.ts';
import { findFrontMatter } from '../repository/reading/front-matter.ts';

/** A source text as it was when a translation was stamped. */
export interface PastSource {
  /** ISO date of that commit. */
  on: string;
  title: string;
  description: string;
  /** Markdown; empty for a collection. */
  body: string;
}

/** Commits of a translation that are looked through for the one that stamped it. */
const mostCommits = 100;

/**
 * The source text that a translation was made from: the source's file in the commit that wrote the
 * translation's stamp. null outside git, for a stamp that is not committed, or a file that was
 * elsewhere then.
 */
export async function readPastSource(
  root: string,
  stamp: { digest: string; file: string },
  source: { file: string; collectionLocale: string | null },
): Promise<PastSource | null> {
  const commit = await stampCommit(root, stamp);
  if (commit === null) return null;
  const text = await textAt(root, commit.hash, source.file);
  if (text === null) return null;
  const on = commit.at.slice(0, 10);
  return source.collectionLocale === null
    ? articleText(text, on)
    : collectionText(text, source.collectionLocale, on);
}

/** The oldest of the latest commits in which the file holds the digest: the one that brought it. */
async function stampCommit(
  root: string,
  { digest, file }: { digest: string; file: string },
): Promise<FileCommit | null> {
  const commits = (await fileHistory(root, file)) ?? [];
  let found: FileCommit | null = null;
  for (const commit of commits.slice(0, mostCommits)) {
    const text = await textAt(root, commit.hash, file);
    if (text?.includes(digest) !== true) break;
    found = commit;
  }
  return found;
}

async function textAt(root: string, commit: string, file: string): Promise<string | null> {
  const bytes = await fileAt(root, commit, file);
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

function articleText(text: string, on: string): PastSource | null {
  const found = findFrontMatter(text);
  if ('problem' in found) return null;
  const { start, end, bodyStart } = found.split;
  const data = parsed(text.slice(start, end));
  return {
    on,
    title: stringIn(data, 'title'),
    description: stringIn(data, 'description'),
    body: text.slice(bodyStart),
  };
}

function collectionText(text: string, locale: string, on: string): PastSource {
  const data = parsed(text)[locale];
  const texts = isRecord(data) ? data : {};
  return {
    on,
    title: stringIn(texts, 'title'),
    description: stringIn(texts, 'description'),
    body: '',
  };
}

function parsed(yaml: string): Record<string, unknown> {
  try {
    const data: unknown = parse(yaml);
    return isRecord(data) ? data : {};
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function stringIn(data: Record<string, unknown>, name: string): string {
  const value = data[name];
  return typeof value === 'string' ? value : '';
}
