import type { Config, WorkspaceConfig } from '../model/config.ts';
import { KbError } from '../model/kb-error.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { readContent } from '../repository/index.ts';
import { findingsOf } from './check.ts';
import { assertConfigured } from './configured.ts';
import { chosenWorkspace, connect, endpointOf, isLoopbackAddress } from './connect.ts';
import type { Context } from './context.ts';
import { nodeVersionProblem, oldestNode } from './node-version.ts';

/** One thing that must be right for publishing, with its remedy. */
export interface HealthCheck {
  name: string;
  status: 'ok' | 'warn' | 'fail';
  message: string;
  hint: string | null;
}

/**
 * Looks at everything that publishing needs, from this machine to the workspace, and says what is
 * wrong with its remedy. Reads only.
 */
export async function doctorCommand(
  context: Context,
  options: { now: () => number; nodeVersion: string },
): Promise<{ checks: HealthCheck[] }> {
  const content = await contentCheck(context);
  const checks = [nodeCheck(options.nodeVersion), content.check];
  if (content.config === null) return { checks };
  return { checks: [...checks, ...(await workspaceChecks(context, content.config, options.now))] };
}

function nodeCheck(version: string): HealthCheck {
  const problem = nodeVersionProblem(version);
  return problem === null
    ? ok('node', version)
    : fail('node', problem, `Install Node ${oldestNode} or newer.`);
}

async function contentCheck(
  context: Context,
): Promise<{ check: HealthCheck; config: Config | null }> {
  try {
    const content = await readContent(context.contentDir);
    assertConfigured(content);
    const findings = findingsOf(content, context.today);
    const errors = findings.filter(({ severity }) => severity === 'error').length;
    const size = `${content.articles.length} articles in ${content.config.locales.join(', ')}`;
    const check =
      errors === 0
        ? ok('content', size)
        : warn(
            'content',
            `${size}; errors: ${errors}, they hold items back`,
            'kb check lists them.',
          );
    return { check, config: content.config };
  } catch (error) {
    return { check: failed('content', error), config: null };
  }
}

async function workspaceChecks(
  context: Context,
  config: Config,
  now: () => number,
): Promise<HealthCheck[]> {
  let chosen: WorkspaceConfig;
  let snapshot: Snapshot;
  try {
    chosen = chosenWorkspace(config, context.workspaceName);
    const { workspace } = await connect(context, withAnyId(config, chosen));
    snapshot = await workspace.read(nothingBeside);
  } catch (error) {
    return [failed(nameOf(error), error)];
  }
  const address = endpointOf({ ...chosen, workspaceId: anyId }, context.env);
  const onThisMachine = isLoopbackAddress(address);
  return [
    ok('token', `${chosen.tokenEnv} opens "${snapshot.workspace.name}"`),
    regionCheck(chosen, snapshot),
    workspaceCheck(chosen, snapshot, onThisMachine),
    helpCenterCheck(chosen, snapshot, onThisMachine),
    authorCheck(chosen, snapshot),
    clockCheck(snapshot.serverTime, now()),
  ];
}

/** A doctor looks at the workspace, not at what it holds. */
const nothingBeside = { tags: false, audiences: false, internals: false, redirectsOf: () => null };

const anyId = 'any';

/** Connecting refuses a workspace without an id; saying which id it has is what a doctor is for. */
function withAnyId(config: Config, chosen: WorkspaceConfig): Config {
  const workspace = { ...chosen, workspaceId: chosen.workspaceId ?? anyId };
  return { ...config, workspaces: { ...config.workspaces, [chosen.name]: workspace } };
}

/** The check that an error of connecting belongs to. */
function nameOf(error: unknown): string {
  const code = error instanceof KbError ? error.code : '';
  const names = ['token', 'region', 'help-center', 'workspace'] as const;
  return names.find((name) => code.includes(name))?.replace('-', ' ') ?? 'connection';
}

