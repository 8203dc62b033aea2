import type { Stop } from './decision.ts';
import type { DesiredArticle } from './desired.ts';
import type { PlanInput } from './input.ts';
import type { ArticleMatch } from './matches.ts';
import type { FieldChange } from './plan.ts';
import { decideField } from './three-way.ts';

/**
 * Whom the AI may tell an article: names here, ids there. Set for all locales at once, as the top
 * level of a request beats its locales. Part of what a reviewer approves, so an unreviewed change waits.
 */
export function audiencesOf(
  article: DesiredArticle,
  match: ArticleMatch,
  defaultLocale: string,
  input: PlanInput,
): FieldChange | Stop | null {
  const { live, recorded } = match;
  if (live === null || recorded === null || input.config.uiOwned.includes('finAudiences'))
    return null;
  const there = namesOf(live.translations[defaultLocale]?.audienceIds ?? [], input);
  const wanted = [...article.finAudiences].sort();
  const before = [...recorded.finAudiences].sort();
  const decided = decideField(
    { name: 'finAudiences', label: 'its AI audiences were', wanted, recorded: before, live: there },
    input.config.onDrift,
  );
  if (decided === null || 'kind' in decided) return decided;
  const main = article.translations.find((text) => text.locale === defaultLocale);
  if (main?.gates.helpCenter !== true) return null;
  return decided;
}

/** Ids of audiences by their names; names nobody knows are left out (such articles are held). */
export function audienceIdsOf(
  names: readonly string[],
  input: Pick<PlanInput, 'actual'>,
): string[] {
  return names.flatMap((name) => {
    const found = input.actual.audiences.find((audience) => audience.name === name);
    return found === undefined ? [] : [found.id];
  });
}

function namesOf(ids: readonly string[], input: PlanInput): string[] {
  const names = new Map(input.actual.audiences.map(({ id, name }) => [id, name]));
  return ids.map((id) => names.get(id) ?? `audience ${id}`).sort();
}
