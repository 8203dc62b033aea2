import { IntercomClient } from 'intercom-client';
import { exitCodes, KbError } from '../model/kb-error.ts';
import type {
  LiveArticle,
  LiveCollection,
  LiveInternal,
  LiveRedirect,
  Snapshot,
} from '../model/snapshot.ts';
import type {
  ArticleWrite,
  CollectionWrite,
  InternalWrite,
  OtherSource,
  RedirectWrite,
  Workspace,
} from '../publish/ports.ts';
import { walkListing } from './listing.ts';
import type { Transport } from './transport.ts';
import {
  articleFromWire,
  articleToWire,
  collectionFromWire,
  collectionToWire,
  helpCenterFromWire,
  idOf,
  internalFromWire,
  internalToWire,
  isJson,
  type Json,
  listOf,
  redirectFromWire,
  redirectToWire,
  regionFromWire,
  seconds,
} from './wire.ts';
import { notJson, wireError } from './wire-error.ts';

/** The SDK asks for 2.14; availability, audiences and tags of articles came with 2.16. */
const apiVersion = '2.16';
const articlesPerPage = 50;
const collectionsPerPage = 100;
/** The documented maxima. */
const redirectsPerPage = 250;
const audiencesPerPage = 50;
/** The transport has its own time limit for each attempt; this one spans our waiting too. */
const sdkTimeoutSeconds = 3600;

/**
 * An Intercom workspace as the {@link Workspace} port.
 * @param options.endpoint base address of the API, without a trailing slash
 * @param options.onlyLocale the locale of all content where the help center has only one
 */
