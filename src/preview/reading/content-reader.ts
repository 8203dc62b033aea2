import { join } from 'node:path';
import { parseMarkdown } from '../../markdown/index.ts';
import type { Asset } from '../../model/article.ts';
import type { Content } from '../../model/content.ts';
import type { Locale } from '../../model/locale.ts';
import type { Tree } from '../../model/tree.ts';
import { allInlines } from '../../model/tree-text.ts';
import { articleFile } from '../../repository/reading/article-file.ts';
import {
  type ArticleGroup,
  groupArticles,
  identityProblems,
} from '../../repository/reading/article-group.ts';
import { type Assembled, assembleContent } from '../../repository/reading/assemble-content.ts';
import { type ContextOf, readText as readLine } from '../../repository/reading/build-article.ts';
import { configFile, pathKind } from '../../repository/reading/content-path.ts';
import { type ConfigRead, readConfig } from '../../repository/reading/read-config.ts';
import { readText, type TextFile } from '../../repository/reading/read-text.ts';
import { breathing } from './breath.ts';
import { createFileStore, type FileStore, type FolderChange } from './file-store.ts';
import { type RememberingMakers, rememberingMakers } from './remembering-makers.ts';

/** A reading of the content, and the texts it was made of. */
export interface Reading {
  content: Content;
  /** A file's text as it was read; undefined where it has none. */
  source(file: string): string | undefined;
  /** Another version of an article's file, read with the surroundings of today; null where it is no article. */
  parse(file: string, text: string, article: { id: string; locale: Locale }): PastVersion | null;
}

/** What another version of a text says. */
export interface PastVersion {
  title: string;
  description: string;
  body: Tree;
}

/** Reads one content folder again and again, and makes only what changed. */
export interface ContentReader {
  /**
   * The content as `readContent` would read it now.
   * @throws KbError `no-content` where there is no content folder or no kb.yaml; what was read before stays
   */
  read(change: FolderChange | 'everything'): Promise<Reading>;
  /** Content paths of a real file. */
  pathsOf(absolute: string): readonly string[];
}

/** A reader for a content folder; nothing is read yet. */
export function createContentReader(root: string): ContentReader {
  const store = createFileStore(root);
  const makers = rememberingMakers(breathing());
  let last: { assembled: Assembled; configRead: ConfigRead } | null = null;
  let missedChanges = false;
  let configText: TextFile | null = null;

  async function read(change: FolderChange | 'everything'): Promise<Reading> {
    if (
      last === null ||
      missedChanges ||
      change === 'everything' ||
      change.walk ||
      change.paths.has(configFile)
    ) {
      return readWhole(change === 'everything' ? walkAll(store) : change);
    }
    const changed = await store.refresh(change);
    const { assembled, configRead } = last;
    const patched = patchedContent(assembled, changed, { store, makers });
    if (patched === null) return assemble(configRead);
    if (patched.content === assembled.content) return readingOf(assembled);
    last = { assembled: patched, configRead };
    return readingOf(patched);
  }

  async function readWhole(change: FolderChange): Promise<Reading> {
    let configRead: ConfigRead;
    try {
      configRead = await readConfig(root);
    } catch (error) {
      // What happens until kb.yaml is back is not looked at: then everything must be.
      missedChanges = true;
      throw error;
    }
    configText = await readText({ path: configFile, absolute: join(root, configFile), bytes: 0 });
    await store.refresh(missedChanges ? walkAll(store) : { ...change, walk: true });
    missedChanges = false;
    return assemble(configRead);
  }

  async function assemble(configRead: ConfigRead): Promise<Reading> {
    makers.begin({ settled: false });
    const texts = [...store.texts].map(([path, content]) => ({ path, content }));
    const { tree, assets } = store;
    const parts = { root, configRead, tree, texts, assets, only: null };
    const assembled = withUsedAssets(await assembleContent(parts, makers), store);
    makers.end();
    last = { assembled, configRead };
    return readingOf(assembled);
  }

  function readingOf({ content, contextOf }: Assembled): Reading {
    const { texts } = store;
    return {
      content,
      source: (file) => textIn(file === configFile ? configText : texts.get(file)),
      parse: (file, text, article) => pastVersion({ file, text, article }, contextOf),
    };
  }

  return { read, pathsOf: store.pathsOf };
}

function textIn(file: TextFile | null | undefined): string | undefined {
  return file !== null && file !== undefined && 'text' in file ? file.text : undefined;
}

