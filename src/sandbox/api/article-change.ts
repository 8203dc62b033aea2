import MarkdownIt from 'markdown-it';
import type { Availability, HelpCenterAudience, Publication } from '../state/entities.ts';
import type { Workspace } from '../workspace.ts';
import { ApiError, invalid, notFound } from './api-error.ts';
import {
  isObject,
  LIMITS,
  readChoice,
  readFlag,
  readId,
  readIds,
  readText,
  readTranslations,
} from './fields.ts';
import type { ApiCall, JsonObject } from './route.ts';

/** What a request wants an article to become: only what it says something about. */
export interface ArticleChange {
  readonly contents: ReadonlyMap<string, ContentChange>;
  readonly parentId: string | null | undefined;
  /** For every locale, named or not: the top level wins. */
  readonly audienceIds: readonly number[] | undefined;
  readonly publishAt: number | null | undefined;
  readonly unpublishAt: number | null | undefined;
  readonly helpCenterAudience: HelpCenterAudience | undefined;
  readonly finInvolvements: number | undefined;
}

export interface ContentChange {
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly body: string | undefined;
  readonly authorId: number | undefined;
  readonly state: Publication | undefined;
  readonly availability: Partial<Availability>;
  readonly audienceIds: readonly number[] | undefined;
}

const PUBLICATIONS = ['published', 'draft'] as const;
const AUDIENCES = [
  'everyone',
  'all_users',
  'all_visitors',
  'all_leads',
  'all_visitors_and_leads',
  'restricted',
] as const;

const markdown = new MarkdownIt({ html: false, linkify: false });

/**
 * Reads an article's create or update request. The top level speaks for the default locale.
 * @throws ApiError for a field that is not what the description says, or points at nothing.
 */
export function readArticleChange(call: ApiCall): ArticleChange {
  const { workspace, body } = call;
  const { locales, defaultLocale } = workspace.settings;
  const top = readContentChange(call, body, '');
  const contents = new Map<string, ContentChange>([[defaultLocale, top]]);
  for (const [locale, entry] of readTranslations(body, locales)) {
    const change = readContentChange(call, entry, `translated_content.${locale}.`);
    contents.set(locale, locale === defaultLocale ? mergedChange(change, top) : change);
  }
  readChoice(body, 'parent_type', ['collection', 'section']);
  return {
    contents,
    parentId: readId(body, 'parent_id'),
    audienceIds: top.audienceIds,
    ...readSchedule(workspace, body, contents.get(defaultLocale)?.state),
    ...readTeammateOnly(call),
  };
}

function mergedChange(below: ContentChange, above: ContentChange): ContentChange {
  return {
    title: above.title ?? below.title,
    description: above.description ?? below.description,
    body: above.body ?? below.body,
    authorId: above.authorId ?? below.authorId,
    state: above.state ?? below.state,
    availability: { ...below.availability, ...above.availability },
    audienceIds: above.audienceIds ?? below.audienceIds,
  };
}

function readContentChange(call: ApiCall, from: JsonObject, place: string): ContentChange {
  const { workspace, version } = call;
  const knowsFin = version === '2.16';
  return {
    title: readText(from, 'title', place),
    description: readText(from, 'description', place),
    body: readBody(from, place),
    authorId: readTeammate(workspace, from, 'author_id', place),
    state: readChoice(from, 'state', PUBLICATIONS, place),
    availability: knowsFin ? readAvailability(from, place) : {},
    audienceIds: knowsFin ? readAudiences(workspace, from, place) : undefined,
  };
}

/** The HTML of `body`, or of `body_markdown`: one of them. */
export function readBody(from: JsonObject, place = ''): string | undefined {
  const body = readText(from, 'body', place);
  const { body_markdown: source } = from;
  if (source === undefined || source === null) return body;
  if (body !== undefined)
    throw invalid(`${place}body and body_markdown are mutually exclusive`, `${place}body_markdown`);
  if (typeof source !== 'string' || source.length > LIMITS.body) {
    throw invalid(`${place}body_markdown must be a string`, `${place}body_markdown`);
  }
  return markdown.render(source).replace(/>\n+</g, '><').trim();
}

