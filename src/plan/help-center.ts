import type { WorkspaceConfig } from '../model/config.ts';
import type { LiveHelpCenter } from '../model/snapshot.ts';

/** The help center that content goes to: the configured one, else the workspace's default; null: none there. */
export function chosenHelpCenter(
  workspace: WorkspaceConfig,
  helpCenters: readonly LiveHelpCenter[],
): LiveHelpCenter | null {
  if (workspace.helpCenter !== null) {
    return helpCenters.find((center) => center.id === workspace.helpCenter) ?? null;
  }
  return helpCenters.find((center) => center.isDefault) ?? helpCenters[0] ?? null;
}

/** Old addresses that lie in the help center's own address space: the only ones it can redirect. */
export function redirectsInside(urls: readonly string[], helpCenterUrl: string): string[] {
  if (helpCenterUrl === '') return [];
  const base = `${helpCenterUrl.replace(/\/+$/, '')}/`;
  return urls.filter((url) => url.startsWith(base));
}
