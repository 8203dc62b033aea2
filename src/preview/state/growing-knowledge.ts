import { posix } from 'node:path';
import { checkAround, rememberingCheck } from '../../check/index.ts';
import type { Article, Translation } from '../../model/article.ts';
import type { Content } from '../../model/content.ts';
import type { Finding } from '../../model/finding.ts';
import type { KbError } from '../../model/kb-error.ts';
import { allInlines } from '../../model/tree-text.ts';
import { folderOf, includeFolder } from '../../repository/reading/content-path.ts';
import type { ProofOf } from '../preview-ports.ts';
import type { Breath } from '../reading/breath.ts';
import type { Reading } from '../reading/content-reader.ts';
import { type ArticleIndex, createArticleIndex } from './article-index.ts';
import { indexed, type Knowledge } from './knowledge.ts';
import { createKnownProofs } from './known-proofs.ts';
import { createUses, type Uses } from './uses.ts';

/** Knowledge that grows with readings. */
export interface GrowingKnowledge extends Knowledge {
  learn(reading: Reading): void;
  fail(trouble: KbError): void;
  /** Keeps what GitHub said of the texts of a content. */
  learnProofs(content: Content, proofOf: ProofOf): void;
  /**
   * Checks everything, in steps; what has not changed since the last time is not looked at again.
   * Returns false when a newer reading came in between: then there is no use in going on.
   */
  settle(breathe?: Breath): Promise<boolean>;
  /** How long the last whole check took, with all that came in between. */
  readonly settleMs: number;
}

const atOnce: Breath = () => Promise.resolve();

export function createKnowledge(first: Reading, today: string): GrowingKnowledge {
  let version = 1;
  let reading = first;
  let trouble: KbError | null = null;
  const checkInSteps = rememberingCheck();
  const uses = createUses();
  const proofs = createKnownProofs();
  const articles = createArticleIndex();
  let collections = indexed(first.content.collections);
  let byFile: ReadonlyMap<string, readonly Finding[]> = new Map();
  let checkedVersion = 0;
  let settleMs = 0;
  const focused = new Map<string, readonly Finding[]>();
  take(first);

  function take({ content }: Reading): void {
    const { gone, fresh } = articles.take(content.articles);
    uses.replace(gone, fresh);
  }

  function learn(next: Reading): void {
    take(next);
    if (next.content.collections !== reading.content.collections) {
      collections = indexed(next.content.collections);
    }
    reading = next;
    trouble = null;
    version += 1;
    focused.clear();
  }

  /** Pages change, the content does not: what was found stays found. */
  function showAnew(): void {
    if (checkedVersion === version) checkedVersion += 1;
    version += 1;
  }

  async function settle(breathe: Breath = atOnce): Promise<boolean> {
    const start = performance.now();
    const checked = reading;
    const steps = checkInSteps(checked.content, today, { get: checked.source });
    let step = steps.next();
    while (step.done !== true) {
      await breathe();
      if (reading !== checked) return false;
      step = steps.next();
    }
    byFile = Map.groupBy(step.value, fileOf);
    settleMs = performance.now() - start;
    checkedVersion = version;
    focused.clear();
    return true;
  }

  function findingsOf(article: Article): readonly Finding[] {
    const files = filesOf(article, reading.content);
    if (checkedVersion === version) return [...files].flatMap((file) => byFile.get(file) ?? []);
    const known = focused.get(article.id);
    if (known !== undefined) return known;
    const { content } = reading;
    const near = neighbourhood(article, content, { articles, uses });
    const compared = { near, everyone: articles.roster() };
    const around = checkAround(article, compared, today, { get: reading.source });
    const found = around.filter(({ file }) => files.has(file));
    focused.set(article.id, found);
    return found;
  }

  return {
    get version() {
      return version;
    },
    get content() {
      return reading.content;
    },
    isPartial: false,
    get trouble() {
      return trouble;
    },
    get settleMs() {
      return settleMs;
    },
    uses,
    today,
    source: (file) => reading.source(file),
    parse: (file, text, article) => reading.parse(file, text, article),
    article: articles.byId,
    articleAt: articles.byPath,
    collection: (id) => collections.byId.get(id) ?? null,
    collectionAt: (path) => collections.byPath.get(path) ?? null,
    proof: (article, text) => proofs.of(reading.content, article, text),
    findingsOf,
    findings: () => ({ byFile, isCurrent: checkedVersion === version }),
    learn,
    learnProofs(content, proofOf) {
      proofs.learn(content, proofOf);
      showAnew();
    },
    fail(error) {
      trouble = error;
      showAnew();
    },
    settle,
  };
}

function fileOf({ file }: Finding): string {
  return file;
}

/** The files that an article's findings lie in: its own, the ones it should have, its includes. */
function filesOf(article: Article, { config, includes }: Content): Set<string> {
  const used = new Set(
    article.translations.flatMap((text) => text.includes.map((name) => `${text.locale}\n${name}`)),
  );
  return new Set([
    ...article.translations.map(({ file }) => file),
    ...config.locales.map((locale) => `${article.path}.${locale}.md`),
    ...includes
      .filter(({ locale, name }) => used.has(`${locale}\n${name}`))
      .map(({ file }) => file),
  ]);
}

/**
 * The content as far as it matters to one article's findings: the article whole, and of the others
 * only what rules compare with.
 */
function neighbourhood(
  article: Article,
  content: Content,
  { articles, uses }: { articles: ArticleIndex; uses: Uses },
): Content {
  const meant = article.translations.flatMap(brokenPaths).map(articles.byPath);
  const near = new Set([
    ...[...articles.inCollection(article.collectionId)].map(({ id }) => id),
    ...article.translations.flatMap(linkedArticles),
    ...uses.saySame(article),
    ...meant.flatMap((other) => other?.id ?? []),
  ]);
  const compared = articles
    .inOrder(near)
    .map((other) => (other === article ? article : withoutBodies(other)));
  // What collections have to answer for is told in their own files.
  return { ...content, articles: compared, collections: [] };
}

function linkedArticles({ body }: Translation): string[] {
  return allInlines(body).flatMap((inline) => {
    if (inline.type === 'break') return [];
    const target = inline.type === 'button' ? inline.target : inline.link;
    return target?.kind === 'article' ? [target.id] : [];
  });
}

/** Paths of articles that stand where broken links lead: they say why a link is broken. */
function brokenPaths({ body, file }: Translation): string[] {
  return allInlines(body).flatMap((inline) => {
    if (inline.type === 'break') return [];
    const target = inline.type === 'button' ? inline.target : inline.link;
    if (target?.kind !== 'broken') return [];
    const written = target.href.replace(/[?#].*$/s, '').replace(/\.[^./]+\.md$/, '');
    return [folderOf(file), includeFolder].map((folder) => posix.join(folder, written));
  });
}

const bare = new WeakMap<Article, Article>();

function withoutBodies(article: Article): Article {
  const known = bare.get(article);
  if (known !== undefined) return known;
  const made: Article = {
    ...article,
    translations: article.translations.map((text) => ({
      ...text,
      body: [],
      references: [],
      problems: [],
    })),
  };
  bare.set(article, made);
  return made;
}
