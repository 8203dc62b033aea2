import type { RecordedArticle } from '../model/recorded.ts';
import type { LiveArticle } from '../model/snapshot.ts';
import { collectionState } from './collection-state.ts';
import { audiencesOf } from './decide-audiences.ts';
import type { ChangeDraft, Decision, Stop } from './decision.ts';
import type { DesiredArticle } from './desired.ts';
import type { PlanInput } from './input.ts';
import type { ArticleMatch, Matches } from './matches.ts';
import type { Action, FieldChange, Held } from './plan.ts';
import { decideField } from './three-way.ts';

/** Collection, author, audiences and tags: they belong to all locales, and but for audiences need no review. */
export function decideWhole(
  article: DesiredArticle,
  match: ArticleMatch,
  matches: Matches,
  input: PlanInput,
): Pick<Decision, 'drafts' | 'held'> {
  const parts = [
    { action: 'move' as const, result: moveOf(article, match, matches, input) },
    { action: 'update' as const, result: authorChange(article, match, input) },
    {
      action: 'update' as const,
      result: audiencesOf(article, match, matches.defaultLocale, input),
    },
  ];
  const tags = tagsOf(article, match, input);
  const stops = [...parts.map((part) => part.result), tags, restriction(article, match)];
  return {
    drafts: [
      ...parts.flatMap(({ action, result }) =>
        isStop(result) || result === null ? [] : [wholeDraft(article, action, result, match)],
      ),
      ...(isStop(tags) || tags === null ? [] : [tagsDraft(article, tags)]),
    ],
    held: stops.filter(isStop).map((stop) => heldAs(article, stop)),
  };
}

function isStop(result: FieldChange | Stop | null): result is Stop {
  return result !== null && 'kind' in result;
}

function heldAs(article: DesiredArticle, stop: Stop): Held {
  return { id: article.id, locale: null, ...stop, path: article.path, title: titleOf(article) };
}

function restriction(article: DesiredArticle, match: ArticleMatch): Stop | null {
  const isStillRestricted = match.recorded?.visibility === 'users' && isRestricted(match.live);
  if (article.visibility === 'public' && isStillRestricted) {
    return {
      kind: 'manual-step',
      reason: 'is public now, and Intercom still shows it to logged-in users only',
      hint: 'In Intercom, open its help center audience to everyone.',
    };
  }
  if (article.visibility !== 'users' || isRestricted(match.live)) return null;
  return {
    kind: 'manual-step',
    reason: 'is for logged-in users, and Intercom lets only a person restrict an article',
    hint: 'In Intercom, set its help center audience to users; kb publish then publishes it.',
  };
}

/** May only some read it? Read-only in the API: a person sets it in the UI. */
export function isRestricted(live: LiveArticle | null): boolean {
  const audience = live?.helpCenterAudience ?? 'everyone';
  return audience === 'all_users' || audience === 'restricted';
}

function moveOf(
  article: DesiredArticle,
  { live, recorded }: ArticleMatch,
  matches: Matches,
  input: PlanInput,
): FieldChange | Stop | null {
  if (live === null || recorded === null || input.config.uiOwned.includes('collection'))
    return null;
  const wanted =
    article.collectionId === null
      ? null
      : (matches.collections.get(article.collectionId)?.live?.intercomId ?? 'new');
  if (live.parentId === wanted) return null;
  const isMovedHere = article.collectionId !== recorded.collectionId || wanted === 'new';
  // When its collection was deleted there, nobody moved the article.
  const isMovedThere =
    live.parentId !== recorded.parentIntercomId &&
    (recorded.parentIntercomId === null || isCollection(recorded.parentIntercomId, input));
  if (isMovedThere && isMovedHere) {
    return {
      kind: 'conflict',
      reason: 'moved in Intercom, and here to another collection',
      hint: 'Move it to the same collection on both sides.',
    };
  }
  if (isMovedThere && input.config.onDrift === 'hold') {
    return {
      kind: 'drift',
      reason: 'moved to another collection in Intercom',
      hint: 'Move its files to the same collection, or move it back in Intercom.',
    };
  }
  if (article.collectionId === null) {
    return {
      kind: 'manual-step',
      reason: 'left its collection, and the API has no call to take an article out of one',
      hint: 'Take it out of the collection in Intercom.',
    };
  }
  const state = collectionState(article.collectionId, matches, input);
  if (state.kind === 'withheld' || state.kind === 'held') {
    return {
      kind: state.kind === 'withheld' ? 'links-to-withheld' : 'links-to-held',
      reason: `cannot move yet: ${state.reason}`,
      hint: 'It stays where it is until the collection is there.',
    };
  }
  return { name: 'collection', before: recorded.collectionId, after: article.collectionId };
}

