import type { ApiVersion } from '../sandbox-options.ts';
import type { ArticleContent, StoredArticle } from '../state/entities.ts';
import type { Workspace } from '../workspace.ts';
import { helpCenterUrl, slugOf } from './help-centers.ts';
import { appliedTags } from './tags.ts';

/** Articles as answers show them. */

export interface ArticleView {
  readonly version: ApiVersion;
  /** Only the answer of one article carries its statistics. */
  readonly withStatistics?: boolean;
  /** Show the unpublished changes in place of the live text. */
  readonly ofDraft?: boolean;
}

export function articleUrl(
  workspace: Workspace,
  article: Pick<StoredArticle, 'id'>,
  content: Pick<ArticleContent, 'title'>,
  locale: string,
): string {
  const slug = slugOf(content.title);
  return `${helpCenterUrl(workspace)}/${locale}/articles/${article.id}${slug === '' ? '' : `-${slug}`}`;
}

export function articleOnWire(
  workspace: Workspace,
  article: StoredArticle,
  view: ArticleView,
): unknown {
  const { workspaceId } = workspace.settings;
  const { locale, content } = mainContent(workspace, article);
  return {
    type: 'article',
    id: article.id,
    workspace_id: workspaceId,
    parent_ids: article.parentId === null ? [] : [Number(article.parentId)],
    ...olderParent(article, view),
    tags: appliedTags(workspace, article.tags),
    ...contentFields(workspace, article, content, locale, view),
    created_at: article.createdAt,
    updated_at: article.updatedAt,
    exclude_from_article_suggestions: article.excludedFromSuggestions,
    help_center_audience: article.helpCenterAudience,
    scheduled_publish_at: article.scheduledPublishAt,
    scheduled_unpublish_at: article.scheduledUnpublishAt,
    ...(workspace.isMultilingual
      ? translations(workspace, article, view)
      : audienceField(content, view)),
    ...(view.withStatistics === true ? { statistics: statistics(article) } : {}),
  };
}

/**
 * The text an article's top level shows: the default locale's. Where the default locale was changed
 * to one that this article does not have, the first it has stands in; what the service shows then is
 * not documented.
 */
export function mainContent(
  workspace: Workspace,
  { id, contents }: StoredArticle,
): { readonly locale: string; readonly content: ArticleContent } {
  const { defaultLocale } = workspace.settings;
  const [other] = Object.entries(contents);
  const content = contents[defaultLocale];
  if (content !== undefined) return { locale: defaultLocale, content };
  if (other === undefined) throw new Error(`article ${id} has no text`);
  return { locale: other[0], content: other[1] };
}

/** 2.16 dropped these from answers. */
function olderParent(
  { parentId }: StoredArticle,
  { version }: ArticleView,
): Record<string, unknown> {
  if (version === '2.16') return {};
  return {
    parent_id: parentId === null ? null : Number(parentId),
    parent_type: parentId === null ? null : 'collection',
  };
}

function translations(
  workspace: Workspace,
  article: StoredArticle,
  view: ArticleView,
): Record<string, unknown> {
  const entries = Object.entries(article.contents).map(([locale, content]) => [
    locale,
    {
      type: 'article_content',
      ...contentFields(workspace, article, content, locale, view),
      created_at: content.createdAt,
      updated_at: content.updatedAt,
      ...audienceField(content, view),
    },
  ]);
  return {
    default_locale: workspace.settings.defaultLocale,
    translated_content: { type: 'article_translated_content', ...Object.fromEntries(entries) },
  };
}

function contentFields(
  workspace: Workspace,
  article: StoredArticle,
  content: ArticleContent,
  locale: string,
  view: ArticleView,
): Record<string, unknown> {
  const text = view.ofDraft === true ? (content.draft ?? content) : content;
  return {
    title: text.title,
    description: text.description,
    body: workspace.images.sign(text.body),
    author_id: content.authorId,
    state: content.state,
    has_unpublished_changes: content.draft !== null,
    draft_updated_at: content.draft?.updatedAt ?? null,
    url: content.state === 'published' ? articleUrl(workspace, article, content, locale) : null,
    created_by_id: content.createdById,
    updated_by_id: content.updatedById,
    ...(view.version === '2.16' ? availabilityFields(content) : {}),
  };
}

/** These came with 2.16; older versions neither show nor take them. */
export function availabilityFields({
  availability,
}: Pick<ArticleContent, 'availability'>): Record<string, boolean> {
  return {
    ai_chatbot_availability: availability.chatbot,
    ai_copilot_availability: availability.copilot,
    ai_sales_agent_availability: availability.salesAgent,
  };
}

function audienceField(
  { audienceIds }: ArticleContent,
  { version }: ArticleView,
): Record<string, unknown> {
  return version === '2.16' ? { audience_ids: audienceIds } : {};
}

function statistics({ finInvolvements, finResolutions }: StoredArticle): unknown {
  return {
    type: 'article_statistics',
    views: 0,
    conversions: 0,
    reactions: 0,
    happy_reaction_percentage: 0,
    neutral_reaction_percentage: 0,
    sad_reaction_percentage: 0,
    fin_involvements: finInvolvements,
    fin_resolutions: finResolutions,
    fin_resolution_rate: finInvolvements === 0 ? 0 : (100 * finResolutions) / finInvolvements,
  };
}
