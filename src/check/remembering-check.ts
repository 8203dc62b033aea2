import type { Article } from '../model/article.ts';
import { canonicalJson } from '../model/canonical-json.ts';
import type { Content } from '../model/content.ts';
import type { Finding } from '../model/finding.ts';
import { findingsOf, inOrder, markdownFindings } from './check.ts';
import { factsOf, type KnownLinks } from './facts.ts';
import { rules } from './rules.ts';
import type { Sources } from './sources.ts';

/**
 * A check of everything in steps: it stops after each, so that whoever runs it can let others run, or
 * leave it for a newer one. Returns what `check` returns.
 */
export type StepwiseCheck = (
  content: Content,
  today: string,
  sources: Sources,
) => Generator<undefined, Finding[]>;

const itemRules = rules.filter(({ looksAt }) => looksAt === 'item');
const otherRules = rules.filter(({ looksAt }) => looksAt !== 'item');

/** Articles that are looked at in one step. */
const articlesAtOnce = 20;

/** What findings about single articles rest on beside the article. */
interface Ground {
  today: string;
  config: string;
  includes: Content['includes'];
  /** Files that could not be read: whether an article lacks a translation, or has one nobody can read. */
  unreadable: ReadonlySet<string>;
}

/**
 * A check that remembers what it found about each article: the next one looks again only at those
 * that are others, and at what articles have to do with each other.
 */
export function rememberingCheck(): StepwiseCheck {
  let ground: Ground | null = null;
  let found = new WeakMap<Article, readonly Finding[]>();
  let links: KnownLinks = new WeakMap();

  return function* checkInSteps(content, today, sources) {
    const now = groundOf(content, today);
    if (ground === null || !isSame(ground, now)) {
      found = new WeakMap();
      links = new WeakMap();
    }
    const [own, known] = [found, links];
    for (const article of articlesOf(changedFiles(ground, now), content)) own.delete(article);
    ground = now;
    let looked = 0;
    for (const article of content.articles) {
      if (own.has(article)) continue;
      own.set(article, findingsAbout(article, content, { today, sources, known }));
      looked += 1;
      if (looked % articlesAtOnce === 0) yield;
    }
    const facts = factsOf(content, today, sources, known);
    yield;
    const withoutArticles = factsOf({ ...content, articles: [] }, today, sources, known);
    const findings = [
      ...content.problems,
      ...itemRules.flatMap((rule) => findingsOf(rule, withoutArticles)),
      ...content.articles.flatMap((article) => own.get(article) ?? []),
    ];
    for (const rule of otherRules) {
      yield;
      findings.push(...findingsOf(rule, facts));
    }
    yield;
    return inOrder(findings);
  };
}

/**
 * What `check` would find about one article and its includes, when asked about it alone.
 * @param near The content with no more articles than this one is compared with.
 * @param everyone All articles: a broken link may have meant any of them.
 * @returns findings of the article and of what it was compared with
 */
export function checkAround(
  article: Article,
  { near, everyone }: { near: Content; everyone: readonly Article[] },
  today: string,
  sources: Sources,
): Finding[] {
  const known: KnownLinks = new WeakMap();
  const facts = {
    ...factsOf(near, today, sources, known),
    content: { ...near, articles: everyone },
  };
  return inOrder([
    ...near.problems,
    ...findingsAbout(article, near, { today, sources, known }),
    ...otherRules.flatMap((rule) => findingsOf(rule, facts)),
  ]);
}

function findingsAbout(
  article: Article,
  content: Content,
  { today, sources, known }: { today: string; sources: Sources; known: KnownLinks },
): Finding[] {
  const alone = { ...content, articles: [article], collections: [] };
  const facts = factsOf(alone, today, sources, known);
  return [...markdownFindings(facts), ...itemRules.flatMap((rule) => findingsOf(rule, facts))];
}

function groundOf({ config, includes, unreadable }: Content, today: string): Ground {
  return {
    today,
    config: canonicalJson(config),
    includes,
    unreadable: new Set(unreadable.map(({ file }) => file)),
  };
}

/** Files that could not be read and now can, and the other way round. */
function changedFiles(before: Ground | null, { unreadable }: Ground): ReadonlySet<string> {
  const earlier = before?.unreadable ?? new Set();
  return new Set([
    ...[...unreadable].filter((file) => !earlier.has(file)),
    ...[...earlier].filter((file) => !unreadable.has(file)),
  ]);
}

/** The articles that have one of these files, or would have it. */
function articlesOf(files: ReadonlySet<string>, { articles, config }: Content): Article[] {
  if (files.size === 0) return [];
  return articles.filter(({ path }) =>
    config.locales.some((locale) => files.has(`${path}.${locale}.md`)),
  );
}

function isSame(a: Ground, b: Ground): boolean {
  return (
    a.today === b.today &&
    a.config === b.config &&
    a.includes.length === b.includes.length &&
    a.includes.every((include, index) => include === b.includes[index])
  );
}