export function createIntercomWorkspace(options: {
  endpoint: string;
  token: string;
  tokenEnv: string;
  onlyLocale: string;
  transport: Transport;
  pace: Workspace['pace'];
}): Workspace {
  const { endpoint, token, tokenEnv, onlyLocale, transport } = options;
  const client = new IntercomClient({
    baseUrl: endpoint,
    token,
    fetch: transport.fetch,
    maxRetries: 0,
    timeoutInSeconds: sdkTimeoutSeconds,
    headers: { 'Intercom-Version': apiVersion },
  });
  const host = new URL(endpoint).host;

  async function asked<T>(what: string, ask: () => Promise<T>): Promise<T> {
    try {
      const answer = await ask();
      const unparsed = unparsedText(answer);
      if (unparsed !== null) throw notJson(host, unparsed);
      return answer;
    } catch (error) {
      throw wireError(error, { what, host, tokenEnv, token });
    }
  }

  /** What the SDK lacks (article tags, audiences, redirects): same transport, same headers. */
  async function send(
    what: string,
    method: string,
    path: string,
    body: Json | null,
  ): Promise<unknown> {
    return asked(what, async () => {
      const response = await transport.fetch(`${endpoint}${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/json',
          Accept: 'application/json',
          'Intercom-Version': apiVersion,
        },
        ...(body === null ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) {
        throw { statusCode: response.status, body: await response.json().catch(() => null) };
      }
      const text = await response.text();
      return text === '' ? null : parsedAnswer(text, host);
    });
  }

  function article(answer: unknown): LiveArticle {
    const read = isJson(answer) ? articleFromWire(answer, onlyLocale) : null;
    if (read === null) throw unreadable('article', host);
    return read;
  }

  function internal(answer: unknown): LiveInternal {
    const read = isJson(answer) ? internalFromWire(answer, onlyLocale) : null;
    if (read === null) throw unreadable('internal article', host);
    return read;
  }

  function redirect(answer: unknown): LiveRedirect {
    const read = isJson(answer) ? redirectFromWire(answer) : null;
    if (read === null) throw unreadable('redirect', host);
    return read;
  }

  function collection(answer: unknown): LiveCollection {
    const read = isJson(answer) ? collectionFromWire(answer, onlyLocale) : null;
    if (read === null) throw unreadable('collection', host);
    return read;
  }

  const readArticles = () =>
    walkListing('articles', (page) =>
      asked(
        'list articles',
        async () => (await client.articles.list({ page, per_page: articlesPerPage })).response,
      ),
    );
  const readInternals = () =>
    walkListing('internal articles', (page) =>
      asked('list internal articles', () =>
        client.internalArticles.listInternalArticles({
          queryParams: { page, per_page: articlesPerPage },
        }),
      ),
    );
  const readRedirects = (helpCenterId: string) =>
    walkListing('redirects', (page) =>
      send(
        'list redirects',
        'GET',
        `${redirectsPath(helpCenterId)}?page=${page}&per_page=${redirectsPerPage}`,
        null,
      ),
    );
  const readAudiences = () =>
    walkListing('audiences', (page) =>
      send('list audiences', 'GET', `/audiences?page=${page}&per_page=${audiencesPerPage}`, null),
    );
  const readCollections = () =>
    walkListing('collections', (page) =>
      asked(
        'list collections',
        async () =>
          (await client.helpCenters.collections.list({ page, per_page: collectionsPerPage }))
            .response,
      ),
    );

  return {
    async read(families): Promise<Snapshot> {
      const callsBefore = transport.calls();
      const me: unknown = await asked('read the workspace', () => client.admins.identify());
      const app = isJson(me) && isJson(me.app) ? me.app : null;
      const region = regionFromWire(app?.region);
      const id = idOf(app?.id_code);
      if (app === null || region === null || id === null) throw unreadable('workspace (me)', host);
      const serverTime = transport.serverTime() ?? Math.floor(Date.now() / 1000);
      const helpCenters = await walkListing('help centers', () =>
        asked('list help centers', async () => (await client.helpCenters.list()).response),
      );
      const admins: unknown = await asked('list teammates', () => client.admins.list());
      const tags: unknown = families.tags
        ? await asked('list tags', () => client.tags.list())
        : { data: [] };
      const audiences = families.audiences ? await readAudiences() : [];
      const centers = helpCenters.map(helpCenterFromWire).filter((center) => center !== null);
      const redirectsOf = families.redirectsOf(centers);
      const redirects = redirectsOf === null ? [] : await readRedirects(redirectsOf);
      const internals = families.internals ? await readInternals() : [];
      const collections = await readCollections();
      const articles = await readArticles();
      return {
        workspace: { id, region, name: typeof app.name === 'string' ? app.name : id },
        helpCenters: centers,
        internals: internals.map(internal),
        redirects: redirects.map(redirect),
        audiences: audiences.map((audience) => ({
          id: idOf(audience.id) ?? '',
          name: String(audience.name ?? ''),
        })),
        teammates: (isJson(admins) ? listOf(admins.admins) : []).map((admin) => ({
          id: idOf(admin.id) ?? '',
          email: String(admin.email ?? ''),
          name: String(admin.name ?? ''),
        })),
        tags: (isJson(tags) ? listOf(tags.data) : []).map((tag) => ({
          id: idOf(tag.id) ?? '',
          name: String(tag.name ?? ''),
        })),
        collections: collections.map(collection),
        articles: articles.map(article),
        calls: transport.calls() - callsBefore,
        serverTime,
      };
    },
    async createArticle(write: ArticleWrite): Promise<LiveArticle> {
      const body = articleToWire(write, true);
      return article(await asked('create an article', () => client.articles.create(body as never)));
    },
    async updateArticle(intercomId: string, write: ArticleWrite): Promise<LiveArticle> {
      const body = { article_id: intercomId, ...articleToWire(write, false) };
      return article(await asked('update an article', () => client.articles.update(body as never)));
    },
    async deleteArticle(intercomId: string): Promise<void> {
      await asked('delete an article', () =>
        client.articles.delete({ article_id: intercomId } as never),
      );
    },
    async readArticle(intercomId: string): Promise<LiveArticle | null> {
      try {
        const body = { article_id: intercomId };
        return article(await asked('read an article', () => client.articles.find(body as never)));
      } catch (error) {
        if (error instanceof KbError && error.code === 'not-found') return null;
        throw error;
      }
    },
    async articlesCreatedSince(serverTime: number): Promise<LiveArticle[]> {
      return (await readArticles()).map(article).filter((live) => live.createdAt >= serverTime);
    },
    async collectionsCreatedSince(serverTime: number): Promise<LiveCollection[]> {
      return (await readCollections())
        .map(collection)
        .filter((live) => live.createdAt >= serverTime);
    },
    async createCollection(write: CollectionWrite): Promise<LiveCollection> {
      const body = collectionToWire(write);
      return collection(
        await asked('create a collection', () =>
          client.helpCenters.collections.create(body as never),
        ),
      );
    },
    async updateCollection(intercomId: string, write: CollectionWrite): Promise<LiveCollection> {
      const body = { collection_id: intercomId, ...collectionToWire(write) };
      return collection(
        await asked('update a collection', () =>
          client.helpCenters.collections.update(body as never),
        ),
      );
    },
    async deleteCollection(intercomId: string): Promise<void> {
      await asked('delete a collection', () =>
        client.helpCenters.collections.delete({ collection_id: intercomId } as never),
      );
    },
    async createInternal(write: InternalWrite): Promise<LiveInternal> {
      const body = internalToWire(write);
      return internal(
        await asked('create an internal article', () =>
          client.internalArticles.createInternalArticle(body as never),
        ),
      );
    },
    async updateInternal(intercomId: string, write: InternalWrite): Promise<LiveInternal> {
      const body = { internal_article_id: intercomId, ...internalToWire(write) };
      return internal(
        await asked('update an internal article', () =>
          client.internalArticles.updateInternalArticle(body as never),
        ),
      );
    },
    async deleteInternal(intercomId: string): Promise<void> {
      await asked('delete an internal article', () =>
        client.internalArticles.deleteInternalArticle({ internal_article_id: intercomId } as never),
      );
    },
    async internalsCreatedSince(serverTime: number): Promise<LiveInternal[]> {
      return (await readInternals()).map(internal).filter((live) => live.createdAt >= serverTime);
    },
    async createRedirect(write: RedirectWrite): Promise<LiveRedirect> {
      const path = redirectsPath(write.helpCenterId);
      return redirect(await send('create a redirect', 'POST', path, redirectToWire(write)));
    },
    async deleteRedirect(helpCenterId: string, intercomId: string): Promise<void> {
      const path = `${redirectsPath(helpCenterId)}/${encodeURIComponent(intercomId)}`;
      await send('delete a redirect', 'DELETE', path, null);
    },
    async redirects(helpCenterId: string): Promise<LiveRedirect[]> {
      return (await readRedirects(helpCenterId)).map(redirect);
    },
    async createTag(name: string): Promise<{ id: string; name: string }> {
      const tag: unknown = await asked('create a tag', () => client.tags.create({ name }));
      const id = isJson(tag) ? idOf(tag.id) : null;
      if (id === null) throw unreadable('tag', host);
      return { id, name };
    },
    async tagArticle(intercomId, tagId) {
      await send('tag an article', 'POST', `/articles/${encodeURIComponent(intercomId)}/tags`, {
        id: tagId,
      });
    },
    async untagArticle(intercomId, tagId) {
      await send(
        'untag an article',
        'DELETE',
        `/articles/${encodeURIComponent(intercomId)}/tags/${encodeURIComponent(tagId)}`,
        null,
      );
    },
    async otherSources(agent) {
      const state = {
        agent: 'fin_service_state',
        copilot: 'copilot_state',
        salesAgent: 'fin_sales_state',
      };
      const types = Object.keys(otherKinds).join(',');
      const items = await walkListing('content', (page) =>
        send(
          'search content',
          'GET',
          `/content/search?content_types=${types}&${state[agent]}=on&page=${page}&per_page=50`,
          null,
        ),
      );
      return items.flatMap((item) => {
        const kind = otherKinds[String(item.type)];
        const id = idOf(item.id);
        if (kind === undefined || id === null) return [];
        return [{ kind, id, title: typeof item.title === 'string' ? item.title : '' }];
      });
    },
    async versions(intercomId, locale) {
      const path = `${versionsPath(intercomId)}?locale=${encodeURIComponent(locale)}&per_page=25`;
      const answer = await send('list versions', 'GET', path, null);
      return (isJson(answer) ? listOf(answer.data) : []).map((version) => ({
        id: idOf(version.id) ?? '',
        title: typeof version.title === 'string' ? version.title : '',
        by: idOf(version.created_by_id),
        via: typeof version.created_via === 'string' ? version.created_via : null,
        createdAt: seconds(version.created_at),
      }));
    },
    async versionBody(intercomId, locale, versionId) {
      const path = `${versionsPath(intercomId)}/${encodeURIComponent(versionId)}?locale=${encodeURIComponent(locale)}`;
      const answer = await send('read a version', 'GET', path, null);
      return isJson(answer) && typeof answer.body === 'string' ? answer.body : '';
    },
    calls: transport.calls,
    pace: options.pace,
  };
}

/** Content types of the search that are no articles. */
const otherKinds: Readonly<Record<string, OtherSource['kind']>> = {
  snippet: 'snippet',
  external_content: 'external_page',
  file_source_content: 'file',
};

function versionsPath(intercomId: string): string {
  return `/articles/${encodeURIComponent(intercomId)}/versions`;
}

function redirectsPath(helpCenterId: string): string {
  return `/help_center/help_centers/${encodeURIComponent(helpCenterId)}/redirects`;
}

function parsedAnswer(text: string, host: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable('answer', host);
  }
}

/**
 * The text of an answer with a good status that is no JSON, else null. The SDK throws nothing then: it
 * returns its own description of the failure as if it were the answer.
 */
function unparsedText(answer: unknown): string | null {
  if (!isJson(answer) || answer.ok !== false || !isJson(answer.error)) return null;
  const { reason, rawBody } = answer.error;
  return reason === 'non-json' ? String(rawBody) : null;
}

function unreadable(what: string, host: string): KbError {
  return new KbError('not-json', `${host} answered without a readable ${what}.`, {
    hint: 'Expected the Intercom API there. Check the endpoint of the workspace in kb.yaml.',
    exitCode: exitCodes.failed,
  });
}
