import type {
  ArticleContent,
  ArticleVersion,
  Availability,
  CreatedVia,
  StagedDraft,
  StoredArticle,
} from '../state/entities.ts';
import { put } from '../state/tables.ts';
import { hasSchedule, type Workspace } from '../workspace.ts';
import { invalid, missing, notFound } from './api-error.ts';
import type { ArticleChange, ContentChange } from './article-change.ts';
import { type BodyWriter, createBodyWriter } from './body-writer.ts';
import type { ApiCall } from './route.ts';

const NO_AUTHOR = 'author_id must be in the main body or default locale translated_content object';

/** Stores a new article. @throws ApiError when something it needs is not there. */
export function createArticle(call: ApiCall, change: ArticleChange): StoredArticle {
  const { workspace } = call;
  const text = change.contents.get(workspace.settings.defaultLocale);
  if (text?.authorId === undefined) throw missing(NO_AUTHOR);
  if ((text.title ?? '').trim() === '')
    throw missing('title is required in the default locale', 'title');
  const { parentId } = change;
  if (parentId !== undefined && parentId !== null && !hasCollection(workspace, parentId)) {
    throw invalid('parent_id does not match a collection', 'parent_id');
  }
  const now = workspace.now();
  const blank: StoredArticle = {
    id: workspace.store.nextId('articles'),
    createdAt: now,
    updatedAt: now,
    parentId: null,
    contents: {},
    tags: [],
    scheduledPublishAt: null,
    scheduledUnpublishAt: null,
    helpCenterAudience: 'everyone',
    excludedFromSuggestions: false,
    finInvolvements: 0,
    finResolutions: 0,
  };
  return storeChange(call, blank, change);
}

/** Stores an update. @throws ApiError when something it points at is not there. */
export function updateArticle(
  call: ApiCall,
  article: StoredArticle,
  change: ArticleChange,
): StoredArticle {
  const { parentId } = change;
  if (parentId !== undefined && parentId !== null && !hasCollection(call.workspace, parentId)) {
    throw notFound('Parent collection not found');
  }
  return storeChange(call, article, change);
}

function hasCollection(workspace: Workspace, id: string): boolean {
  return workspace.store.tables.collections.find(id) !== undefined;
}

function storeChange(call: ApiCall, before: StoredArticle, change: ArticleChange): StoredArticle {
  const { workspace } = call;
  const writer = createBodyWriter(workspace);
  const versions: ArticleVersion[] = [];
  const contents: Record<string, ArticleContent> = { ...before.contents };
  for (const [locale, contentChange] of change.contents) {
    const content = contentAfter(
      call,
      writer,
      { ...before, contents },
      locale,
      held(change, locale, contentChange, workspace),
    );
    if (content === undefined) continue;
    contents[locale] = withVersion(
      call,
      before.id,
      locale,
      content,
      before.contents[locale],
      versions,
    );
  }
  const { audienceIds } = change;
  const after: StoredArticle = {
    ...before,
    contents:
      audienceIds === undefined
        ? contents
        : mapContents(contents, (content) => ({ ...content, audienceIds })),
    updatedAt: workspace.now(),
    parentId: change.parentId === undefined ? before.parentId : change.parentId,
    ...scheduleAfter(workspace, before, contents, change),
    helpCenterAudience: change.helpCenterAudience ?? before.helpCenterAudience,
    finInvolvements: change.finInvolvements ?? before.finInvolvements,
  };
  commitArticle(workspace, after, versions, writer);
  return after;
}

/** Writes the article with everything that belongs to it, as one line of the journal. */
export function commitArticle(
  workspace: Workspace,
  article: StoredArticle,
  versions: readonly ArticleVersion[] = [],
  writer?: BodyWriter,
): void {
  workspace.store.commit([
    ...(writer?.ops() ?? []),
    ...versions.map((version) => put('versions', version)),
    put('articles', article),
  ]);
  if (hasSchedule(article)) workspace.scheduled.add(article.id);
  else workspace.scheduled.delete(article.id);
}

export function mapContents(
  contents: StoredArticle['contents'],
  change: (content: ArticleContent, locale: string) => ArticleContent,
): Record<string, ArticleContent> {
  return Object.fromEntries(
    Object.entries(contents).map(([locale, content]) => [locale, change(content, locale)]),
  );
}

/** With a publish scheduled, `state: published` speaks of later. */
function held(
  change: ArticleChange,
  locale: string,
  content: ContentChange,
  workspace: Workspace,
): ContentChange {
  const isScheduled =
    typeof change.publishAt === 'number' && locale === workspace.settings.defaultLocale;
  return isScheduled && content.state === 'published' ? { ...content, state: undefined } : content;
}

function scheduleAfter(
  workspace: Workspace,
  before: StoredArticle,
  contents: StoredArticle['contents'],
  { publishAt, unpublishAt }: ArticleChange,
): Pick<StoredArticle, 'scheduledPublishAt' | 'scheduledUnpublishAt'> {
  const text = contents[workspace.settings.defaultLocale];
  if (typeof unpublishAt === 'number') {
    if (text?.everPublished !== true) {
      throw invalid(
        'scheduled_unpublish_at needs an article that has been published',
        'scheduled_unpublish_at',
      );
    }
    return { scheduledPublishAt: null, scheduledUnpublishAt: unpublishAt };
  }
  if (typeof publishAt === 'number')
    return { scheduledPublishAt: publishAt, scheduledUnpublishAt: null };
  return {
    scheduledPublishAt: publishAt === null ? null : before.scheduledPublishAt,
    scheduledUnpublishAt: unpublishAt === null ? null : before.scheduledUnpublishAt,
  };
}

