import type { LiveArticle } from '../model/snapshot.ts';
import { audiencesOf } from './decide-audiences.ts';
import type { ChangeDraft, Decision, Stop } from './decision.ts';
import type { DesiredArticle } from './desired.ts';
import type { PlanInput } from './input.ts';
import type { ArticleMatch, Matches } from './matches.ts';
import { decidePlacement } from './placement.ts';
import type { Action, FieldChange } from './plan.ts';
import { changeRow, heldRow, wholeArticle } from './rows.ts';
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
    held: stops.filter(isStop).map((stop) => heldRow(wholeArticle(article), stop)),
  };
}

function isStop(result: FieldChange | Stop | null): result is Stop {
  return result !== null && 'kind' in result;
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
  const standing = {
    parentId: recorded.collectionId,
    parentIntercomId: recorded.parentIntercomId,
  };
  const result = decidePlacement(article.collectionId, standing, live.parentId, matches, input);
  if (result !== 'move') return result;
  if (article.collectionId === null) {
    return {
      kind: 'manual-step',
      reason: 'left its collection, and the API has no call to take an article out of one',
      hint: 'Take it out of the collection in Intercom.',
    };
  }
  return { name: 'collection', before: recorded.collectionId, after: article.collectionId };
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
  return changeRow('article', wholeArticle(article), {
    action: 'update',
    phase: 'tagging',
    request: `tags:${article.id}`,
    requests: moved.length,
    reason: 'tags changed',
    fields: [field],
  });
}

function wholeDraft(
  article: DesiredArticle,
  action: Action,
  field: FieldChange,
  { recorded }: ArticleMatch,
): ChangeDraft {
  return changeRow('article', wholeArticle(article), {
    action,
    phase: 'update',
    request: `article:${article.id}`,
    reason:
      action === 'move' ? `${recorded?.path ?? ''} → ${article.path}` : `${field.name} changed`,
    fields: [field],
  });
}
