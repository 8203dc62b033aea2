import { regionHosts } from '../model/region-hosts.ts';
import type { ChangeDraft } from './decision.ts';
import type { PlanInput } from './input.ts';
import type { Matches } from './matches.ts';
import type { Guard } from './plan.ts';

/** Fewer than this many items are never a disaster. */
const smallest = 2;

/**
 * Every guard with its number, tripped or not. Names, limits and overrides as in docs/sync.md.
 * Percentages are of the articles managed so far; what is new, restored or only taken from the AI is
 * no accident and does not count.
 */
export function guardsOf(
  drafts: readonly ChangeDraft[],
  matches: Matches,
  input: PlanInput,
): Guard[] {
  const guards = [
    regionGuard(input),
    hostGuard(input),
    workspaceGuard(input),
    deleteGuard(drafts, input),
    updateGuard(drafts, matches, input),
    removeUsedGuard(drafts, input),
    firstPublishGuard(drafts, input),
    restrictedGuard(drafts, matches, input),
  ];
  return guards.map((guard) =>
    guard.override !== null && input.options.allow.includes(guard.name)
      ? { ...guard, tripped: false }
      : guard,
  );
}

/** Names of guards that `--allow` may name. */
export const overridable = [
  'delete-percent',
  'update-percent',
  'remove-used',
  'first-publish',
  'restricted-to-public',
] as const;

function regionGuard({ workspace, actual }: PlanInput): Guard {
  const found = actual.workspace.region;
  return {
    name: 'region',
    value: found,
    limit: workspace.region,
    tripped: found !== workspace.region,
    override: null,
    message: `workspace ${actual.workspace.id} is in region ${found}, kb.yaml says ${workspace.region}`,
    items: [],
  };
}

function hostGuard({ workspace, host }: PlanInput): Guard {
  const expected = regionHosts[workspace.region];
  const isLoopback = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);
  return {
    name: 'host',
    value: host,
    limit: expected,
    tripped: !isLoopback && host !== expected,
    override: null,
    message: `requests go to ${host}, region ${workspace.region} is at ${expected}`,
    items: [],
  };
}

function workspaceGuard({ workspace, actual, recorded }: PlanInput): Guard {
  const found = actual.workspace.id;
  const expected = workspace.workspaceId ?? recorded.workspace?.id ?? null;
  const isOtherLedger = recorded.workspace !== null && recorded.workspace.id !== found;
  const isOther = expected !== null && expected !== found;
  const center = workspace.helpCenter;
  const isCenterGone =
    actual.helpCenters.length === 0 ||
    (center !== null && !actual.helpCenters.some((item) => item.id === center));
  return {
    name: 'workspace',
    value: found,
    limit: expected,
    tripped: isOther || isOtherLedger || isCenterGone,
    override: null,
    message:
      isCenterGone && !isOther
        ? `workspace ${found} has no help center ${center ?? ''}`.trim()
        : isOtherLedger
          ? `the ledger belongs to workspace ${recorded.workspace?.id ?? ''}, the token to ${found}`
          : `the token belongs to workspace ${found}, kb.yaml says ${expected ?? 'nothing'}`,
    items: [],
  };
}

function deleteGuard(drafts: readonly ChangeDraft[], input: PlanInput): Guard {
  const kept = new Map(
    input.desired.articles.map((article) => [
      article.id,
      new Set(article.translations.map((text) => text.locale as string)),
    ]),
  );
  // A locale whose files are gone from many articles is as likely an accident as whole articles.
  const removed = articlesOf(
    drafts.filter((draft) => {
      const locales = kept.get(draft.id);
      if (locales === undefined) return draft.phase === 'remove';
      return draft.action === 'unpublish' && draft.locale !== null && !locales.has(draft.locale);
    }),
  );
  return percentGuard(
    'delete-percent',
    removed,
    input.config.guards.deletePercent,
    input,
    'removes',
  );
}

