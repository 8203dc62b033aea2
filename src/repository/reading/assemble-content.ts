import { resolve } from 'node:path';
import { parseMarkdown } from '../../markdown/index.ts';
import type { Article } from '../../model/article.ts';
import type { Config } from '../../model/config.ts';
import type { Content, Include } from '../../model/content.ts';
import type { Finding } from '../../model/finding.ts';
import { isLocale, type Locale } from '../../model/locale.ts';
import { type ArticleFile, articleFile } from './article-file.ts';
import { type ArticleGroup, groupArticles, type ProblemIn } from './article-group.ts';
import type { AssetIndex } from './asset-index.ts';
import { buildArticle, type ContextOf } from './build-article.ts';
import { buildCollections } from './build-collections.ts';
import { type CollectionFile, readCollectionFile } from './collection-files.ts';
import { folderOf, intendedName, localisedName, type PathKind, pathKind } from './content-path.ts';
import { identifyArticles } from './identify-articles.ts';
import { readIncludes } from './include-files.ts';
import { localeProblem } from './locale-problem.ts';
import { findingIn, problem, sortedFindings } from './problem.ts';
import type { ConfigRead } from './read-config.ts';
import type { TextFile } from './read-text.ts';
import { type IncludeSource, textContexts } from './text-context.ts';
import { unreadableFiles } from './unreadable-files.ts';
import type { TreeFile, WalkedTree } from './walk-tree.ts';

/** A text file of the tree with what stands in it. */
export interface ReadFile {
  path: string;
  content: TextFile;
}

/** Everything that was read of a content folder. */
export interface ContentParts {
  root: string;
  configRead: ConfigRead;
  tree: WalkedTree;
  /** Articles, collections and includes, in the order of the tree. */
  texts: readonly ReadFile[];
  assets: AssetIndex;
  /** Which articles are built; null: all. */
  only: readonly string[] | null;
}

/**
 * How single pieces are made of what was read. Whoever reads a folder again and again hands in makers
 * that remember what has not changed.
 */
export interface Makers {
  articleFile(path: string, locale: Locale, content: TextFile): ArticleFile;
  collectionFile(path: string, content: TextFile): CollectionFile;
  article(
    group: ArticleGroup & { id: string },
    parts: { config: Config; collectionId: string | null; contextOf: ContextOf },
  ): Article;
  include(source: IncludeSource, contextOf: ContextOf): Include;
  /** Awaited between articles: a moment for others, where somebody waits. */
  breathe(): Promise<void> | null;
}

export const plainMakers: Makers = {
  articleFile,
  collectionFile: readCollectionFile,
  article: buildArticle,
  include: buildInclude,
  breathe: () => null,
};

/** The content, and what its articles were built with. */
export interface Assembled {
  content: Content;
  groups: readonly ArticleGroup[];
  contextOf: ContextOf;
}

/** Makes the content of what was read: identity first, then every text as readers get it. */
export async function assembleContent(parts: ContentParts, makers: Makers): Promise<Assembled> {
  const { root, tree, texts, assets, only } = parts;
  const { config: configured, problems: configProblems, localesKnown } = parts.configRead;
  const config = localesKnown ? configured : withLocalesOf(tree, configured);
  const ofKind = (kind: PathKind) => texts.filter(({ path }) => pathKind(path) === kind);

  const misnamed = tree.files.filter(({ path }) => intendedName(path) !== null);
  const named = await namedArticles(ofKind('article'), config, makers);
  const groups = groupArticles(named.files, config.defaultLocale);
  const includes = readIncludes(ofKind('include'), config);
  const articleFiles = new Map(
    groups.flatMap(({ id, files }) =>
      id === null ? [] : files.map(({ path, locale }) => [path, { id, locale }] as const),
    ),
  );
  const contextOf = textContexts({
    config,
    links: { articleFiles, assets },
    includes: includes.includes,
  });
  const collections = buildCollections(
    ofKind('collection')
      .filter(({ path }) => path.includes('/'))
      .map(({ path, content }) => makers.collectionFile(path, content)),
    config,
    (locale) => contextOf({ file: '', articleId: null, locale, firstLine: 1 }),
  );
  const collectionIds = new Map(collections.collections.map(({ path, id }) => [path, id]));
  const identified = identifyArticles(groups, collectionIds);
  const articles: Article[] = [];
  for (const group of identified.articles) {
    if (!isAsked(group, only)) continue;
    const collectionId = collectionIds.get(folderOf(group.path)) ?? null;
    articles.push(makers.article(group, { config, collectionId, contextOf }));
    const breath = makers.breathe();
    if (breath !== null) await breath;
  }
  const builtIncludes = includes.includes.map((source) => makers.include(source, contextOf));

  const problems: Finding[] = [
    ...configProblems,
    ...tree.skipped.map(({ path, problem: it }) => findingIn(path, it)),
    ...assets.problems(),
    ...[
      ...groups.flatMap(({ files }) => files.flatMap(problemsOf)),
      ...named.problems,
      ...misnamed.map(misnamedProblem),
      ...topCollection(ofKind('collection')),
      ...includes.problems,
      ...collections.problems,
      ...identified.problems,
    ].map(({ file, problem: it }) => findingIn(file, it)),
  ];
  const content: Content = {
    root: resolve(root),
    config,
    articles,
    collections: [...collections.collections],
    includes: builtIncludes,
    assets: assets.byHash(),
    problems: sortedFindings(problems),
    unreadable: unreadableFiles({
      localesKnown,
      tree,
      groups,
      named: named.unreadable,
      misnamed: misnamed.map(({ path }) => path),
      includes: includes.unreadable,
      collections: collections.unreadable,
      articles: identified.unreadable,
    }),
  };
  return { content, groups, contextOf };
}

