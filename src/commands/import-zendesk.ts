import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Content } from '../model/content.ts';
import { editYamlFile } from '../repository/editing/write-front-matter.ts';
import { type KeyChange, readContent, slugOf } from '../repository/index.ts';
import { writeNewFiles } from '../repository/scaffolding/new-file.ts';
import { collectionTextPath } from '../repository/schema/collection-schema.ts';
import {
  buildStructure,
  type ImportedCollection,
  type ImportStructure,
  type KnownContent,
  type Skipped,
} from '../zendesk/index.ts';
import type { Context } from './context.ts';
import { writeImportedLosses } from './import-losses.ts';
import type { ImportOptions, ImportResult } from './import-result.ts';
import { ImportRun } from './import-run.ts';
import { type OpenedSource, openSource } from './import-source.ts';
import { markTranslations } from './import-translations.ts';

/**
 * Imports a Zendesk help center into the content folder. What was imported before is updated, and
 * merged where it was edited here; nothing is deleted. Nothing imported counts as reviewed.
 *
 * @throws KbError `no-content`, `no-source`, `address`, `zendesk`, `zendesk-denied`, `locale`
 */
export async function importZendeskCommand(
  context: Context,
  options: ImportOptions,
): Promise<ImportResult> {
  const content = await readContent(context.contentDir);
  const { from, dryRun, locales = null } = options;
  const opened = await openSource(context, { from, dryRun, locales });
  try {
    const known = knownContent(content);
    const structure = buildStructure(opened.source, {
      config: content.config,
      known,
      slug: slugOf,
    });
    opened.forget();
    if (!dryRun) await writeCollections(context.contentDir, structure.collections, known);
    const run = new ImportRun(context, options, opened, structure);
    await run.articles();
    const result = run.result(goneFrom(content, structure, opened));
    if (!dryRun) {
      await markTranslations(context.contentDir, result, run.outdatedTexts);
      await writeImportedLosses(context, result);
    }
    return result;
  } finally {
    await opened.close();
  }
}

function knownContent(content: Content): KnownContent {
  const imported = content.articles.filter(({ source }) => source?.system === 'zendesk');
  return {
    articles: new Map(
      imported.map(({ id, path, sourceLocale, source }) => [
        source?.id ?? '',
        { id, path, sourceLocale },
      ]),
    ),
    collections: new Map(content.collections.map(({ id, path }) => [id, path])),
    paths: [
      ...content.articles.map(({ path }) => path),
      ...content.collections.map(({ path }) => path),
    ],
    ids: content.articles.map(({ id }) => id),
  };
}

/** Writes the collections that are not there yet. */
async function writeCollections(
  contentDir: string,
  collections: readonly ImportedCollection[],
  known: KnownContent,
): Promise<void> {
  for (const { id, path, order, texts } of collections) {
    const file = `${path}/_collection.yaml`;
    if (known.collections.has(id) || (await isThere(contentDir, file))) continue;
    const changes: KeyChange[] = [
      { path: ['id'], value: id },
      ...(order === null ? [] : [{ path: ['order'], value: order }]),
      ...texts.flatMap(({ locale, title, description }) => [
        { path: [...collectionTextPath(locale), 'title'], value: title },
        { path: [...collectionTextPath(locale), 'description'], value: description },
      ]),
    ];
    await writeNewFiles(contentDir, [{ path: file, text: editYamlFile('', changes) }]);
  }
}

/** Articles, and locales of articles, that an earlier import brought and the source no longer has. */
function goneFrom(
  content: Content,
  structure: ImportStructure,
  { isWhole }: OpenedSource,
): Skipped[] {
  if (!isWhole) return [];
  const there = new Map(structure.articles.map((article) => [article.sourceId, article]));
  const staying = 'is no longer in Zendesk; it stays here until somebody removes it';
  return content.articles.flatMap((article): Skipped[] => {
    if (article.source?.system !== 'zendesk') return [];
    const now = there.get(article.source.id);
    const { title = '' } = article.translations[0] ?? {};
    if (now === undefined) return [{ kind: 'article', id: article.id, title, reason: staying }];
    return article.translations
      .filter(({ locale, redirects }) => {
        const isThereToo = now.texts.some((text) => text.locale === locale);
        return redirects.length > 0 && !isThereToo;
      })
      .map((text) => ({
        kind: 'translation',
        id: `${article.id}:${text.locale}`,
        title: text.title,
        reason: staying,
      }));
  });
}

async function isThere(root: string, path: string): Promise<boolean> {
  return (await stat(join(root, path)).catch(() => null)) !== null;
}