function pastVersion(
  version: { file: string; text: string; article: { id: string; locale: Locale } },
  contextOf: ContextOf,
): PastVersion | null {
  const { file, text, article } = version;
  const { parsed } = articleFile(file, article.locale, { text });
  if (parsed === null) return null;
  const { locale } = article;
  const context = contextOf({ file, articleId: article.id, locale, firstLine: parsed.bodyLine });
  const line = (written: string | undefined, place: Parameters<typeof readLine>[1]) =>
    readLine(written ?? '', place, context).text;
  return {
    title: line(parsed.frontMatter.title, parsed.titlePlace),
    description: line(parsed.frontMatter.description, parsed.descriptionPlace),
    body: parseMarkdown(parsed.body, context).tree,
  };
}

function walkAll(store: FileStore): FolderChange {
  return { paths: new Set(store.tree.files.map(({ path }) => path)), walk: true };
}

/** Above this many files reading everything anew is no slower. */
const mostPatched = 20;

/**
 * The short way for what writers do all day: texts of articles whose identity stays. Null where more
 * than that has changed.
 */
function patchedContent(
  assembled: Assembled,
  changed: ReadonlySet<string>,
  parts: { store: FileStore; makers: RememberingMakers },
): Assembled | null {
  const { store, makers } = parts;
  if (changed.size > mostPatched) return null;
  let { content, groups } = assembled;
  makers.begin({ settled: true });
  for (const path of changed) {
    if (pathKind(path) !== 'article') return null;
    const at = groups.findIndex((group) => group.files.some((file) => file.path === path));
    const group = groups[at];
    const text = store.texts.get(path);
    if (group === undefined || text === undefined) return null;
    const next = sameIdentity(group, path, makers, text, content);
    if (next === null) return null;
    const articleAt = content.articles.findIndex((article) => article.path === group.path);
    const known = content.articles[articleAt];
    if (known === undefined || known.id !== next.id) return null;
    const { collectionId } = known;
    const { contextOf } = assembled;
    const article = makers.article(next, { config: content.config, collectionId, contextOf });
    if (article === known) continue;
    groups = groups.with(at, next);
    content = { ...content, articles: content.articles.with(articleAt, article) };
  }
  if (content === assembled.content) return assembled;
  return withUsedAssets({ ...assembled, content, groups }, store);
}

/** The group with its changed file, when both are free of problems and mean the same article; else null. */
function sameIdentity(
  group: ArticleGroup,
  path: string,
  makers: RememberingMakers,
  text: Parameters<RememberingMakers['articleFile']>[2],
  content: Content,
): (ArticleGroup & { id: string }) | null {
  const before = group.files.find((file) => file.path === path);
  if (before?.parsed == null || before.problems.length > 0 || group.id === null) return null;
  const after = makers.articleFile(path, before.locale, text);
  if (after.parsed === null || after.problems.length > 0) return null;
  if (after.parsed.id !== before.parsed.id) return null;
  const files = group.files.map((file) => (file === before ? after : file));
  const [next] = groupArticles(files, content.config.defaultLocale);
  if (next === undefined || next.id === null || next.path !== group.path) return null;
  const free = (it: ArticleGroup) => identityProblems(it, new Set()).length === 0;
  if (!free(group) || !free(next)) return null;
  return { ...next, id: next.id };
}

/** Files outside assets/ are assets while a text refers to them, as for a reader that starts fresh. */
function withUsedAssets(assembled: Assembled, store: FileStore): Assembled {
  const { content } = assembled;
  if (!store.hasOthers) return assembled;
  const used = new Set([
    ...content.articles.flatMap(({ translations }) => translations.flatMap(({ assets }) => assets)),
    ...content.includes.flatMap(({ body }) => assetsIn(body)),
  ]);
  const kept = [...store.assets.byHash()].filter(
    ([hash, { path }]: [string, Asset]) => pathKind(path) === 'asset' || used.has(hash),
  );
  return { ...assembled, content: { ...content, assets: new Map(kept) } };
}

/** Hashes of the assets that a tree links to or shows. */
export function assetsIn(tree: Tree): string[] {
  return allInlines(tree).flatMap((inline) => {
    if (inline.type === 'break') return [];
    const target = inline.type === 'button' ? inline.target : inline.link;
    const source = inline.type === 'image' ? inline.source : undefined;
    return [target, source].flatMap((one) => (one?.kind === 'asset' ? [one.hash] : []));
  });
}
