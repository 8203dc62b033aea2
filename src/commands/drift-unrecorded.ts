import { canonicalHash, predict } from '../markdown/index.ts';
import type { LiveArticle, LiveTranslation } from '../model/snapshot.ts';
import { bodyHtml } from '../plan/addresses.ts';
import type { DesiredArticle, DesiredTranslation } from '../plan/desired.ts';
import { isBlank, storedTree } from '../plan/live.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { Matches } from '../plan/matches.ts';
import type { FieldChange } from '../plan/plan.ts';
import type { Context } from './context.ts';
import { createdDrift } from './drift-articles.ts';
import { type Drift, isoTime, movedDrift, unexplained } from './drift-kinds.ts';
import { inputFor } from './plan.ts';
import type { WorkspaceState } from './workspace-state.ts';

/**
 * How git and the workspace differ where no ledger tells what was published: which side changed is not
 * known then. Articles are found by title and text, as adoption would.
 */
export function unrecordedDrift(context: Context, state: WorkspaceState): Drift[] {
  const options = { only: null, allow: [], recreate: [] };
  const { matches } = makePlan(inputFor(context, state, options));
  const found = new Set<string>();
  const rows = state.desired.articles
    .filter((article) => article.visibility !== 'internal')
    .flatMap((article) => {
      const live = liveOf(article, matches, state);
      if (live === null) return missing(article);
      found.add(live.intercomId);
      return differences(article, live, matches, state);
    });
  const candidates = [...matches.articles.values()].flatMap((match) => match.candidates);
  for (const { intercomId } of candidates) found.add(intercomId);
  const unknown = state.actual.articles.filter(({ intercomId }) => !found.has(intercomId));
  return [...rows, ...unknown.map(createdDrift)];
}

/** The one live article that this one can be: its twin, else the only one of its title. */
function liveOf(
  article: DesiredArticle,
  matches: Matches,
  state: WorkspaceState,
): LiveArticle | null {
  const match = matches.articles.get(article.id);
  if (match?.live != null) return match.live;
  const titles = new Set(article.translations.map(({ title }) => title));
  const named = state.actual.articles.filter((live) =>
    Object.values(live.translations).some(({ title }) => titles.has(title)),
  );
  const [only, ...others] = match?.candidates.length ? match.candidates : named;
  return only !== undefined && others.length === 0 ? only : null;
}

function missing(article: DesiredArticle): Drift[] {
  const [text] = article.translations;
  if (text === undefined) return [];
  const isExpected = article.translations.some(
    ({ publication, gates }) => publication === 'published' && gates.helpCenter,
  );
  const base = { ...unexplained, id: article.id, path: article.path, intercomId: '' };
  return isExpected
    ? [{ ...base, locale: null, kind: 'deleted', fields: [], title: text.title }]
    : [];
}

function differences(
  article: DesiredArticle,
  live: LiveArticle,
  matches: Matches,
  state: WorkspaceState,
): Drift[] {
  const { id, path } = article;
  const base = { ...unexplained, id, path, intercomId: live.intercomId };
  const at = isoTime(live.updatedAt);
  const parent = collectionOf(article, matches);
  const [first] = Object.values(live.translations);
  const moved: Drift[] =
    parent === undefined || parent === live.parentId
      ? []
      : [
          movedDrift(
            { ...base, at, title: first?.title ?? '' },
            parent,
            live.parentId,
            collectionPaths(matches),
          ),
        ];
  const edited = article.translations.flatMap((text): Drift[] => {
    const there = live.translations[text.locale];
    if (there === undefined || isBlank(there)) return [];
    const { fields, texts } = textDifferences(text, there, matches, state);
    return fields.length === 0
      ? []
      : [{ ...base, locale: text.locale, kind: 'edited', fields, at, title: there.title, texts }];
  });
  return [...moved, ...edited];
}

/** Where an article should stand there: null at the top, undefined where its collection is not there. */
function collectionOf(
  { collectionId }: DesiredArticle,
  matches: Matches,
): string | null | undefined {
  return collectionId === null ? null : matches.collections.get(collectionId)?.live?.intercomId;
}

function collectionPaths({ collections }: Matches): Map<string, string> {
  return new Map(
    [...collections].flatMap(([id, { live }]) => (live === null ? [] : [[live.intercomId, id]])),
  );
}

function textDifferences(
  text: DesiredTranslation,
  live: LiveTranslation,
  { addresses }: Matches,
  { profile }: WorkspaceState,
): { fields: FieldChange[]; texts: Drift['texts'] } {
  const before = storedTree(predict(bodyHtml(text, addresses, profile), profile));
  const after = storedTree(live.body);
  const [own, other] = [canonicalHash(before), canonicalHash(after)];
  const fields: FieldChange[] = [
    ...(text.title === live.title
      ? []
      : [{ name: 'title', before: text.title, after: live.title }]),
    ...(text.description === live.description
      ? []
      : [{ name: 'description', before: text.description, after: live.description }]),
    ...(own === other ? [] : [{ name: 'body', before: own, after: other }]),
    ...(text.publication === live.publication
      ? []
      : [{ name: 'publication', before: text.publication, after: live.publication }]),
  ];
  return { fields, texts: own === other ? null : { before, after } };
}