function contentAfter(
  call: ApiCall,
  writer: BodyWriter,
  article: StoredArticle,
  locale: string,
  change: ContentChange,
): ArticleContent | undefined {
  const before = article.contents[locale];
  if (before === undefined) return newContent(call, writer, article, locale, change);
  if (isEmpty(change)) return undefined;
  if ((change.title ?? before.title).trim() === '')
    throw invalid('title must not be blank', 'title');
  const { workspace, actor } = call;
  const place = `${article.id}|${locale}`;
  const saved =
    change.body === undefined ? null : writer.save(change.body, place, before.generatedHeadingIds);
  const settled = {
    ...before,
    authorId: change.authorId ?? authorWhenSilent(call, before),
    availability: { ...before.availability, ...change.availability },
    audienceIds: change.audienceIds ?? before.audienceIds,
    updatedAt: workspace.now(),
    updatedById: actor.id,
    generatedHeadingIds: [...before.generatedHeadingIds, ...(saved?.generatedHeadingIds ?? [])],
  };
  const text = {
    title: change.title ?? before.draft?.title ?? before.title,
    description: change.description ?? before.draft?.description ?? before.description,
    body: saved?.html ?? before.draft?.body ?? before.body,
  };
  if (joinsDraft(workspace, before, change))
    return { ...settled, draft: stagedOn(before, text, workspace.now()) };
  if (before.draft !== null && change.state === undefined) {
    return { ...settled, ...liveText(before, change, saved?.html) };
  }
  const state = change.state ?? before.state;
  return {
    ...settled,
    ...text,
    state,
    draft: null,
    everPublished: before.everPublished || state === 'published',
  };
}

function isEmpty(change: ContentChange): boolean {
  const { availability, ...others } = change;
  return (
    Object.keys(availability).length === 0 &&
    Object.values(others).every((value) => value === undefined)
  );
}

function authorWhenSilent({ workspace, actor }: ApiCall, before: ArticleContent): number {
  return workspace.profile().authorOnUpdate === 'restamped' ? actor.id : before.authorId;
}

/** An edit to a published article goes live, unless unpublished changes are pending already. */
function joinsDraft(workspace: Workspace, before: ArticleContent, change: ContentChange): boolean {
  return (
    before.draft !== null &&
    change.state === undefined &&
    workspace.profile().pendingDraft === 'swallows'
  );
}

type Text = Pick<ArticleContent, 'title' | 'description' | 'body'>;

function liveText(before: ArticleContent, change: ContentChange, body: string | undefined): Text {
  return {
    title: change.title ?? before.title,
    description: change.description ?? before.description,
    body: body ?? before.body,
  };
}

/** The text as unpublished changes; a request without text leaves those as they were. */
function stagedOn(before: ArticleContent, text: Text, now: number): StagedDraft | null {
  const staged = before.draft;
  const isSame =
    staged !== null && staged.title === text.title && staged.description === text.description;
  return isSame && staged.body === text.body ? staged : { ...text, updatedAt: now };
}

function newContent(
  call: ApiCall,
  writer: BodyWriter,
  article: StoredArticle,
  locale: string,
  change: ContentChange,
): ArticleContent | undefined {
  if (isEmpty(change)) return undefined;
  const { workspace, actor } = call;
  const { defaultLocale } = workspace.settings;
  if ((change.title ?? '').trim() === '') {
    throw missing(
      `translated_content.${locale}.title is required`,
      `translated_content.${locale}.title`,
    );
  }
  const now = workspace.now();
  const saved = writer.save(change.body ?? '', `${article.id}|${locale}`, []);
  const state = change.state ?? 'draft';
  return {
    contentId: workspace.store.nextId('contents'),
    title: change.title ?? '',
    description: change.description ?? '',
    body: saved.html,
    authorId: change.authorId ?? article.contents[defaultLocale]?.authorId ?? actor.id,
    state,
    createdAt: now,
    updatedAt: now,
    availability: { ...initialAvailability(workspace), ...change.availability },
    audienceIds: change.audienceIds ?? [],
    createdById: actor.id,
    updatedById: actor.id,
    draft: null,
    everPublished: state === 'published',
    versionId: '',
    generatedHeadingIds: saved.generatedHeadingIds,
  };
}

function initialAvailability(workspace: Workspace): Availability {
  const on = workspace.profile().availabilityDefault === 'on';
  return { chatbot: on, copilot: on, salesAgent: on };
}

function withVersion(
  { workspace, actor, via }: Pick<ApiCall, 'workspace' | 'actor' | 'via'>,
  articleId: string,
  locale: string,
  content: ArticleContent,
  before: ArticleContent | undefined,
  versions: ArticleVersion[],
): ArticleContent {
  if (before !== undefined && isSameVersion(before, content)) return content;
  const version = versionOf(workspace, articleId, locale, content, { actorId: actor.id, via });
  versions.push(version);
  return { ...content, versionId: version.id };
}

function isSameVersion(before: ArticleContent, after: ArticleContent): boolean {
  const fields = ['title', 'description', 'body', 'state', 'authorId'] as const;
  return fields.every((field) => before[field] === after[field]);
}

/** The record of a content as it stands now, made from the one before. */
export function versionOf(
  workspace: Workspace,
  articleId: string,
  locale: string,
  content: ArticleContent,
  by: { readonly actorId: number; readonly via: CreatedVia },
): ArticleVersion {
  const now = workspace.now();
  return {
    id: workspace.store.nextId('versions'),
    articleId,
    locale,
    title: content.title,
    description: content.description,
    body: content.body,
    authorId: content.authorId,
    createdById: by.actorId,
    createdVia: by.via,
    fromVersionId: content.versionId === '' ? null : content.versionId,
    createdAt: now,
    updatedAt: now,
  };
}