function regionCheck(config: WorkspaceConfig, { workspace }: Snapshot): HealthCheck {
  return config.region === workspace.region
    ? ok('region', workspace.region.toUpperCase())
    : fail(
        'region',
        `kb.yaml says ${config.region.toUpperCase()}, the workspace is in ${workspace.region.toUpperCase()}`,
        `Put right region or token of workspaces.${config.name}.`,
      );
}

function workspaceCheck(
  config: WorkspaceConfig,
  { workspace }: Snapshot,
  onThisMachine: boolean,
): HealthCheck {
  if (config.workspaceId === null) {
    if (onThisMachine) return ok('workspace id', `${workspace.id}, on this machine not verified`);
    return fail(
      'workspace id',
      `kb.yaml names none; the token opens ${workspace.id}`,
      `If that is the one, write workspaceId: ${workspace.id} into workspaces.${config.name}.`,
    );
  }
  return config.workspaceId === workspace.id
    ? ok('workspace id', workspace.id)
    : fail(
        'workspace id',
        `kb.yaml says ${config.workspaceId}, the token opens ${workspace.id}`,
        `Put right workspaceId or token of workspaces.${config.name}.`,
      );
}

function helpCenterCheck(
  config: WorkspaceConfig,
  { helpCenters }: Snapshot,
  onThisMachine: boolean,
): HealthCheck {
  const known = helpCenters.map(({ id, name }) => `${name} (${id})`).join(', ');
  if (config.helpCenter === null) {
    const [first, ...others] = helpCenters;
    if (first === undefined) {
      return fail('help center', 'the workspace has none', 'Create one in Intercom.');
    }
    return onThisMachine && others.length === 0
      ? ok('help center', `${first.name} at ${first.url}, the only one`)
      : warn(
          'help center',
          `kb.yaml names none; the workspace has ${known}`,
          `Write helpCenter: "${first.id}" into workspaces.${config.name}.`,
        );
  }
  const found = helpCenters.find(({ id }) => id === config.helpCenter);
  return found === undefined
    ? fail(
        'help center',
        `kb.yaml says ${config.helpCenter}, the workspace has ${known === '' ? 'none' : known}`,
        `Put right helpCenter of workspaces.${config.name}.`,
      )
    : ok('help center', `${found.name} at ${found.url}`);
}

function authorCheck(config: WorkspaceConfig, { teammates }: Snapshot): HealthCheck {
  const { author } = config;
  if (author === null) {
    return warn(
      'author',
      'kb.yaml names none, so each article needs its own',
      `Write author: <e-mail of a teammate> into workspaces.${config.name}.`,
    );
  }
  return teammates.some(({ email }) => email.toLowerCase() === author.toLowerCase())
    ? ok('author', author)
    : fail(
        'author',
        `${author} is no teammate of this workspace`,
        `Put right author of workspaces.${config.name}.`,
      );
}

const tolerableSeconds = 120;

function clockCheck(serverSeconds: number, nowMs: number): HealthCheck {
  const apart = Math.round(nowMs / 1000 - serverSeconds);
  return Math.abs(apart) <= tolerableSeconds
    ? ok('clock', 'agrees with the server')
    : warn(
        'clock',
        `this machine is ${Math.abs(apart)} s ${apart > 0 ? 'ahead of' : 'behind'} the server`,
        'Set it by a time server: reviews are judged by its date.',
      );
}

function ok(name: string, message: string): HealthCheck {
  return { name, status: 'ok', message, hint: null };
}

function warn(name: string, message: string, hint: string): HealthCheck {
  return { name, status: 'warn', message, hint };
}

function fail(name: string, message: string, hint: string | null): HealthCheck {
  return { name, status: 'fail', message, hint };
}

/** A KbError is what is wrong; anything else is a bug and goes on. */
function failed(name: string, error: unknown): HealthCheck {
  if (!(error instanceof KbError)) throw error;
  return fail(name, error.message, error.hint);
}
