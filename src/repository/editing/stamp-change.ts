import type { Stamp } from '../../model/article.ts';
import { collectionTextPath } from '../schema/collection-schema.ts';
import type { KeyChange } from './yaml-edit.ts';

/**
 * What `kb review` writes: who, when, and exactly which content. In an article's front matter at the
 * top, in a `_collection.yaml` below its locale.
 */
export function stampChange(stamp: Stamp, collectionLocale: string | null = null): KeyChange {
  const { by, on, digest, baseline, until } = stamp;
  return {
    path: within(collectionLocale, 'review'),
    value: {
      by,
      on,
      digest,
      ...(baseline ? { baseline } : {}),
      ...(until === null ? {} : { until }),
    },
  };
}

/** What `kb translated` writes: the source text that a translation is up to date with. */
export function translatedChange(
  sourceTextDigest: string,
  collectionLocale: string | null = null,
): KeyChange {
  return { path: within(collectionLocale, 'translationOf'), value: sourceTextDigest };
}

function within(collectionLocale: string | null, key: string): string[] {
  return collectionLocale === null ? [key] : [...collectionTextPath(collectionLocale), key];
}
