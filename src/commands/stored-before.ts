import { canonicalHash } from '../markdown/index.ts';
import { KbError } from '../model/kb-error.ts';
import { storedTree } from '../plan/live.ts';
import type { TextVersion, Workspace } from '../publish/ports.ts';

/** Versions that are read to find the one we left: people save often, programs seldom. */
const mostRead = 3;

/**
 * The body as the service stored it after our last write: the version whose canonical hash is the
 * echo. null where versions do not tell: none are kept, or the token may not read them.
 * @param versions of that text, newest first
 * @param echo canonical hash of the body
 */
export async function readStoredBefore(
  workspace: Workspace,
  text: { intercomId: string; locale: string },
  versions: readonly TextVersion[],
  echo: string,
): Promise<string | null> {
  if (workspace.versionBody === undefined) return null;
  const older = versions.slice(1);
  const likely = [
    ...older.filter(({ via }) => via === 'api'),
    ...older.filter(({ via }) => via !== 'api'),
  ];
  try {
    for (const { id } of likely.slice(0, mostRead)) {
      const body = await workspace.versionBody(text.intercomId, text.locale, id);
      if (canonicalHash(storedTree(body)) === echo) return body;
    }
  } catch (error) {
    if (!(error instanceof KbError)) throw error;
  }
  return null;
}

/** The versions of a text; none where the service keeps none or does not show them. */
export async function readVersions(
  workspace: Workspace,
  { intercomId, locale }: { intercomId: string; locale: string },
): Promise<readonly TextVersion[]> {
  if (workspace.versions === undefined) return [];
  try {
    return await workspace.versions(intercomId, locale);
  } catch (error) {
    if (error instanceof KbError) return [];
    throw error;
  }
}
