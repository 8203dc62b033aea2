import type { Config, WorkspaceConfig } from '../model/config.ts';
import { KbError } from '../model/kb-error.ts';
import { regionHosts } from '../model/region-hosts.ts';
import { createPace } from '../publish/pace.ts';
import type { Clock, Workspace } from '../publish/ports.ts';
import { didYouMean } from '../repository/reading/nearest.ts';
import type { Context } from './context.ts';

/** A workspace that can be read and written, and what is configured for it. */
export interface Connection {
  config: WorkspaceConfig;
  /** Base address of the API, without a trailing slash. */
  endpoint: string;
  host: string;
  token: string;
  workspace: Workspace;
  clock: Clock;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
};

/**
 * The workspace a command is for: the one named, else the only one.
 * @throws KbError `workspace-unknown` with the nearest name, `workspace-choice` when several are configured
 */
export function chosenWorkspace(config: Config, name: string | null): WorkspaceConfig {
  const names = Object.keys(config.workspaces);
  if (name !== null) {
    const found = config.workspaces[name];
    if (found !== undefined) return found;
    const configured = `Configured: ${names.join(', ') || 'none'}.`;
    throw new KbError('workspace-unknown', `There is no workspace "${name}" in kb.yaml.`, {
      hint: [didYouMean(name, names), configured].filter((part) => part !== null).join(' '),
      location: { file: 'kb.yaml' },
    });
  }
  const [only] = Object.values(config.workspaces);
  if (only !== undefined && names.length === 1) return only;
  throw new KbError(
    'workspace-choice',
    names.length === 0
      ? 'kb.yaml configures no workspace.'
      : `kb.yaml configures ${names.length} workspaces: ${names.join(', ')}.`,
    {
      hint: names.length === 0 ? 'Add one under workspaces:.' : 'Name one with --workspace.',
      location: { file: 'kb.yaml' },
    },
  );
}

/**
 * Where requests go: the region's host, or what the workspace or the environment says instead.
 * @throws KbError `endpoint` for an override that is not on loopback, `workspace-id` when nothing
 *   could tell a wrong workspace from the right one
 */
export function endpointOf(workspace: WorkspaceConfig, env: NodeJS.ProcessEnv): string {
  const variable = `KB_ENDPOINT_${workspace.name.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`;
  const override = env[variable] || env.KB_ENDPOINT || null;
  const overridden = env[variable] ? variable : 'KB_ENDPOINT';
  if (override !== null && !isLoopbackAddress(override)) {
    throw new KbError(
      'endpoint',
      `${overridden} is ${withoutCredentials(override)}, expected an address on this machine.`,
      {
        hint: 'Use http://127.0.0.1:<port>. Other addresses belong into kb.yaml, where they are reviewed.',
        location: { file: overridden },
      },
    );
  }
  const endpoint = override ?? workspace.endpoint ?? `https://${regionHosts[workspace.region]}`;
  if (withoutCredentials(endpoint) !== endpoint) {
    const place = override === null ? `workspaces.${workspace.name}.endpoint` : overridden;
    throw new KbError('endpoint', `${place} holds a user name or a password.`, {
      hint: `Write the address without them; the token comes from ${workspace.tokenEnv}.`,
      location: { file: override === null ? 'kb.yaml' : overridden },
    });
  }
  if (!isLoopbackAddress(endpoint) && workspace.workspaceId === null) {
    throw new KbError(
      'workspace-id',
      `Workspace "${workspace.name}" has no workspaceId, so a token of another workspace would go unnoticed.`,
      {
        hint: `Add workspaceId to workspaces.${workspace.name} in kb.yaml; kb doctor shows the one the token belongs to.`,
        location: { file: 'kb.yaml' },
      },
    );
  }
  return endpoint.replace(/\/+$/, '');
}

/** The address as it may be shown: what stands before an @ in it is a secret. */
function withoutCredentials(address: string): string {
  return address.replace(/^([a-z][a-z0-9+.-]*:\/\/)?[^/?#]*@/i, '$1');
}

/** Is this an http(s) address of this machine? */
export function isLoopbackAddress(address: string): boolean {
  try {
    const { protocol, hostname } = new URL(address);
    const isHttp = protocol === 'http:' || protocol === 'https:';
    return isHttp && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  } catch {
    return false;
  }
}

/** Connects to the chosen workspace. Sends nothing yet. @throws KbError `token-missing` and those above */
export async function connect(context: Context, config: Config): Promise<Connection> {
  const chosen = chosenWorkspace(config, context.workspaceName);
  const endpoint = endpointOf(chosen, context.env);
  const token = context.env[chosen.tokenEnv]?.trim() ?? '';
  if (token === '') {
    throw new KbError('token-missing', `The environment variable ${chosen.tokenEnv} is not set.`, {
      hint: isLoopbackAddress(endpoint)
        ? `The sandbox takes any token: export ${chosen.tokenEnv}=sandbox`
        : `Set ${chosen.tokenEnv} to an access token of the workspace "${chosen.name}".`,
      location: { file: 'kb.yaml' },
    });
  }
  // An error of the header would quote the token's first line, which no redaction knows as a secret.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new KbError('token-invalid', `${chosen.tokenEnv} holds characters that no token has.`, {
      hint: `Set ${chosen.tokenEnv} again: one line, without spaces, quotes or other signs around it.`,
      location: { file: 'kb.yaml' },
    });
  }
  const [{ createIntercomWorkspace }, { createTransport }] = await Promise.all([
    import('../intercom/intercom-workspace.ts'),
    import('../intercom/transport.ts'),
  ]);
  const pace = createPace(systemClock);
  const transport = createTransport({
    pace,
    clock: systemClock,
    fetch: globalThis.fetch,
    random: Math.random,
    signal: context.signal,
  });
  const workspace = createIntercomWorkspace({
    endpoint,
    token,
    tokenEnv: chosen.tokenEnv,
    onlyLocale: config.defaultLocale,
    transport,
    pace: pace.state,
  });
  const { host } = new URL(endpoint);
  return { config: chosen, endpoint, host, token, workspace, clock: systemClock };
}
