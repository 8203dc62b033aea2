import { versionOf } from '../api/article-write.ts';
import { type BodyWriter, createBodyWriter } from '../api/body-writer.ts';
import { helpCenterUrl } from '../api/help-centers.ts';
import type {
  AppliedTag,
  ArticleContent,
  ArticleVersion,
  Availability,
  HelpCenterAudience,
  StoredArticle,
  StoredInternalArticle,
} from '../state/entities.ts';
import { type Op, put } from '../state/tables.ts';
import type { Workspace } from '../workspace.ts';
import {
  type DumpItem,
  flagOf,
  idOf,
  itemOf,
  numberOf,
  textOf,
  type WorkspaceDump,
} from './dump.ts';

export interface ArticleFiller {
  /** @throws Error naming what is wrong with the item */
  article(item: DumpItem): StoredArticle;
  internalArticle(item: DumpItem): StoredInternalArticle;
  /** What has to be stored beside the articles: their versions and images. */
  ops(): readonly Op[];
}

const AUDIENCES: readonly HelpCenterAudience[] = [
  'everyone',
  'all_users',
  'all_visitors',
  'all_leads',
  'all_visitors_and_leads',
  'restricted',
];

/** Turns articles of a dump into those of a workspace. */
export function createArticleFiller(
  workspace: Workspace,
  dump: WorkspaceDump,
  collectionIds: ReadonlySet<string>,
): ArticleFiller {
  const writer = createBodyWriter(workspace);
  const versions: ArticleVersion[] = [];
  const images: Op[] = [];

  const bodyOf = (
    item: DumpItem,
    place: string,
  ): Pick<ArticleContent, 'body' | 'generatedHeadingIds'> => {
    const html = movedHere(workspace, dump, textOf(item, 'body', place) ?? '');
    if (dump.bodies === 'sent') return sentBody(writer, html, place);
    const { body, ops } = workspace.images.adopt(html);
    images.push(...ops);
    return { body, generatedHeadingIds: headingIdsIn(html) };
  };

  const contentOf = (
    articleId: string,
    locale: string,
    item: DumpItem,
    whole: DumpItem,
  ): ArticleContent => {
    const place = `article ${articleId}, ${locale}`;
    const content = textContent(workspace, item, whole, place, bodyOf(item, place));
    const version = versionOf(workspace, articleId, locale, content, {
      actorId: content.createdById,
      via: 'web',
    });
    versions.push(version);
    return { ...content, versionId: version.id };
  };

  return {
    article(item) {
      const id = idOf(item, 'article');
      const texts = textsOf(workspace, item);
      const contents = texts.map(([locale, text]) => [locale, contentOf(id, locale, text, item)]);
      const parentId = parentOf(item);
      return {
        id,
        createdAt: numberOf(item, 'created_at') ?? workspace.now(),
        updatedAt: numberOf(item, 'updated_at') ?? workspace.now(),
        parentId: parentId !== null && collectionIds.has(parentId) ? parentId : null,
        contents: Object.fromEntries(contents),
        tags: tagsOf(workspace, item),
        scheduledPublishAt: numberOf(item, 'scheduled_publish_at'),
        scheduledUnpublishAt: numberOf(item, 'scheduled_unpublish_at'),
        helpCenterAudience:
          AUDIENCES.find((audience) => audience === item.help_center_audience) ?? 'everyone',
        excludedFromSuggestions: flagOf(item, 'exclude_from_article_suggestions') ?? false,
        finInvolvements: numberOf(itemOf(item.statistics) ?? {}, 'fin_involvements') ?? 0,
        finResolutions: numberOf(itemOf(item.statistics) ?? {}, 'fin_resolutions') ?? 0,
      };
    },
    internalArticle(item) {
      const id = idOf(item, 'internal article');
      const place = `internal article ${id}`;
      const authorId = numberOf(item, 'author_id') ?? workspace.actor.id;
      return {
        id,
        createdAt: numberOf(item, 'created_at') ?? workspace.now(),
        updatedAt: numberOf(item, 'updated_at') ?? workspace.now(),
        title: textOf(item, 'title', place) ?? '',
        ...bodyOf(item, place),
        authorId,
        ownerId: numberOf(item, 'owner_id') ?? authorId,
        locale: textOf(item, 'locale', place) ?? workspace.settings.defaultLocale,
        availability: availabilityOf(item, false),
        audienceIds: idsOf(item.audience_ids),
        tags: tagsOf(workspace, item),
        createdById: authorId,
        updatedById: authorId,
      };
    },
    ops: () => [...writer.ops(), ...images, ...versions.map((version) => put('versions', version))],
  };
}

