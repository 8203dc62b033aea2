import type { Publication } from '../model/article.ts';
import type { Availability } from '../model/config.ts';
import type { Profile } from '../model/profile.ts';
import { bodyHtml } from '../plan/addresses.ts';
import type { DesiredArticle, DesiredCollection } from '../plan/desired.ts';
import type { Change } from '../plan/plan.ts';
import type { ArticleWrite, CollectionWrite, InternalWrite, TranslationWrite } from './ports.ts';
import type { RunState } from './run-state.ts';

/** What all requests of a run need. */
export interface RequestContext {
  state: RunState;
  profile: Profile;
  defaultLocale: string;
  isMultilingual: boolean;
  helpCenterId: string | null;
  /** Whom the author of an article is in Intercom; null: nobody. */
  authorId(article: DesiredArticle): string | null;
  /** Intercom's ids of AI audiences. */
  audienceIds(names: readonly string[]): string[];
}

/**
 * The request that a group of changes of one article stands for: approved locales and changed fields
 * only.
 * @param article null when its files are gone
 * @param authorId whom to name as the author; the service would put the token's owner there
 */
export function articleWrite(
  article: DesiredArticle | null,
  changes: readonly Change[],
  authorId: string | null,
  context: RequestContext,
): ArticleWrite {
  const isCreate = changes.some((change) => change.action === 'create');
  const move = changes.find((change) => change.fields.some((field) => field.name === 'collection'));
  const translations = Object.fromEntries(
    changes.flatMap((change) =>
      change.locale === null
        ? []
        : [[change.locale, translationWrite(article, change, authorId, context)] as const],
    ),
  );
  return {
    defaultLocale: context.defaultLocale,
    isMultilingual: context.isMultilingual,
    translations,
    ...(authorId === null ? {} : { authorId }),
    ...(isCreate || move !== undefined ? parentOf(article, context) : {}),
    ...audiencesWrite(article, changes, isCreate, context),
  };
}

/** Sent when they changed, and with a new article that has some: left out they mean none. */
function audiencesWrite(
  article: DesiredArticle | null,
  changes: readonly Change[],
  isCreate: boolean,
  context: RequestContext,
): { audienceIds?: string[] } {
  const names = article?.finAudiences ?? [];
  const isChanged = changes.some((change) =>
    change.fields.some((field) => field.name === 'finAudiences'),
  );
  return isChanged || (isCreate && names.length > 0)
    ? { audienceIds: context.audienceIds(names) }
    : {};
}

/** The request that a change of an internal article stands for. */
export function internalWrite(
  article: DesiredArticle | null,
  change: Change,
  authorId: string | null,
  context: RequestContext,
): InternalWrite {
  const { title, body, availability } = translationWrite(article, change, null, context);
  const isCreate = change.action === 'create';
  const isChanged = change.fields.some((field) => field.name === 'finAudiences');
  const names = article?.finAudiences ?? [];
  return {
    ...(title === undefined ? {} : { title }),
    ...(body === undefined ? {} : { body }),
    ...(availability === undefined ? {} : { availability }),
    ...(isCreate && authorId !== null ? { authorId } : {}),
    ...(isChanged || (isCreate && names.length > 0)
      ? { audienceIds: context.audienceIds(names) }
      : {}),
  };
}

function parentOf(
  article: DesiredArticle | null,
  { state }: RequestContext,
): { parentId?: string } {
  const collectionId = article?.collectionId ?? null;
  if (collectionId === null) return {};
  const parentId = state.collectionIntercomId(collectionId);
  return parentId === null ? {} : { parentId };
}

function translationWrite(
  article: DesiredArticle | null,
  change: Change,
  authorId: string | null,
  context: RequestContext,
): TranslationWrite {
  const text = article?.translations.find((item) => item.locale === change.locale);
  const write: TranslationWrite = {};
  for (const field of change.fields) {
    switch (field.name) {
      case 'title':
        write.title = String(field.after);
        break;
      case 'description':
        write.description = String(field.after);
        break;
      case 'body':
      case 'links':
        if (text !== undefined)
          write.body = bodyHtml(text, context.state.addresses, context.profile);
        break;
      case 'publication':
        write.publication = field.after as Publication;
        break;
      case 'fin':
        write.availability = field.after as Availability;
        break;
    }
  }
  if (authorId !== null) write.authorId = authorId;
  return write;
}

/** The request that a group of changes of one collection stands for. */
export function collectionWrite(
  collection: DesiredCollection,
  changes: readonly Change[],
  context: RequestContext,
): CollectionWrite {
  const isCreate = changes.some((change) => change.action === 'create');
  const isMove = changes.some((change) => change.action === 'move');
  const written = new Set(changes.map((change) => change.locale));
  const parentId =
    collection.parentId === null ? null : context.state.collectionIntercomId(collection.parentId);
  return {
    defaultLocale: context.defaultLocale,
    isMultilingual: context.isMultilingual,
    texts: Object.fromEntries(
      collection.texts
        .filter((text) => written.has(text.locale))
        .map((text) => [text.locale, { title: text.title, description: text.description }]),
    ),
    ...(isMove || (isCreate && parentId !== null) ? { parentId } : {}),
    ...(isCreate && context.helpCenterId !== null ? { helpCenterId: context.helpCenterId } : {}),
  };
}
