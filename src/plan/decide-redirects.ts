import type { RecordedRedirect } from '../model/recorded.ts';
import type { LiveRedirect } from '../model/snapshot.ts';
import { type ChangeDraft, type Decision, nothing, type Stop, together } from './decision.ts';
import { redirectsInside } from './help-center.ts';
import type { PlanInput } from './input.ts';
import type { Matches } from './matches.ts';
import { changeRow, heldAs } from './rows.ts';

interface Wanted {
  articleId: string;
  locale: string;
  path: string;
  title: string;
}

/**
 * Old addresses in the help center's own address space. Others (a Zendesk host, say) are no business
 * of Intercom's, which refuses them. There is no update call: a new target means delete and create.
 */
export function decideRedirects(
  drafts: readonly ChangeDraft[],
  matches: Matches,
  input: PlanInput,
  isWanted: (articleId: string) => boolean,
): Decision {
  const wanted = wantedRedirects(drafts, matches, input, isWanted);
  const live = new Map(input.actual.redirects.map((redirect) => [redirect.fromUrl, redirect]));
  return together([
    ...[...wanted].map(([url, item]) =>
      decideRedirect(url, item, live.get(url) ?? null, matches, input),
    ),
    ...Object.entries(input.recorded.redirects)
      .filter(([url, recorded]) => !wanted.has(url) && isWanted(recorded.articleId))
      .map(([url, recorded]) =>
        decideRemoved(url, recorded, live.get(url) ?? null, matches, input),
      ),
  ]);
}

function decideRedirect(
  url: string,
  item: Wanted,
  there: LiveRedirect | null,
  matches: Matches,
  input: PlanInput,
): Decision {
  const recorded = input.recorded.redirects[url] ?? null;
  const target = matches.articles.get(item.articleId)?.live?.intercomId ?? null;
  if (there !== null && there.targetType === 'article' && there.targetId === target) {
    const { intercomId } = there;
    const entry = { intercomId, articleId: item.articleId, locale: item.locale };
    const isKnown = recorded?.intercomId === intercomId && recorded.articleId === item.articleId;
    const repairs = isKnown ? [] : [{ key: null, redirects: { [url]: entry } }];
    return { ...nothing, unchanged: 1, repairs };
  }
  if (there === null && recorded === null) return written(redirectDraft(url, item, 1, 'new'));
  if (there === null) {
    if (input.options.recreate.includes(item.articleId)) {
      return written(redirectDraft(url, item, 1, 'recreated: gone from Intercom'));
    }
    return held(url, item, {
      kind: 'missing',
      reason: 'is gone from Intercom',
      hint: `kb publish --recreate ${item.articleId} creates it again.`,
    });
  }
  if (recorded?.intercomId !== there.intercomId) {
    return held(url, item, {
      kind: 'conflict',
      reason: 'exists in Intercom and leads elsewhere',
      hint: 'Delete it there, or remove it from the front matter.',
    });
  }
  const isMovedThere = isRetargeted(there, recorded, matches, input);
  if (isMovedThere && recorded.articleId !== item.articleId) {
    return held(url, item, {
      kind: 'conflict',
      reason: 'was led elsewhere in Intercom, and leads to another article here',
      hint: 'Make both sides lead to the same article.',
    });
  }
  if (isMovedThere && input.config.onDrift === 'hold') {
    return held(url, item, {
      kind: 'drift',
      reason: 'was led elsewhere in Intercom',
      hint: 'Move the redirect to the front matter of that article, or undo it in Intercom.',
    });
  }
  const reason = isMovedThere
    ? 'restored: led elsewhere in Intercom'
    : 'leads to another article now';
  return written(redirectDraft(url, item, 2, reason));
}

/** A redirect that no front matter names any more. */
function decideRemoved(
  url: string,
  recorded: RecordedRedirect,
  there: LiveRedirect | null,
  matches: Matches,
  input: PlanInput,
): Decision {
  const isOurs = there !== null && there.intercomId === recorded.intercomId;
  if (!isOurs) return { ...nothing, repairs: [{ key: null, redirects: { [url]: null } }] };
  if (input.config.onRemove === 'report' || input.desired.removalsHeld !== null) return nothing;
  const item = { ...recorded, path: url, title: url };
  if (isRetargeted(there, recorded, matches, input)) {
    return held(url, item, {
      kind: 'conflict',
      reason: 'was removed here, and led elsewhere in Intercom',
      hint: 'Delete it in Intercom, or name it in the front matter of the article it leads to.',
    });
  }
  const draft = redirectDraft(url, item, 1, 'removed here');
  return written({ ...draft, action: 'delete', phase: 'remove' });
}

/** Did a colleague lead it elsewhere? Not where what it leads to is gone: nobody chose that. */
function isRetargeted(
  there: LiveRedirect,
  recorded: RecordedRedirect,
  matches: Matches,
  { recorded: ledger }: PlanInput,
): boolean {
  const entry =
    ledger.articles[recorded.articleId] ?? ledger.tombstones.articles[recorded.articleId]?.last;
  if (entry === undefined) return false;
  const isAsRecorded = there.targetType === 'article' && there.targetId === entry.intercomId;
  const isGone = there.targetType === 'article' && !matches.live.has(there.targetId);
  return !isAsRecorded && !isGone;
}

function written(draft: ChangeDraft): Decision {
  return { ...nothing, drafts: [draft] };
}

function held(url: string, item: Wanted, stop: Stop): Decision {
  const { articleId: id, locale, path, title } = item;
  return heldAs({ id, locale, path, title }, { ...stop, reason: `redirect ${url} ${stop.reason}` });
}

function redirectDraft(url: string, item: Wanted, requests: number, reason: string): ChangeDraft {
  return changeRow(
    'redirect',
    { ...item, id: url },
    {
      action: 'redirect',
      phase: 'redirect',
      request: `redirect:${url}`,
      requests,
      reason,
      fields: [{ name: 'target', before: null, after: item.articleId }],
    },
  );
}

/** Redirects whose article is live, or will be when they are written. */
function wantedRedirects(
  drafts: readonly ChangeDraft[],
  matches: Matches,
  input: PlanInput,
  isWanted: (articleId: string) => boolean,
): Map<string, Wanted> {
  const creating = new Set(
    drafts.filter((draft) => draft.phase === 'create').map((draft) => draft.id),
  );
  const wanted = new Map<string, Wanted>();
  for (const article of input.desired.articles) {
    const isThere = matches.articles.get(article.id)?.live != null || creating.has(article.id);
    if (!isThere || article.visibility === 'internal' || !isWanted(article.id)) continue;
    for (const text of article.translations) {
      for (const url of redirectsInside(text.redirects, matches.addresses.helpCenterUrl)) {
        wanted.set(url, {
          articleId: article.id,
          locale: text.locale,
          path: article.path,
          title: text.title,
        });
      }
    }
  }
  return wanted;
}