/** A text of the dump, with the addresses of its help center as they are in this sandbox. */
export function movedHere(
  workspace: Workspace,
  { helpCenterUrl: before }: WorkspaceDump,
  text: string,
): string {
  return before === null ? text : text.replaceAll(`${before}/`, `${helpCenterUrl(workspace)}/`);
}

function sentBody(
  writer: BodyWriter,
  html: string,
  place: string,
): Pick<ArticleContent, 'body' | 'generatedHeadingIds'> {
  const { html: body, generatedHeadingIds } = writer.save(html, place, []);
  return { body, generatedHeadingIds };
}

/** Of an item without translations, the top level is the text in the default locale. */
function textsOf(workspace: Workspace, item: DumpItem): readonly [string, DumpItem][] {
  const found = Object.entries(itemOf(item.translated_content) ?? {}).flatMap(
    ([locale, value]): [string, DumpItem][] => {
      const text = itemOf(value);
      return text === null || locale === 'type' ? [] : [[locale, text]];
    },
  );
  return found.length > 0 ? found : [[workspace.settings.defaultLocale, item]];
}

function textContent(
  workspace: Workspace,
  item: DumpItem,
  whole: DumpItem,
  place: string,
  body: Pick<ArticleContent, 'body' | 'generatedHeadingIds'>,
): ArticleContent {
  const title = textOf(item, 'title', place);
  if (title === null || title === '') throw new Error(`${place}: title is missing`);
  const description = textOf(item, 'description', place) ?? '';
  const authorId =
    numberOf(item, 'author_id') ?? numberOf(whole, 'author_id') ?? workspace.actor.id;
  const isPublished = item.state === 'published';
  const updatedAt =
    numberOf(item, 'updated_at') ?? numberOf(whole, 'updated_at') ?? workspace.now();
  const draftAt = numberOf(item, 'draft_updated_at') ?? updatedAt;
  return {
    contentId: workspace.store.nextId('contents'),
    title,
    description,
    ...body,
    authorId,
    state: isPublished ? 'published' : 'draft',
    createdAt: numberOf(item, 'created_at') ?? numberOf(whole, 'created_at') ?? workspace.now(),
    updatedAt,
    availability: availabilityOf(item, workspace.profile().availabilityDefault === 'on'),
    audienceIds: idsOf(item.audience_ids ?? whole.audience_ids),
    createdById: numberOf(item, 'created_by_id') ?? authorId,
    updatedById: numberOf(item, 'updated_by_id') ?? authorId,
    // Listings tell that changes are pending, not which: the live text stands in for them.
    draft:
      flagOf(item, 'has_unpublished_changes') === true && isPublished
        ? { title, description, body: body.body, updatedAt: draftAt }
        : null,
    everPublished: isPublished,
    versionId: '',
  };
}

function availabilityOf(item: DumpItem, usual: boolean): Availability {
  return {
    chatbot: flagOf(item, 'ai_chatbot_availability') ?? usual,
    copilot: flagOf(item, 'ai_copilot_availability') ?? usual,
    salesAgent: flagOf(item, 'ai_sales_agent_availability') ?? usual,
  };
}

/** 2.16 answers `parent_ids`, older versions `parent_id`. */
function parentOf(item: DumpItem): string | null {
  const [last] = idsOf(item.parent_ids).slice(-1);
  const parentId = last ?? numberOf(item, 'parent_id');
  return parentId === null ? null : String(parentId);
}

function idsOf(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.map(Number).filter(Number.isInteger) : [];
}

function tagsOf(workspace: Workspace, item: DumpItem): readonly AppliedTag[] {
  const { tags } = itemOf(item.tags) ?? {};
  if (!Array.isArray(tags)) return [];
  return tags.flatMap((entry: unknown) => {
    const tag = itemOf(entry);
    if (tag === null) return [];
    return {
      tagId: idOf(tag, 'tag'),
      appliedAt: numberOf(tag, 'applied_at') ?? workspace.now(),
      appliedById: workspace.actor.id,
    };
  });
}

/** Ids the store itself made: they stay when the article is saved again. */
function headingIdsIn(html: string): readonly string[] {
  return [...html.matchAll(/<h[1-6][^>]*\bid="(h_[0-9a-f]{10})"/g)].map(([, id = '']) => id);
}
