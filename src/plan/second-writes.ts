import type { RecordedTranslation } from '../model/recorded.ts';
import { targetsOf } from './addresses.ts';
import type { ChangeDraft, Decision } from './decision.ts';
import type { DesiredArticle, DesiredTranslation } from './desired.ts';
import { sendsBody } from './fields.ts';
import type { PlanInput } from './input.ts';
import { keyOf, linkedArticles, linksToItself, textsOf } from './links.ts';
import type { Matches } from './matches.ts';
import type { Held } from './plan.ts';
import { changeRow, type Subject, textOf } from './rows.ts';

/**
 * The order in which new articles are created: those that others link to first, so that a link has
 * its address when it is written; among them, those that the longest chain waits for. Cycles are cut
 * where the walk meets itself.
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
  const walked = new Map<string, number>();
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
        walked.set(top.id, walked.size);
        stack.pop();
      } else if (!entered.has(target)) {
        entered.add(target);
        stack.push({ id: target, next: 0 });
      }
    }
  }
  return chainsFirst(walked, links);
}

/** The same order, but for what keeps the most others waiting, one after the other: that comes first. */
function chainsFirst(
  walked: ReadonlyMap<string, number>,
  links: ReadonlyMap<string, readonly string[]>,
): Map<string, number> {
  const placeOf = (id: string) => walked.get(id) ?? 0;
  const waiting = new Map<string, number>();
  const waitingFor = (id: string) => waiting.get(id) ?? 0;
  for (const id of [...walked.keys()].reverse()) {
    for (const target of links.get(id) ?? []) {
      if (placeOf(target) >= placeOf(id)) continue;
      waiting.set(target, Math.max(waitingFor(target), waitingFor(id) + 1));
    }
  }
  const sorted = [...walked.keys()].sort(
    (a, b) => waitingFor(b) - waitingFor(a) || placeOf(a) - placeOf(b),
  );
  return new Map(sorted.map((id, index) => [id, index]));
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
  isWanted: (articleId: string) => boolean,
): ChangeDraft[] {
  const texts = textsOf(input.desired.articles.filter((article) => isWanted(article.id)));
  const written = new Set(
    drafts.filter((d) => d.kind === 'article' && sendsBody(d)).map((d) => keyOf(d.id, d.locale)),
  );
  const result: ChangeDraft[] = [];
  for (const draft of drafts) {
    const text = texts.get(keyOf(draft.id, draft.locale));
    if (draft.kind !== 'article' || text === undefined || !sendsBody(draft)) {
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
      result.push(draft, linksDraft(draft, headingReason));
    } else {
      result.push(draft);
    }
  }
  return [...result, ...linkersOf(texts, written, drafts, held, matches, input)];
}

const headingReason = 'links to headings, whose ids Intercom sets on save';

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
      request: secondRequest(draft),
      reason: 'links to articles created after it',
      fields: [
        { name: 'links', before: null, after: null },
        { name: 'publication', before: 'draft', after: 'published' },
      ],
    },
  ];
}

function linksDraft(
  subject: Subject & Pick<ChangeDraft, 'approval' | 'isInternal'>,
  reason: string,
): ChangeDraft {
  const { approval, isInternal } = subject;
  return changeRow('article', subject, {
    action: 'update',
    phase: 'second',
    request: secondRequest(subject),
    reason,
    approval,
    fields: [{ name: 'links', before: null, after: null }],
    ...(isInternal ? { isInternal } : {}),
  });
}

/** One for an article; articles for teammates have one for each locale. */
function secondRequest({ id, locale, isInternal }: Subject & { isInternal?: true }): string {
  return isInternal ? `second-internal:${id}:${locale}` : `second:${id}`;
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
    return recordedText(id, locale, matches, input)?.anchors[target.anchor] === undefined;
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
  if (drafts.length === 0) return [];
  const articles = new Map(input.desired.articles.map((article) => [article.id, article]));
  return [...texts].flatMap(([key, text]): ChangeDraft[] => {
    const article = articles.get(text.articleId);
    const recorded = recordedText(text.articleId, text.locale, matches, input);
    const isAsRecorded = recorded?.articleDigest === text.articleDigest;
    if (article === undefined || recorded === null) return [];
    if (written.has(key) || !isAsRecorded || isHeld(text)) return [];
    if (!needsHeadingPass(text, written, matches, input)) return [];
    const { approval } = recorded;
    const isInternal = article.visibility === 'internal';
    const subject = { ...textOf(article, text), approval, ...(isInternal ? { isInternal } : {}) };
    return [linksDraft(subject, headingReason)];
  });
}

/** The ledger's entry of a text, public or internal; null: none. */
function recordedText(
  id: string,
  locale: string,
  matches: Matches,
  input: PlanInput,
): RecordedTranslation | null {
  return (
    matches.articles.get(id)?.recorded?.translations[locale] ??
    input.recorded.internals[id]?.texts[locale]?.entry ??
    null
  );
}
