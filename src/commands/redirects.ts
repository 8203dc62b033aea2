import { articleAddress } from '../model/address.ts';
import { readConfig, readContent } from '../repository/index.ts';
import { chosenWorkspace } from './connect.ts';
import type { Context } from './context.ts';
import { openLedger } from './ledger-store.ts';

export interface RedirectRow {
  from: string;
  id: string;
  locale: string;
  /** The id in the system it came from; null for an article that was not imported. */
  sourceId: string | null;
  /** null: not published yet, as far as the ledger knows. */
  intercomId: string | null;
  /** null: where the new help center is was not said, or the article is not published yet. */
  to: string | null;
}

/**
 * Old addresses of all articles with the new ones, as far as the ledger of the workspace knows them.
 * Reads files only.
 *
 * @throws KbError `no-content`, `workspace-unknown`
 */
export async function redirectsCommand(
  context: Context,
  options: { helpCenterUrl: string | null },
): Promise<{ redirects: readonly RedirectRow[] }> {
  const content = await readContent(context.contentDir);
  const published = await publishedIds(context);
  const redirects = content.articles.flatMap((article) =>
    article.translations.flatMap((text) => {
      const intercomId = published.get(article.id) ?? null;
      const { helpCenterUrl } = options;
      const to =
        intercomId === null || helpCenterUrl === null
          ? null
          : articleAddress(helpCenterUrl, text.locale, intercomId);
      return text.redirects.map((from) => ({
        from,
        id: article.id,
        locale: text.locale,
        sourceId: article.source?.id ?? null,
        intercomId,
        to,
      }));
    }),
  );
  return {
    redirects: redirects.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)),
  };
}

/** Intercom's ids by ours; empty where no workspace is chosen or nothing was published. */
async function publishedIds(context: Context): Promise<ReadonlyMap<string, string>> {
  const { config } = await readConfig(context.contentDir);
  if (context.workspaceName === null && Object.keys(config.workspaces).length !== 1)
    return new Map();
  const workspace = chosenWorkspace(config, context.workspaceName);
  const { recorded } = await (await openLedger(context, config, workspace.name)).read();
  return new Map(Object.entries(recorded.articles).map(([id, { intercomId }]) => [id, intercomId]));
}
