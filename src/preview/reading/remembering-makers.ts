import { parseMarkdown } from '../../markdown/index.ts';
import type { Article } from '../../model/article.ts';
import { canonicalJson } from '../../model/canonical-json.ts';
import type { Config } from '../../model/config.ts';
import type { Include } from '../../model/content.ts';
import { type ArticleFile, articleFile } from '../../repository/reading/article-file.ts';
import type { ArticleGroup } from '../../repository/reading/article-group.ts';
import type { Makers } from '../../repository/reading/assemble-content.ts';
import { buildArticle, type ContextOf } from '../../repository/reading/build-article.ts';
import {
  type CollectionFile,
  readCollectionFile,
} from '../../repository/reading/collection-files.ts';
import type { TextFile } from '../../repository/reading/read-text.ts';
import type { IncludeSource } from '../../repository/reading/text-context.ts';
import type { Breath } from './breath.ts';
import { type Answers, stillAnswers, tracedContext } from './traced-context.ts';

type Text = Parameters<ContextOf>[0];
type Group = ArticleGroup & { id: string };
type Parts = Parameters<Makers['article']>[1];

interface BuiltArticle {
  group: Group;
  collectionId: string | null;
  config: string;
  asked: readonly { text: Text; answers: Answers }[];
  article: Article;
}

interface BuiltInclude {
  source: IncludeSource;
  answers: Answers;
  include: Include;
}

/** What makers need to know before a reading, and forget after it. */
export interface RememberingMakers extends Makers {
  /**
   * Begins a reading. With `settled` nothing but single texts has changed, so that what they ask of
   * their surroundings is answered as before.
   */
  begin(reading: { settled: boolean }): void;
  /** Ends it: what this reading did not need is forgotten. */
  end(): void;
}

/** Makers that make only what changed: a text again when its file, or an answer it built on, did. */
export function rememberingMakers(breath: Breath): RememberingMakers {
  const files = new Map<string, { content: TextFile; made: ArticleFile }>();
  const collections = new Map<string, { content: TextFile; made: CollectionFile }>();
  const articles = new Map<string, BuiltArticle>();
  const includes = new Map<string, BuiltInclude>();
  const used = new Set<object>();
  let settled = false;
  let configs: { config: Config; text: string } | null = null;

  function configText(config: Config): string {
    if (configs?.config !== config) configs = { config, text: canonicalJson(config) };
    return configs.text;
  }

  function article(group: Group, parts: Parts): Article {
    const known = articles.get(group.path);
    if (known !== undefined && isSame(known, group, parts)) {
      used.add(known);
      return known.article;
    }
    const built = buildTraced(group, parts, configText(parts.config));
    articles.set(group.path, built);
    used.add(built);
    return built.article;
  }

  function isSame(known: BuiltArticle, group: Group, parts: Parts): boolean {
    return (
      known.group.id === group.id &&
      known.group.source === group.source &&
      known.collectionId === parts.collectionId &&
      known.group.files.length === group.files.length &&
      known.group.files.every((file, index) => file === group.files[index]) &&
      known.config === configText(parts.config) &&
      (settled ||
        known.asked.every(({ text, answers }) => stillAnswers(answers, parts.contextOf(text))))
    );
  }

  function include(source: IncludeSource, contextOf: ContextOf): Include {
    const text = { file: source.file, articleId: null, locale: source.locale, firstLine: 1 };
    const known = includes.get(source.file);
    if (
      known !== undefined &&
      known.source.body === source.body &&
      known.source.name === source.name &&
      (settled || stillAnswers(known.answers, contextOf(text)))
    ) {
      used.add(known);
      return known.include;
    }
    const { name, locale, file, body } = source;
    const traced = tracedContext(contextOf(text));
    const { tree } = parseMarkdown(body, traced.context);
    const built = {
      source,
      answers: traced.answers,
      include: { name, locale, file, body: tree },
    };
    includes.set(file, built);
    used.add(built);
    return built.include;
  }

  return {
    articleFile: (path, locale, content) =>
      remembered(files, used, path, content, () => articleFile(path, locale, content)),
    collectionFile: (path, content) =>
      remembered(collections, used, path, content, () => readCollectionFile(path, content)),
    article,
    include,
    breathe: breath,
    begin: (reading) => {
      settled = reading.settled;
      used.clear();
    },
    end: () => {
      for (const memory of [files, collections, articles, includes]) forget(memory, used);
      used.clear();
    },
  };
}

function buildTraced(group: Group, parts: Parts, config: string): BuiltArticle {
  const asked: { text: Text; answers: Answers }[] = [];
  const contextOf: ContextOf = (text) => {
    const traced = tracedContext(parts.contextOf(text));
    asked.push({ text, answers: traced.answers });
    return traced.context;
  };
  const article = buildArticle(group, { ...parts, contextOf });
  return { group, collectionId: parts.collectionId, config, asked, article };
}

function remembered<Made>(
  memory: Map<string, { content: TextFile; made: Made }>,
  used: Set<object>,
  path: string,
  content: TextFile,
  make: () => Made,
): Made {
  const known = memory.get(path);
  if (known !== undefined && known.content === content) {
    used.add(known);
    return known.made;
  }
  const fresh = { content, made: make() };
  memory.set(path, fresh);
  used.add(fresh);
  return fresh.made;
}

function forget(memory: Map<string, object>, used: ReadonlySet<object>): void {
  for (const [key, entry] of memory) if (!used.has(entry)) memory.delete(key);
}