/** @throws ApiError when the id is nobody's on this workspace. */
export function readTeammate(
  workspace: Workspace,
  from: JsonObject,
  field: string,
  place = '',
): number | undefined {
  const id = readId(from, field, place);
  if (id === undefined || id === null) return undefined;
  const found = workspace.settings.teammates.find((teammate) => String(teammate.id) === id);
  if (found === undefined)
    throw invalid(`${place}${field} must be a teammate of this workspace`, `${place}${field}`);
  return found.id;
}

/** The agents a request speaks about. */
export function readAvailability(from: JsonObject, place = ''): Partial<Availability> {
  const chatbot = readFlag(from, 'ai_chatbot_availability', place);
  const copilot = readFlag(from, 'ai_copilot_availability', place);
  const salesAgent = readFlag(from, 'ai_sales_agent_availability', place);
  return {
    ...(chatbot === undefined ? {} : { chatbot }),
    ...(copilot === undefined ? {} : { copilot }),
    ...(salesAgent === undefined ? {} : { salesAgent }),
  };
}

/** @throws ApiError 404 for an audience that is not there. */
export function readAudiences(
  workspace: Workspace,
  from: JsonObject,
  place = '',
): readonly number[] | undefined {
  const ids = readIds(from, 'audience_ids', place);
  const unknown = ids?.find(
    (id) => workspace.store.tables.audiences.find(String(id)) === undefined,
  );
  if (unknown !== undefined) throw notFound(`Audience not found: ${unknown}`);
  return ids;
}

type Schedule = Pick<ArticleChange, 'publishAt' | 'unpublishAt'>;

function readSchedule(
  workspace: Workspace,
  body: JsonObject,
  state: Publication | undefined,
): Schedule {
  const publishAt = readTime(workspace, body, 'scheduled_publish_at');
  const unpublishAt = readTime(workspace, body, 'scheduled_unpublish_at');
  if (
    publishAt !== undefined &&
    unpublishAt !== undefined &&
    publishAt !== null &&
    unpublishAt !== null
  ) {
    throw invalid('only one of scheduled_publish_at and scheduled_unpublish_at can be set');
  }
  if (typeof publishAt === 'number' && state === 'draft') {
    throw invalid(
      'scheduled_publish_at cannot be combined with state draft',
      'scheduled_publish_at',
    );
  }
  return { publishAt, unpublishAt };
}

function readTime(
  workspace: Workspace,
  body: JsonObject,
  field: string,
): number | null | undefined {
  const value = body[field];
  if (value === undefined || value === null) return value;
  const time =
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw invalid(`${field} must be an ISO 8601 timestamp`, field);
  const seconds = Math.floor(time / 1000);
  if (seconds <= workspace.now()) throw invalid(`${field} must be in the future`, field);
  return seconds;
}

type TeammateOnly = Pick<ArticleChange, 'helpCenterAudience' | 'finInvolvements'>;

/** What the API only shows and the interface can set: who may read, and (to rehearse) Fin's use. */
function readTeammateOnly({ via, body }: ApiCall): TeammateOnly {
  if (via === 'api') return { helpCenterAudience: undefined, finInvolvements: undefined };
  const { statistics } = body;
  const involvements = isObject(statistics) ? statistics.fin_involvements : undefined;
  if (involvements !== undefined && !Number.isInteger(involvements)) {
    throw new ApiError(400, 'parameter_invalid', 'statistics.fin_involvements must be a number');
  }
  return {
    helpCenterAudience: readChoice(body, 'help_center_audience', AUDIENCES),
    finInvolvements: involvements === undefined ? undefined : Number(involvements),
  };
}