/** An include as if the article were this include: its own addresses are relative to its own file. */
function buildInclude({ name, locale, file, body }: IncludeSource, contextOf: ContextOf): Include {
  const context = contextOf({ file, articleId: null, locale, firstLine: 1 });
  return { name, locale, file, body: parseMarkdown(body, context).tree };
}

/** Where kb.yaml does not tell the locales, each one that occurs counts, so that not every file is a problem. */
function withLocalesOf(tree: WalkedTree, config: Config): Config {
  const found = tree.files.flatMap(({ path }) => {
    const kind = pathKind(path);
    if (kind !== 'article' && kind !== 'include') return [];
    const { base, ...name } = localisedName(path);
    return name.kind === 'localised' ? [name.locale] : [];
  });
  const locales = new Set<Locale>([...config.locales, ...found.filter(isLocale).sort()]);
  return { ...config, locales: [...locales] };
}

/** Article files by the locale in their name; the others are problems. */
async function namedArticles(texts: readonly ReadFile[], config: Config, makers: Makers) {
  const files: ArticleFile[] = [];
  const problems: ProblemIn[] = [];
  /** Files outside every locale, with the article path they would belong to. */
  const unreadable: { path: string; base: string; isArticle: boolean }[] = [];
  for (const { path, content } of texts) {
    const name = localisedName(path);
    const wrong = localeProblem(name, config.locales);
    if (name.kind === 'localised' && wrong === null) {
      files.push(makers.articleFile(path, name.locale, content));
      const breath = makers.breathe();
      if (breath !== null) await breath;
      continue;
    }
    // A README is no article; a file with front matter is one whose name got lost.
    const isArticle = 'problem' in content || /^\uFEFF?---\s/.test(content.text);
    unreadable.push({ path, base: name.base, isArticle });
    if (wrong === null) continue;
    const isReadme = name.kind === 'no-locale' && !isArticle;
    problems.push({ file: path, problem: isReadme ? { ...wrong, severity: 'warn' } : wrong });
    if ('problem' in content) problems.push({ file: path, problem: content.problem });
  }
  return { files, problems, unreadable };
}

function problemsOf(file: ArticleFile): ProblemIn[] {
  return file.problems.map((it) => ({ file: file.path, problem: it }));
}

function misnamedProblem({ path }: TreeFile): ProblemIn {
  const intended = intendedName(path) ?? '';
  return {
    file: path,
    problem: problem('path', `the name is not read; the format calls it ${intended}`, {
      hint: `Rename it to ${intended}.`,
    }),
  };
}

function topCollection(texts: readonly ReadFile[]): ProblemIn[] {
  return texts
    .filter(({ path }) => !path.includes('/'))
    .map(({ path }) => ({
      file: path,
      problem: problem('path', 'the content folder itself is no collection', {
        hint: 'Move the file into the folder it describes.',
      }),
    }));
}

function isAsked({ id, path, files }: ArticleGroup, only: readonly string[] | null): boolean {
  if (only === null) return true;
  return only.some((item) => {
    const wanted = item.normalize().replace(/\/+$/, '');
    return (
      wanted === id ||
      wanted === path ||
      path.startsWith(`${wanted}/`) ||
      files.some((file) => file.path === wanted)
    );
  });
}
