import { type Config, nobody, type WorkspaceConfig } from '../model/config.ts';
import type {
  Echo,
  Recorded,
  RecordedArticle,
  RecordedCollection,
  RecordedTranslation,
} from '../model/recorded.ts';
import type {
  LiveArticle,
  LiveCollection,
  LiveInternal,
  LiveTranslation,
  Snapshot,
} from '../model/snapshot.ts';
import type { Desired } from './desired.ts';
import { echoOf } from './live.ts';

/**
 * A plan without a look at the service: what is live is taken to be what was recorded. The bodies are
 * not known then; one stand-in plays both the recorded and the live side, so that nothing drifts and
 * changes in git show as they would.
 */
export interface Assumed {
  recorded: Recorded;
  actual: Snapshot;
}

const standIn = '<p>as recorded</p>';

/** The three sides of a plan from git and the ledger alone. */
export function assumedFrom(
  recorded: Recorded,
  desired: Desired,
  workspace: WorkspaceConfig,
  locales: readonly string[],
): Assumed {
  const known = withStandIns(recorded);
  const { articles, tombstones, collections } = known;
  const gone = Object.values(tombstones.articles).filter(({ deleted }) => !deleted);
  const goneCollections = Object.values(tombstones.collections).filter(({ deleted }) => !deleted);
  const id = recorded.workspace?.id ?? workspace.workspaceId ?? 'unknown';
  const url = helpCenterUrl(recorded);
  return {
    recorded: known,
    actual: {
      workspace: { id, name: workspace.name, region: workspace.region },
      helpCenters: [
        {
          id: workspace.helpCenter ?? recorded.workspace?.helpCenterId ?? 'unknown',
          name: workspace.name,
          url,
          locales,
          isDefault: true,
        },
      ],
      teammates: authorsOf(desired, workspace),
      tags: named(Object.values(articles).flatMap(({ tags }) => tags ?? [])),
      audiences: named([
        ...Object.values(articles).flatMap(({ finAudiences }) => finAudiences),
        ...desired.articles.flatMap(({ finAudiences }) => finAudiences),
      ]),
      collections: [...Object.values(collections), ...goneCollections.map(({ last }) => last)].map(
        liveCollection,
      ),
      articles: [...Object.values(articles), ...gone.map(({ last }) => last)].map(liveArticle),
      internals: Object.values(known.internals).flatMap(({ texts }) =>
        Object.entries(texts).map(([locale, { intercomId, entry }]) =>
          liveInternal(intercomId, locale, entry),
        ),
      ),
      redirects: Object.entries(known.redirects).map(([fromUrl, entry]) => ({
        intercomId: entry.intercomId,
        fromUrl,
        locale: entry.locale,
        targetType: 'article',
        targetId: articles[entry.articleId]?.intercomId ?? '',
      })),
      calls: 0,
      serverTime: 0,
    },
  };
}

/** An address for an asset that no ledger knows. */
export function assumedAddress(hash: string): string {
  return `asset:${hash}`;
}

/** Config for such a plan: whom an article names is known to the service alone. */
export function withoutUnknown(config: Config): Config {
  return { ...config, uiOwned: [...config.uiOwned, 'author'] };
}

/** A text in place of one nobody has read. */
export const unreadText: LiveTranslation = {
  locale: '',
  title: '',
  description: '',
  body: standIn,
  authorId: null,
  publication: 'published',
  availability: nobody,
  audienceIds: [],
  hasPendingDraft: false,
};

export const unreadArticle: LiveArticle = {
  intercomId: '',
  defaultLocale: null,
  parentId: null,
  authorId: null,
  translations: {},
  tags: [],
  helpCenterAudience: null,
  hasSchedule: false,
  finInvolvements: null,
  createdAt: 0,
  updatedAt: 0,
};

export const unreadCollection: LiveCollection = {
  intercomId: '',
  parentId: null,
  helpCenterId: null,
  defaultLocale: null,
  order: null,
  texts: {},
  createdAt: 0,
  updatedAt: 0,
};

const { body, raw } = echoOf(unreadText);

function withStandIns(recorded: Recorded): Recorded {
  const { articles, internals, tombstones } = recorded;
  return {
    ...recorded,
    articles: mapped(articles, withStandIn),
    internals: mapped(internals, (internal) => ({
      ...internal,
      texts: mapped(internal.texts, (text) => ({ ...text, entry: echoing(text.entry) })),
    })),
    tombstones: {
      ...tombstones,
      articles: mapped(tombstones.articles, (stone) => ({
        ...stone,
        last: withStandIn(stone.last),
      })),
    },
  };
}

function withStandIn(article: RecordedArticle): RecordedArticle {
  return { ...article, translations: mapped(article.translations, echoing) };
}

function echoing(entry: RecordedTranslation): RecordedTranslation {
  return { ...entry, echo: { ...entry.echo, body, raw } };
}

function liveArticle(entry: RecordedArticle): LiveArticle {
  return {
    ...unreadArticle,
    intercomId: entry.intercomId,
    parentId: entry.parentIntercomId,
    authorId: entry.authorId,
    tags: named(entry.tags ?? []),
    helpCenterAudience: entry.visibility === 'users' ? 'all_users' : 'everyone',
    translations: Object.fromEntries(
      Object.entries(entry.translations).map(([locale, { echo }]) => [
        locale,
        { ...liveText(locale, echo), audienceIds: entry.finAudiences },
      ]),
    ),
  };
}

function liveText(locale: string, echo: Echo): LiveTranslation {
  const { title, description, publication, availability } = echo;
  return { ...unreadText, locale, title, description, publication, availability };
}

function liveInternal(
  intercomId: string,
  locale: string,
  { echo }: RecordedTranslation,
): LiveInternal {
  return { intercomId, text: liveText(locale, echo), createdAt: 0, updatedAt: 0 };
}

function liveCollection(entry: RecordedCollection): LiveCollection {
  return {
    ...unreadCollection,
    intercomId: entry.intercomId,
    parentId: entry.parentIntercomId,
    texts: mapped(entry.texts, ({ echo }) => echo),
  };
}

/** Tags and audiences by their names, as their ids are not needed to compare. */
export function named(names: readonly string[]): { id: string; name: string }[] {
  return [...new Set(names)].map((name) => ({ id: name, name }));
}

/** Everybody that is named counts as a teammate: only the service knows who is one. */
function authorsOf(desired: Desired, workspace: WorkspaceConfig): Snapshot['teammates'] {
  const emails = [workspace.author, ...desired.articles.map(({ author }) => author)];
  return [...new Set(emails)]
    .filter((email) => email !== null)
    .map((email) => ({ id: email, email, name: email }));
}

/** Recorded redirects lie in the help center's own address space; without one it is unknown. */
function helpCenterUrl({ redirects }: Recorded): string {
  const [address] = Object.keys(redirects);
  return address !== undefined && URL.canParse(address) ? new URL(address).origin : '';
}

function mapped<Value, Result>(
  values: Readonly<Record<string, Value>>,
  change: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}
