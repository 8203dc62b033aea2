import type { Target } from '../model/tree.ts';
import { targetsOf } from './addresses.ts';
import type { ChangeDraft, Decision } from './decision.ts';
import type { DesiredArticle, DesiredTranslation } from './desired.ts';
import { actionOf, isWithdrawal, sendsBody } from './fields.ts';
import type { PlanInput } from './input.ts';
import type { Matches } from './matches.ts';
import type { Held } from './plan.ts';

type ArticleTarget = Extract<Target, { kind: 'article' }>;

/** The articles that a text links to; itself does not count. */
function linkedArticles(text: DesiredTranslation): ArticleTarget[] {
  return targetsOf(text.body).filter(
    (target): target is ArticleTarget => target.kind === 'article' && target.id !== text.articleId,
  );
}

/** A link to the own article, in this locale or another: it has no address before the article is there. */
function linksToItself(text: DesiredTranslation): boolean {
  return targetsOf(text.body).some(
    (target) => target.kind === 'article' && target.id === text.articleId,
  );
}

const keyOf = (id: string, locale: string | null) => `${id} ${locale ?? '*'}`;

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
      held.push({
        id: draft.id,
        locale: draft.locale,
        kind: isWithheld ? 'links-to-withheld' : 'links-to-held',
        reason: `links to ${path ?? target.id} (${locale}), which is ${isWithheld ? 'not reviewed' : 'held'} and not live`,
        hint: isWithheld
          ? `kb review ${target.id} --by <email> once it is right; or remove the link.`
          : `Settle ${target.id} first; or remove the link.`,
        path: draft.path,
        title: draft.title,
      });
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
      held.push({
        id: draft.id,
        locale: draft.locale,
        kind: 'links-to-held',
        reason: `its ${matches.defaultLocale} text, the default locale, is held`,
        hint: `Settle the ${matches.defaultLocale} text first.`,
        path: draft.path,
        title: draft.title,
      });
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

function textsOf(articles: readonly DesiredArticle[]): Map<string, DesiredTranslation> {
  return new Map(
    articles.flatMap((article) =>
      article.translations.map((text) => [keyOf(article.id, text.locale), text] as const),
    ),
  );
}

/**
 * The order in which new articles are created: those that others link to first, so that a link has
 * its address when it is written. Cycles are cut where the walk meets itself.
 */
export function creationOrder(
  drafts: readonly ChangeDraft[],
  articles: readonly DesiredArticle[],
): Map<string, number> {
  const creating = new Set(drafts.filter((d) => d.phase === 'create').map((d) => d.id));
  const links = new Map(
    articles
      .filter((article) => creating.has(article.id))
      .map((article) => [
        article.id,
        [...new Set(article.translations.flatMap(linkedArticles).map((link) => link.id))]
          .filter((id) => creating.has(id))
          .sort(),
      ]),
  );
  const order = new Map<string, number>();
  const entered = new Set<string>();
  const sorted = [...creating].sort();
  for (const start of sorted) {
    const stack = [{ id: start, next: 0 }];
    if (entered.has(start)) continue;
    entered.add(start);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const target = links.get(top.id)?.[top.next];
      top.next += 1;
      if (target === undefined) {
        order.set(top.id, order.size);
        stack.pop();
      } else if (!entered.has(target)) {
        entered.add(target);
        stack.push({ id: target, next: 0 });
      }
    }
  }
  return order;
}

/**
 * Second writes: of new articles that link to later ones (created as drafts, published when the
 * addresses are known), and of texts that link to headings whose ids the service makes up.
 */
export function withSecondWrites(
  { drafts, held }: Pick<Decision, 'drafts' | 'held'>,
  order: ReadonlyMap<string, number>,
  matches: Matches,
  input: PlanInput,
): ChangeDraft[] {
  const texts = textsOf(input.desired.articles);
  const written = new Set(
    drafts.filter((d) => d.kind === 'article' && sendsBody(d)).map((d) => keyOf(d.id, d.locale)),
  );
  const result: ChangeDraft[] = [];
  for (const draft of drafts) {
    const text = texts.get(keyOf(draft.id, draft.locale));
    if (draft.isInternal || draft.kind !== 'article' || text === undefined || !sendsBody(draft)) {
      result.push(draft);
      continue;
    }
    const own = order.get(draft.id);
    const isEarly =
      own !== undefined &&
      draft.phase === 'create' &&
      (linksToItself(text) ||
        linkedArticles(text).some((link) => (order.get(link.id) ?? -1) > own));
    if (isEarly) {
      result.push(...createdAsDraft(draft));
    } else if (needsHeadingPass(text, written, matches, input)) {
      result.push(draft, linksDraft(draft, 'links to headings, whose ids Intercom sets on save'));
    } else {
      result.push(draft);
    }
  }
  return [...result, ...linkersOf(texts, written, drafts, held, matches, input)];
}