function isCollection(intercomId: string, { actual }: PlanInput): boolean {
  return actual.collections.some((collection) => collection.intercomId === intercomId);
}

function authorChange(
  article: DesiredArticle,
  { live, recorded, how }: ArticleMatch,
  input: PlanInput,
): FieldChange | Stop | null {
  if (live === null || input.config.uiOwned.includes('author')) return null;
  // The workspace's author is for new articles; whom an existing one names is its own business.
  if (article.author === null) return null;
  const wanted = authorIdOf(article, input);
  if (wanted === null || (recorded === null && how !== 'twin')) return null;
  return decideField(
    {
      name: 'author',
      label: 'its author was',
      wanted,
      recorded: (recorded === null ? live.authorId : recorded.authorId) ?? wanted,
      live: live.authorId ?? wanted,
    },
    input.config.onDrift,
  );
}

/** The teammate an article is attributed to; null where nobody is named, or nobody of that name is one. */
export function authorIdOf(article: DesiredArticle, input: PlanInput): string | null {
  const email = article.author ?? input.workspace.author;
  if (email === null) return null;
  const teammate = input.actual.teammates.find(
    (mate) => mate.email.toLowerCase() === email.toLowerCase(),
  );
  return teammate?.id ?? null;
}

function tagsOf(
  article: DesiredArticle,
  { live, recorded }: ArticleMatch,
  input: PlanInput,
): FieldChange | Stop | null {
  if (article.tags === null || input.config.uiOwned.includes('tags')) return null;
  const there = tagNames(live);
  const wanted = [...new Set(article.tags)].sort();
  return decideField(
    {
      name: 'tags',
      label: 'its tags were',
      wanted,
      recorded: withSettled([...(recorded?.tags ?? there)], there, wanted),
      live: there,
    },
    input.config.onDrift,
  );
}

/**
 * What the ledger holds, but for tags on which both sides agree: each tag has a call of its own, so a
 * run that was interrupted may have set some of them.
 */
function withSettled(
  recorded: readonly string[],
  live: readonly string[],
  wanted: readonly string[],
): string[] {
  const agreed = (tag: string) => live.includes(tag) === wanted.includes(tag);
  const all = [...new Set([...recorded, ...live, ...wanted])];
  return all.filter((tag) => (agreed(tag) ? live : recorded).includes(tag)).sort();
}

/** The tags the ledger should hold: those it knew, or the live ones once they are what git says. */
export function settledTags(
  article: DesiredArticle,
  live: LiveArticle,
  recorded: readonly string[] | null,
): readonly string[] | null {
  if (article.tags === null) return recorded;
  const there = tagNames(live).join('\n');
  const isSettled = [...new Set(article.tags)].sort().join('\n') === there;
  const isKnown = recorded !== null && [...recorded].sort().join('\n') === there;
  return isSettled && !isKnown ? tagNames(live) : recorded;
}

function tagNames(live: LiveArticle | null): string[] {
  return (live?.tags ?? []).map((tag) => tag.name).sort();
}

/** Tags have calls of their own: one for each tag added or taken. */
function tagsDraft(article: DesiredArticle, field: FieldChange): ChangeDraft {
  const before = field.before as readonly string[];
  const after = field.after as readonly string[];
  const moved = [
    ...after.filter((tag) => !before.includes(tag)),
    ...before.filter((tag) => !after.includes(tag)),
  ];
  return {
    ...base(article),
    action: 'update',
    phase: 'tagging',
    request: `tags:${article.id}`,
    requests: moved.length,
    reason: 'tags changed',
    approval: null,
    fields: [field],
  };
}

function wholeDraft(
  article: DesiredArticle,
  action: Action,
  field: FieldChange,
  { recorded }: ArticleMatch,
): ChangeDraft {
  const moved = recorded as RecordedArticle | null;
  return {
    ...base(article),
    action,
    phase: 'update',
    request: `article:${article.id}`,
    requests: 1,
    reason: action === 'move' ? `${moved?.path ?? ''} → ${article.path}` : `${field.name} changed`,
    approval: null,
    fields: [field],
  };
}

function base(
  article: DesiredArticle,
): Pick<ChangeDraft, 'kind' | 'id' | 'locale' | 'path' | 'title'> {
  return {
    kind: 'article',
    id: article.id,
    locale: null,
    path: article.path,
    title: titleOf(article),
  };
}

/** The title people know an article by: its source locale's. */
export function titleOf(article: DesiredArticle): string {
  const source = article.translations.find((text) => text.locale === article.sourceLocale);
  return source?.title ?? article.translations[0]?.title ?? article.path;
}
