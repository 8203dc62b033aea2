import type { ChangeDraft, Decision } from './decision.ts';
import { actionOf, isWithdrawal, sendsBody } from './fields.ts';
import type { PlanInput } from './input.ts';
import { keyOf, linkedArticles, textsOf } from './links.ts';
import type { Matches } from './matches.ts';
import type { Held } from './plan.ts';
import { heldRow } from './rows.ts';

/**
 * Takes out the writes whose links would lead to nothing: to an article or locale that is neither
 * live nor about to be. Repeats, as each text taken out may be the target of another.
 */
export function holdDeadLinks(decision: Decision, matches: Matches, input: PlanInput): Decision {
  const texts = textsOf(input.desired.articles);
  // Teammates' articles have no public address: links to them stay text, and check reports them.
  const internals = new Set(
    input.desired.articles.filter((item) => item.visibility === 'internal').map((item) => item.id),
  );
  let drafts = [...decision.drafts];
  const held: Held[] = [];
  for (;;) {
    const reachable = reachableTexts(drafts, matches);
    const withheld = new Set(decision.withheld.map((item) => keyOf(item.id, item.locale)));
    const dead = drafts.flatMap((draft) => {
      const text = texts.get(keyOf(draft.id, draft.locale));
      if (draft.kind !== 'article' || text === undefined || !sendsBody(draft)) return [];
      const target = linkedArticles(text).find(
        (link) =>
          !internals.has(link.id) && !reachable.has(keyOf(link.id, link.locale ?? text.locale)),
      );
      return target === undefined ? [] : [{ draft, text, target }];
    });
    if (dead.length === 0) return { ...decision, drafts, held: [...decision.held, ...held] };
    for (const { draft, text, target } of dead) {
      const locale = target.locale ?? text.locale;
      const isWithheld = withheld.has(keyOf(target.id, locale));
      const path = input.desired.articles.find((article) => article.id === target.id)?.path;
      held.push(
        heldRow(draft, {
          kind: isWithheld ? 'links-to-withheld' : 'links-to-held',
          reason: `links to ${path ?? target.id} (${locale}), which is ${isWithheld ? 'not reviewed' : 'held'} and not live`,
          hint: isWithheld
            ? `kb review ${target.id} --by <email> once it is right; or remove the link.`
            : `Settle ${target.id} first; or remove the link.`,
        }),
      );
    }
    drafts = withoutDead(
      drafts,
      dead.map(({ draft }) => draft),
      matches,
      held,
    );
  }
}

/** A new article whose default locale is taken out is taken out whole. */
function withoutDead(
  drafts: readonly ChangeDraft[],
  dead: readonly ChangeDraft[],
  matches: Matches,
  held: Held[],
): ChangeDraft[] {
  const wholly = new Set(
    dead
      .filter((draft) => draft.action === 'create' && draft.locale === matches.defaultLocale)
      .map((draft) => draft.id),
  );
  return drafts.flatMap((draft) => {
    if (draft.kind !== 'article') return [draft];
    if (dead.includes(draft)) return withdrawing(draft);
    if (!wholly.has(draft.id)) return [draft];
    if (draft.locale !== null) {
      held.push(
        heldRow(draft, {
          kind: 'links-to-held',
          reason: `its ${matches.defaultLocale} text, the default locale, is held`,
          hint: `Settle the ${matches.defaultLocale} text first.`,
        }),
      );
    }
    return [];
  });
}

/** What a held write may still do: take a text off the help center, or from the AI. */
function withdrawing(draft: ChangeDraft): ChangeDraft[] {
  const fields = draft.fields.filter(isWithdrawal);
  if (draft.action === 'create' || fields.length === 0) return [];
  return [{ ...draft, action: actionOf(fields), reason: 'withdrawn, its text is held', fields }];
}

function reachableTexts(drafts: readonly ChangeDraft[], matches: Matches): Set<string> {
  const reachable = new Set<string>();
  for (const [id, match] of matches.articles) {
    for (const locale of Object.keys(match.live?.translations ?? {}))
      reachable.add(keyOf(id, locale));
  }
  for (const draft of drafts) {
    if (draft.kind === 'article' && sendsBody(draft)) reachable.add(keyOf(draft.id, draft.locale));
  }
  return reachable;
}
