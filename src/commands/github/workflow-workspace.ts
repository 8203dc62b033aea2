import { readConfig } from '../../repository/index.ts';
import { isLoopbackAddress } from '../connect.ts';
import type { Context } from '../context.ts';

/**
 * The workspace a workflow is for: the one named, else the only one that is not on this machine. A
 * sandbox counts where its token is set, as in a trial of the workflow itself.
 *
 * @returns null where kb.yaml has only a sandbox so far: there is nothing to do yet
 */
export async function workflowWorkspace(context: Context): Promise<Context | null> {
  if (context.workspaceName !== null) return context;
  const { config } = await readConfig(context.contentDir);
  const all = Object.values(config.workspaces);
  const far = all.filter(({ endpoint }) => endpoint === null || !isLoopbackAddress(endpoint));
  const [only, ...others] = far;
  if (only !== undefined) {
    return others.length === 0 ? { ...context, workspaceName: only.name } : context;
  }
  const isTrial = all.some(({ tokenEnv }) => (context.env[tokenEnv] ?? '').trim() !== '');
  return isTrial || all.length === 0 ? context : null;
}
