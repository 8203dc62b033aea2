import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Content } from '../model/content.ts';
import { readContent, translatedChange, writeFrontMatter } from '../repository/index.ts';
import { findFrontMatter } from '../repository/reading/front-matter.ts';
import { translationState } from '../review/index.ts';
import { assertConfigured } from './configured.ts';
import type { Context } from './context.ts';
import { allTexts, type ItemText, textsOf } from './item-texts.ts';
import { resolveItems } from './items.ts';
import { readPastSource } from './past-source.ts';

/** How a translation stands to its source. `missing`: there is none yet. */
export type TranslationStatus = 'current' | 'outdated' | 'unknown' | 'missing';

/** What happened to a source since it was translated. */
export interface SourceChange {
  /** ISO date. */
  since: string;
  title: { before: string; after: string };
  description: { before: string; after: string };
  /** Markdown, cut into blocks. */
  before: string[];
  after: string[];
}

export interface TranslatedText {
  kind: 'article' | 'collection';
  id: string;
  locale: string;
  status: TranslationStatus;
  reason: string;
  file: string;
  path: string;
  title: string;
  /** null: nothing changed, or git does not have the text it was made from. */
  change: SourceChange | null;
  stamped: boolean;
  refused: string | null;
}

/** Every translation, or those of the items named, with what changed in its source since. */
export async function translationStatusCommand(
  context: Context,
  options: { items: readonly string[] },
): Promise<{ translations: TranslatedText[] }> {
  const content = await readContent(context.contentDir);
  const texts = translationsOf(content, options.items, context).filter(
    ({ source }) => source !== null,
  );
  const rows: TranslatedText[] = [];
  for (const text of texts) rows.push(await statusOf(text, content));
  return { translations: [...rows, ...missingOf(content, options.items, context)] };
}

/** Marks translations as up to date with their source as it is now. */
export async function translatedCommand(
  context: Context,
  options: { items: readonly string[] },
): Promise<{ translations: TranslatedText[] }> {
  const content = await readContent(context.contentDir);
  assertConfigured(content);
  const named = resolveItems(content, options.items, context);
  const texts = textsOf(content, named);
  const translated = new Set(
    texts.filter(({ source }) => source !== null).map(({ kind, id }) => `${kind} ${id}`),
  );
  const rows: TranslatedText[] = [];
  for (const text of texts) {
    // An article named whole means its translations; its source is among its texts by the way.
    if (text.source === null && translated.has(`${text.kind} ${text.id}`)) continue;
    rows.push(await stamped(text, context));
  }
  return { translations: rows };
}

async function stamped(text: ItemText, { contentDir }: Context): Promise<TranslatedText> {
  const { source } = text;
  if (source === null) {
    const refused = 'this is the source text itself, or there is none: it translates nothing';
    return row(text, { status: 'current', reason: refused, refused });
  }
  if (text.text.translationOf === source.textDigest) {
    return row(text, { status: 'current', reason: 'was up to date already' });
  }
  const change = translatedChange(
    source.textDigest,
    text.kind === 'collection' ? text.locale : null,
  );
  await writeFrontMatter(contentDir, text.file, [change]);
  const reason = `says what "${source.title}" (${source.locale}) says now`;
  return { ...row(text, { status: 'current', reason }), stamped: true };
}

async function statusOf(text: ItemText, content: Content): Promise<TranslatedText> {
  const { source } = text;
  const state = source === null ? 'current' : translationState(text.text, source);
  if (source === null || state === 'source' || state === 'current') {
    return row(text, { status: 'current', reason: 'up to date with its source' });
  }
  const title = `"${source.title}"`;
  const { translationOf } = text.text;
  if (state === 'unknown' || translationOf === null) {
    return row(text, {
      status: 'unknown',
      reason: `nobody has said which version of ${title} it translates`,
    });
  }
  const change = await sourceChange(text, translationOf, content);
  const since = change === null ? translationOf.slice(0, 15) : change.since;
  return {
    ...row(text, { status: 'outdated', reason: `${title} has changed since ${since}` }),
    change,
  };
}

async function sourceChange(
  text: ItemText,
  digest: string,
  content: Content,
): Promise<SourceChange | null> {
  const { source, sourceFile, kind } = text;
  if (source === null || sourceFile === null) return null;
  const past = await readPastSource(
    content.root,
    { digest, file: text.file },
    { file: sourceFile, collectionLocale: kind === 'collection' ? source.locale : null },
  );
  if (past === null) return null;
  const body = kind === 'collection' ? '' : await bodyOf(join(content.root, sourceFile));
  return {
    since: past.on,
    title: { before: past.title, after: source.title },
    description: { before: past.description, after: source.description },
    before: blocksOf(past.body),
    after: blocksOf(body),
  };
}

async function bodyOf(file: string): Promise<string> {
  const text = await readFile(file, 'utf8');
  const found = findFrontMatter(text);
  return 'problem' in found ? text : text.slice(found.split.bodyStart);
}

/** Markdown cut at empty lines: near enough to its blocks for people to find the place. */
function blocksOf(markdown: string): string[] {
  return markdown
    .replace(/\r\n/g, '\n')
    .split(/\n[ \t]*\n/)
    .map((block) => block.trim())
    .filter((block) => block !== '');
}

/** Translations that kb.yaml's locales ask for and nobody has begun. */
function missingOf(content: Content, names: readonly string[], context: Context): TranslatedText[] {
  const ids = new Set(translationsOf(content, names, context).map(({ id }) => id));
  return content.articles
    .filter(({ id }) => ids.has(id))
    .flatMap(({ id, path, sourceLocale, translations }) =>
      content.config.locales
        .filter((locale) => !translations.some((text) => text.locale === locale))
        .map(
          (locale): TranslatedText => ({
            kind: 'article',
            id,
            locale,
            status: 'missing',
            reason: 'there is no translation yet',
            file: `${path}.${locale}.md`,
            path,
            title: translations.find((text) => text.locale === sourceLocale)?.title ?? id,
            change: null,
            stamped: false,
            refused: null,
          }),
        ),
    );
}

function translationsOf(content: Content, names: readonly string[], context: Context): ItemText[] {
  return names.length === 0
    ? allTexts(content)
    : textsOf(content, resolveItems(content, names, context));
}

function row(
  { kind, id, locale, file, path, title }: ItemText,
  { status, reason, refused }: { status: TranslationStatus; reason: string; refused?: string },
): TranslatedText {
  return {
    kind,
    id,
    locale,
    status,
    reason,
    file,
    path,
    title,
    change: null,
    stamped: false,
    refused: refused ?? null,
  };
}
