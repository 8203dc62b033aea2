/** What says of which source text a translation is. Articles' translations and collections' texts have it. */
export interface Translated {
  locale: string;
  translationOf: string | null;
  textDigest: string;
}

export const translationStates = ['source', 'current', 'outdated', 'unknown'] as const;
/** `unknown`: nobody has said which source text it translates. */
export type TranslationState = (typeof translationStates)[number];

/** How a text stands to the source text it translates; `source` when it is that text itself. */
export function translationState(translation: Translated, source: Translated): TranslationState {
  if (translation.locale === source.locale) return 'source';
  if (translation.translationOf === null) return 'unknown';
  return translation.translationOf === source.textDigest ? 'current' : 'outdated';
}

/**
 * Has the source text moved on since this was translated? A translation that does not say what it
 * translates is not called outdated: check asks for `kb translated` instead.
 */
export function isOutdated(translation: Translated, source: Translated): boolean {
  return translationState(translation, source) === 'outdated';
}
