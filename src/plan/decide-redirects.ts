import type { LedgerPatch } from '../model/recorded.ts';
import { type ChangeDraft, type Decision, nothing } from './decision.ts';
import { redirectsInside } from './help-center.ts';
import type { PlanInput } from './input.ts';
import type { Matches } from './matches.ts';
import type { Held } from './plan.ts';

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
  const result: ChangeDraft[] = [];
  const held: Held[] = [];
  const repairs: LedgerPatch[] = [];
  let unchanged = 0;
  const hold = (url: string, item: Wanted, kind: Held['kind'], reason: string, hint: string) =>
    held.push({ ...item, id: item.articleId, kind, reason: `redirect ${url} ${reason}`, hint });

  for (const [url, item] of wanted) {
    const there = live.get(url);
    const recorded = input.recorded.redirects[url];
    const target = matches.articles.get(item.articleId)?.live?.intercomId ?? null;
    if (there !== undefined && there.targetType === 'article' && there.targetId === target) {
      unchanged += 1;
      const entry = {
        intercomId: there.intercomId,
        articleId: item.articleId,
        locale: item.locale,
      };
      if (recorded?.intercomId !== there.intercomId) {
        repairs.push({ key: null, redirects: { [url]: entry } });
      }
    } else if (there === undefined && recorded === undefined) {
      result.push(redirectDraft(url, item, 1, 'new'));
    } else if (there === undefined) {
      if (input.options.recreate.includes(item.articleId)) {
        result.push(redirectDraft(url, item, 1, 'recreated: gone from Intercom'));
      } else {
        hold(
          url,
          item,
          'missing',
          'is gone from Intercom',
          `kb publish --recreate ${item.articleId} creates it again.`,
        );
      }
    } else if (recorded?.intercomId === there.intercomId) {
      result.push(redirectDraft(url, item, 2, 'leads to another article now'));
    } else {
      hold(
        url,
        item,
        'conflict',
        'exists in Intercom and leads elsewhere',
        'Delete it there, or remove it from the front matter.',
      );
    }
  }
  for (const [url, recorded] of Object.entries(input.recorded.redirects)) {
    if (wanted.has(url) || !isWanted(recorded.articleId)) continue;
    const there = live.get(url);
    const isOurs = there !== undefined && there.intercomId === recorded.intercomId;
    if (!isOurs) repairs.push({ key: null, redirects: { [url]: null } });
    else if (input.config.onRemove !== 'report' && input.desired.removalsHeld === null) {
      const item = { ...recorded, path: url, title: url };
      result.push({
        ...redirectDraft(url, item, 1, 'removed here'),
        action: 'delete',
        phase: 'remove',
      });
    }
  }
  return { ...nothing, drafts: result, held, repairs, unchanged };
}

function redirectDraft(url: string, item: Wanted, requests: number, reason: string): ChangeDraft {
  return {
    kind: 'redirect',
    id: url,
    locale: item.locale,
    path: item.path,
    title: item.title,
    action: 'redirect',
    phase: 'redirect',
    request: `redirect:${url}`,
    requests,
    reason,
    approval: null,
    fields: [{ name: 'target', before: null, after: item.articleId }],
  };
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
