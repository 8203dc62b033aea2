import type { Content } from '../model/content.ts';
import { digestOf } from '../model/hash.ts';
import { readContent, translatedChange, writeFrontMatter } from '../repository/index.ts';
import type { ImportResult } from './import-result.ts';

/**
 * Says of each new or updated translation which source text it translates; one that Zendesk calls
 * outdated translates another text than the one that stands here.
 *
 * @param outdated `<article id>/<locale>`
 */
export async function markTranslations(
  contentDir: string,
  { articles: rows, collections }: Pick<ImportResult, 'articles' | 'collections'>,
  outdated: ReadonlySet<string>,
): Promise<void> {
  const touched = new Set(
    rows
      .filter(({ action }) => action === 'created' || action === 'updated')
      .map(({ id, locale }) => `${id}/${locale}`),
  );
  const locales = new Map<string, number>();
  for (const { id } of rows) locales.set(id, (locales.get(id) ?? 0) + 1);
  const isTranslated = rows.some(
    ({ id, locale }) => (locales.get(id) ?? 0) > 1 && touched.has(`${id}/${locale}`),
  );
  if (!isTranslated) return;
  const content = await readContent(contentDir);
  await markCollections(content, new Set(collections.map(({ id }) => id)));
  for (const article of content.articles) {
    const source = article.translations.find(({ locale }) => locale === article.sourceLocale);
    if (source === undefined) continue;
    for (const text of article.translations) {
      const key = `${article.id}/${text.locale}`;
      if (text === source || !touched.has(key)) continue;
      const digest = outdated.has(key)
        ? digestOf({ outdatedIn: 'zendesk', source: article.source?.id ?? article.id })
        : source.textDigest;
      if (text.translationOf !== digest)
        await writeFrontMatter(content.root, text.file, [translatedChange(digest)]);
    }
  }
}

/** Names of collections are translated together, so none of them is behind another. */
async function markCollections(
  { root, config, collections }: Content,
  imported: ReadonlySet<string>,
): Promise<void> {
  for (const { id, file, texts } of collections) {
    if (!imported.has(id)) continue;
    const source = texts.find(({ locale }) => locale === config.defaultLocale);
    if (source === undefined) continue;
    for (const { locale, translationOf, review } of texts)
      if (locale !== source.locale && translationOf === null && review === null)
        await writeFrontMatter(root, file, [translatedChange(source.textDigest, locale)]);
  }
}