function createdAsDraft(draft: ChangeDraft): ChangeDraft[] {
  const wanted = draft.fields.find((field) => field.name === 'publication')?.after;
  if (wanted !== 'published') {
    return [draft, linksDraft(draft, 'links to articles created after it')];
  }
  const fields = draft.fields.map((field) =>
    field.name === 'publication' ? { ...field, after: 'draft' } : field,
  );
  return [
    { ...draft, fields },
    {
      ...draft,
      action: 'publish',
      phase: 'second',
      request: `second:${draft.id}`,
      reason: 'links to articles created after it',
      fields: [
        { name: 'links', before: null, after: null },
        { name: 'publication', before: 'draft', after: 'published' },
      ],
    },
  ];
}

function linksDraft(draft: ChangeDraft, reason: string): ChangeDraft {
  return {
    ...draft,
    action: 'update',
    phase: 'second',
    request: `second:${draft.id}`,
    reason,
    fields: [{ name: 'links', before: null, after: null }],
  };
}

/** Does the text link to a heading whose stored id will only be known after this run's first writes? */
function needsHeadingPass(
  text: DesiredTranslation,
  written: ReadonlySet<string>,
  matches: Matches,
  input: PlanInput,
): boolean {
  if (input.profile.headingIds !== 'replaced') return false;
  return targetsOf(text.body).some((target) => {
    if (target.kind !== 'anchor' && target.kind !== 'article') return false;
    if (target.anchor === null) return false;
    const id = target.kind === 'anchor' ? text.articleId : target.id;
    const locale = target.kind === 'anchor' ? text.locale : (target.locale ?? text.locale);
    if (!written.has(keyOf(id, locale))) return false;
    const known = matches.articles.get(id)?.recorded?.translations[locale]?.anchors;
    return known?.[target.anchor] === undefined;
  });
}

/** Texts that are not written themselves, but link to headings that get new ids. */
function linkersOf(
  texts: ReadonlyMap<string, DesiredTranslation>,
  written: ReadonlySet<string>,
  drafts: readonly ChangeDraft[],
  held: readonly Held[],
  matches: Matches,
  input: PlanInput,
): ChangeDraft[] {
  if (input.profile.headingIds !== 'replaced') return [];
  // A text that somebody edited in Intercom must not be overwritten on the way.
  const waiting = new Set(held.map((item) => keyOf(item.id, item.locale)));
  const isHeld = (text: DesiredTranslation) =>
    waiting.has(keyOf(text.articleId, text.locale)) || waiting.has(keyOf(text.articleId, null));
  const sample = drafts[0];
  if (sample === undefined) return [];
  const paths = new Map(input.desired.articles.map((article) => [article.id, article.path]));
  return [...texts].flatMap(([key, text]): ChangeDraft[] => {
    const recorded = matches.articles.get(text.articleId)?.recorded?.translations[text.locale];
    const isAsRecorded = recorded !== undefined && recorded.articleDigest === text.articleDigest;
    if (written.has(key) || !isAsRecorded || isHeld(text)) return [];
    if (!needsHeadingPass(text, written, matches, input)) return [];
    return [
      {
        kind: 'article',
        id: text.articleId,
        locale: text.locale,
        path: paths.get(text.articleId) ?? text.articleId,
        title: text.title,
        action: 'update',
        phase: 'second',
        request: `second:${text.articleId}`,
        requests: 1,
        reason: 'links to headings, whose ids Intercom sets on save',
        approval: recorded.approval,
        fields: [{ name: 'links', before: null, after: null }],
      },
    ];
  });
}
