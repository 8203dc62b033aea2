import { z } from 'zod';
import { type Locale, locales } from '../../model/locale.ts';
import { stampSchema } from './front-matter-schema.ts';
import { digest, filledText, itemId, text } from './values.ts';

export const collectionTextSchema = z
  .strictObject({
    title: filledText().optional(),
    description: text().optional(),
    review: stampSchema.optional(),
    translationOf: digest().optional(),
  })
  .meta({ id: 'text', description: 'Title and description in this locale.' });
export type CollectionTextInFile = z.infer<typeof collectionTextSchema>;

/** Indonesian's code is also the key of the identity, so its text stands one level deeper. */
const shadowedLocale = 'id';

const localeKeys = locales.filter((locale) => locale !== shadowedLocale);

export const collectionSchema = z.strictObject({
  ...Object.fromEntries(localeKeys.map((locale) => [locale, collectionTextSchema.optional()])),
  texts: z
    .strictObject({ [shadowedLocale]: collectionTextSchema.optional() })
    .optional()
    .describe('The Indonesian text: its locale, id, is the name of another key here.'),
  id: itemId().optional().describe('Identity of the collection; stable for ever.'),
  order: z.number({ error: 'a number' }).optional().describe('Place among its siblings.'),
});

/** Where a collection's text in one locale stands in its file. */
export function collectionTextPath(locale: string): string[] {
  return locale === shadowedLocale ? ['texts', locale] : [locale];
}

/** A `_collection.yaml`: the two keys of the collection, and a text for each locale. */
export interface CollectionInFile {
  id?: string | number | undefined;
  order?: number | undefined;
  texts: ReadonlyMap<Locale, CollectionTextInFile>;
}