function updateGuard(drafts: readonly ChangeDraft[], matches: Matches, input: PlanInput): Guard {
  const content = new Set(['title', 'description', 'body']);
  const updated = articlesOf(
    drafts.filter((draft) => {
      const match = matches.articles.get(draft.id);
      return (
        draft.kind === 'article' &&
        draft.phase === 'update' &&
        match?.how === 'recorded' &&
        draft.fields.some((field) => content.has(field.name) && field.before !== null)
      );
    }),
  );
  return percentGuard(
    'update-percent',
    updated,
    input.config.guards.updatePercent,
    input,
    'changes the text of',
  );
}

function percentGuard(
  name: string,
  items: ReadonlyMap<string, string>,
  limit: number,
  input: PlanInput,
  verb: string,
): Guard {
  const managed = Object.keys(input.recorded.articles).length;
  const percent = managed === 0 ? 0 : Math.round((items.size / managed) * 1000) / 10;
  return {
    name,
    value: percent,
    limit,
    tripped: items.size >= smallest && percent > limit,
    override: `--allow ${name}`,
    message: `this plan ${verb} ${items.size} of ${managed} articles (${percent}%, limit ${limit}%)`,
    items: [...items.values()].sort(),
  };
}

function removeUsedGuard(drafts: readonly ChangeDraft[], input: PlanInput): Guard {
  const used = new Map<string, string>();
  for (const draft of drafts) {
    const recorded = input.recorded.articles[draft.id];
    if (draft.phase !== 'remove' || draft.kind !== 'article' || recorded === undefined) continue;
    if ((input.involvements.get(recorded.intercomId) ?? 0) > 0) used.set(draft.id, draft.path);
  }
  return {
    name: 'remove-used',
    value: used.size,
    limit: 0,
    tripped: used.size > 0,
    override: '--allow remove-used',
    message: `this plan removes ${count(used.size, 'article')} that Fin has answered from`,
    items: [...used.values()].sort(),
  };
}

function firstPublishGuard(drafts: readonly ChangeDraft[], input: PlanInput): Guard {
  const { recorded, actual } = input;
  const isFirst = recorded.workspace === null && Object.keys(recorded.articles).length === 0;
  const creates = drafts.some((draft) => draft.action === 'create' && draft.kind === 'article');
  const there = actual.articles.length + actual.collections.length;
  return {
    name: 'first-publish',
    value: isFirst ? there : 0,
    limit: 0,
    tripped: isFirst && creates && there > 0,
    override: '--allow first-publish',
    message: `this is the first publish, and the help center is not empty: ${count(actual.articles.length, 'article')}, ${count(actual.collections.length, 'collection')}. kb adopt takes over what is the same`,
    items: [],
  };
}

/** What was restricted must not become public by accident. */
function restrictedGuard(
  drafts: readonly ChangeDraft[],
  matches: Matches,
  input: PlanInput,
): Guard {
  const opened = new Map<string, string>();
  for (const article of input.desired.articles) {
    const recorded = matches.articles.get(article.id)?.recorded ?? null;
    const wasRestricted =
      recorded === null
        ? article.source?.segment != null || input.recorded.internals[article.id] !== undefined
        : recorded.visibility !== 'public';
    if (article.visibility !== 'public' || !wasRestricted) continue;
    if (drafts.some((draft) => draft.id === article.id && publishes(draft))) {
      opened.set(article.id, article.path);
    }
  }
  return {
    name: 'restricted-to-public',
    value: opened.size,
    limit: 0,
    tripped: opened.size > 0,
    override: '--allow restricted-to-public',
    message: `this plan makes ${count(opened.size, 'restricted article')} public`,
    items: [...opened.values()].sort(),
  };
}

function publishes(draft: ChangeDraft): boolean {
  return (
    draft.kind === 'article' &&
    draft.fields.some((field) => field.name === 'publication' && field.after === 'published')
  );
}

function articlesOf(drafts: readonly ChangeDraft[]): Map<string, string> {
  return new Map(
    drafts.filter((draft) => draft.kind === 'article').map((draft) => [draft.id, draft.path]),
  );
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
