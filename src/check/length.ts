import type { Facts } from './facts.ts';
import type { Place } from './place.ts';
import type { Found } from './rule.ts';

export interface LengthLimits {
  warn: number;
  error: number;
}

type Part = 'title' | 'description';

/** Titles or descriptions, of articles and collections, that are longer than they should be. */
export function tooLong(part: Part, limits: LengthLimits, facts: Facts): Found[] {
  const articles = facts.texts.flatMap(({ translation }) =>
    lengthFound(part, translation[part], limits, () => facts.place(translation.file, [part])),
  );
  const collections = facts.content.collections.flatMap(({ file, texts }) =>
    texts.flatMap((text) =>
      lengthFound(part, text[part], limits, () => facts.place(file, [text.locale, part])),
    ),
  );
  return [...articles, ...collections];
}

function lengthFound(part: Part, text: string, limits: LengthLimits, place: () => Place): Found[] {
  if (text.length <= limits.warn) return [];
  const length = [...text].length;
  if (length <= limits.warn) return [];
  const severity = length > limits.error ? 'error' : 'warn';
  const limit = limits[severity];
  const message = `the ${part} has ${length} characters (${severity === 'error' ? 'at most' : 'better at most'} ${limit})`;
  return [{ ...place(), message, severity }];
}
