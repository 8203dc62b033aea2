import type {
  ArticleContent,
  ArticleVersion,
  StagedDraft,
  StoredArticle,
} from '../state/entities.ts';
import { ApiError, notFound } from './api-error.ts';
import { type ContentChange, readArticleChange } from './article-change.ts';
import { articleOnWire, mainContent } from './article-wire.ts';
import { commitArticle, versionOf } from './article-write.ts';
import { articleOf } from './articles.ts';
import { type BodyWriter, createBodyWriter } from './body-writer.ts';
import { type ApiAnswer, type ApiCall, type ApiRoute, ok } from './route.ts';

/** Unpublished changes on top of published articles. */
export const articleDraftRoutes: readonly ApiRoute[] = [
  { method: 'GET', path: '/articles/{id}/draft', answer: retrieveDraft },
  { method: 'PUT', path: '/articles/{id}/draft', answer: stageDraft },
  { method: 'POST', path: '/articles/{id}/draft/publish', answer: publishDraft },
];

const refused = (code: string, message: string): ApiError => new ApiError(422, code, message);

function retrieveDraft(call: ApiCall): ApiAnswer {
  const article = articleOf(call.workspace, call.params.id);
  if (!Object.values(article.contents).some(({ draft }) => draft !== null))
    throw notFound('Object not found');
  return shown(call, article);
}

function shown({ workspace, version }: ApiCall, article: StoredArticle): ApiAnswer {
  return ok(articleOnWire(workspace, article, { version, ofDraft: true }));
}

function stageDraft(call: ApiCall): ApiAnswer {
  const { workspace } = call;
  const article = articleOf(workspace, call.params.id);
  return shown(call, stageChanges(call, article));
}

/**
 * Stages the texts of a request; everything else in it is left alone.
 * @throws ApiError 422 for a locale that is not published.
 */
export function stageChanges(call: ApiCall, article: StoredArticle): StoredArticle {
  const { workspace } = call;
  const writer = createBodyWriter(workspace);
  assertPublished(mainContent(workspace, article).content);
  const staged = [...readArticleChange(call).contents]
    .filter(([, change]) => hasText(change))
    .map(([locale, change]): [string, ArticleContent] => [
      locale,
      stagedContent(call, writer, article, locale, change),
    ]);
  const after = { ...article, contents: { ...article.contents, ...Object.fromEntries(staged) } };
  commitArticle(workspace, after, [], writer);
  return after;
}

function hasText({ title, description, body }: ContentChange): boolean {
  return title !== undefined || description !== undefined || body !== undefined;
}

function stagedContent(
  { workspace, actor }: ApiCall,
  writer: BodyWriter,
  article: StoredArticle,
  locale: string,
  change: ContentChange,
): ArticleContent {
  const content = assertPublished(article.contents[locale]);
  const base = content.draft ?? content;
  const known = content.generatedHeadingIds;
  const saved =
    change.body === undefined ? null : writer.save(change.body, `${article.id}|${locale}`, known);
  const draft: StagedDraft = {
    title: change.title ?? base.title,
    description: change.description ?? base.description,
    body: saved?.html ?? base.body,
    updatedAt: workspace.now(),
  };
  return {
    ...content,
    draft,
    updatedById: actor.id,
    generatedHeadingIds: [...known, ...(saved?.generatedHeadingIds ?? [])],
  };
}

function assertPublished(content: ArticleContent | undefined): ArticleContent {
  if (content?.state !== 'published') {
    throw refused('parameter_invalid', 'Article must be published before a draft can be staged');
  }
  return content;
}

function publishDraft(call: ApiCall): ApiAnswer {
  const { workspace, version } = call;
  const article = articleOf(workspace, call.params.id);
  const locales = draftedLocales(call, article);
  return ok(articleOnWire(workspace, publishLocales(call, article, locales), { version }));
}

function draftedLocales({ workspace, body }: ApiCall, article: StoredArticle): readonly string[] {
  const drafted = Object.keys(article.contents).filter(
    (locale) => article.contents[locale]?.draft !== null,
  );
  if (drafted.length === 0) throw refused('parameter_invalid', 'Article has no draft to publish');
  if (!workspace.isMultilingual) return drafted;
  const { locales } = body;
  if (!Array.isArray(locales) || locales.length === 0) {
    throw refused(
      'parameter_not_found',
      'locales must be specified to publish a draft on a multilingual workspace',
    );
  }
  const idle = locales.map(String).filter((locale) => !drafted.includes(locale));
  if (idle.length > 0) {
    const names = idle.join(', ');
    throw refused(
      'parameter_invalid',
      `Cannot publish a draft for locale(s) without pending changes: ${names}`,
    );
  }
  return locales.map(String);
}

/** Makes the unpublished changes of some locales what everybody sees. */
export function publishLocales(
  { workspace, actor, via }: ApiCall,
  article: StoredArticle,
  locales: readonly string[],
): StoredArticle {
  const now = workspace.now();
  const versions: ArticleVersion[] = [];
  const published = locales.flatMap((locale): [string, ArticleContent][] => {
    const content = article.contents[locale];
    if (content === undefined || content.draft === null) return [];
    const { title, description, body } = content.draft;
    const live = {
      ...content,
      title,
      description,
      body,
      draft: null,
      updatedAt: now,
      updatedById: actor.id,
    };
    const version = versionOf(workspace, article.id, locale, live, { actorId: actor.id, via });
    versions.push(version);
    return [[locale, { ...live, versionId: version.id }]];
  });
  const after = {
    ...article,
    updatedAt: now,
    contents: { ...article.contents, ...Object.fromEntries(published) },
  };
  commitArticle(workspace, after, versions);
  return after;
}
