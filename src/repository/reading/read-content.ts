import { resolve } from 'node:path';
import { parseMarkdown } from '../../markdown/index.ts';
import type { Article } from '../../model/article.ts';
import type { Config } from '../../model/config.ts';
import type { Content, Include } from '../../model/content.ts';
import type { Finding } from '../../model/finding.ts';
import { isLocale, type Locale } from '../../model/locale.ts';
import { type ArticleFile, articleFile } from './article-file.ts';
import { type ArticleGroup, groupArticles, type ProblemIn } from './article-group.ts';
import { indexAssets } from './asset-index.ts';
import { boundedMap } from './bounded-map.ts';
import { buildArticle } from './build-article.ts';
import { buildCollections } from './build-collections.ts';
import { readCollectionFile } from './collection-files.ts';
import { folderOf, intendedName, localisedName, type PathKind, pathKind } from './content-path.ts';
import { identifyArticles } from './identify-articles.ts';
import { readIncludes } from './include-files.ts';
import { localeProblem } from './locale-problem.ts';
import { findingIn, problem, sortedFindings } from './problem.ts';
import { readConfig } from './read-config.ts';
import { readText, type TextFile } from './read-text.ts';
import { textContexts } from './text-context.ts';
import { unreadableFiles } from './unreadable-files.ts';
import { type TreeFile, type WalkedTree, walkTree } from './walk-tree.ts';

export interface ReadOptions {
  /**
   * Ids, article paths, files or folders: only these articles are read whole, the others are known
   * as link targets only. For views of single articles; a plan needs everything.
   */
  only?: readonly string[];
}

const filesAtOnce = 32;

/**
 * Reads the whole content tree. What cannot be read is a finding in `problems`, with its place, and
 * stops nothing else.
 *
 * @throws KbError `no-content` where there is no content folder or no kb.yaml
 */
export async function readContent(root: string, options: ReadOptions = {}): Promise<Content> {
  const { config: configured, problems: configProblems, localesKnown } = await readConfig(root);
  const tree = await walkTree(root);
  const config = localesKnown ? configured : withLocalesOf(tree, configured);
  const [texts, assets] = await Promise.all([readTexts(tree.files), indexAssets(tree.files)]);
  const ofKind = (kind: PathKind) => texts.filter(({ path }) => pathKind(path) === kind);

  const misnamed = tree.files.filter(({ path }) => intendedName(path) !== null);
  const named = namedArticles(ofKind('article'), config);
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
      .map(({ path, content }) => readCollectionFile(path, content)),
    config,
    (locale) => contextOf({ file: '', articleId: null, locale, firstLine: 1 }),
  );
  const collectionIds = new Map(collections.collections.map(({ path, id }) => [path, id]));
  const identified = identifyArticles(groups, collectionIds);
  const articles = identified.articles
    .filter((group) => isAsked(group, options.only))
    .map((group): Article => {
      const collectionId = collectionIds.get(folderOf(group.path)) ?? null;
      return buildArticle(group, { config, collectionId, contextOf });
    });
  const builtIncludes = includes.includes.map(({ name, locale, file, body }): Include => {
    const context = contextOf({ file, articleId: null, locale, firstLine: 1 });
    // As if the article were this include: its own addresses are relative to its own file.
    return { name, locale, file, body: parseMarkdown(body, context).tree };
  });

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
  return {
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
}

interface ReadFile {
  path: string;
  content: TextFile;
}

function readTexts(files: readonly TreeFile[]): Promise<ReadFile[]> {
  const texts = files.filter(({ path }) =>
    ['article', 'collection', 'include'].includes(pathKind(path)),
  );
  return boundedMap(texts, filesAtOnce, async (file) => ({
    path: file.path,
    content: await readText(file),
  }));
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
function namedArticles(texts: readonly ReadFile[], config: Config) {
  const files: ArticleFile[] = [];
  const problems: ProblemIn[] = [];
  /** Files outside every locale, with the article path they would belong to. */
  const unreadable: { path: string; base: string; isArticle: boolean }[] = [];
  for (const { path, content } of texts) {
    const name = localisedName(path);
    const wrong = localeProblem(name, config.locales);
    if (name.kind === 'localised' && wrong === null) {
      files.push(articleFile(path, name.locale, content));
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

function isAsked({ id, path, files }: ArticleGroup, only: readonly string[] | undefined): boolean {
  if (only === undefined) return true;
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
