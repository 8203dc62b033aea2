import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../model/config.ts';
import { KbError } from '../model/kb-error.ts';
import { defaultProfile, type Profile, profileFrom } from '../model/profile.ts';
import type { Recorded } from '../model/recorded.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { chosenHelpCenter, redirectsInside } from '../plan/help-center.ts';
import type { AssetStore, Families, Journal, Ledger } from '../publish/ports.ts';
import { recovered } from '../publish/recover.ts';
import { lastCommit } from '../repository/index.ts';
import { assetStoreFor } from './asset-store.ts';
import { type Connection, connect } from './connect.ts';
import type { Context } from './context.ts';
import { desiredOf, type ReadDesired, readConfigured } from './desired.ts';
import { openLedger, stateDir } from './ledger-store.ts';
import { type BreakGlass, readProofs } from './proof/read-proofs.ts';

/** Everything that planning for one workspace needs, read. */
export interface WorkspaceState extends OpenedWorkspace {
  /** With what an interrupted run left behind. */
  recorded: Recorded;
  journal: Journal | null;
  actual: Snapshot;
}

/** Content, connection and ledger of the chosen workspace; nothing of it has been read yet. */
export interface OpenedWorkspace extends ReadDesired {
  connection: Connection;
  ledger: Ledger;
  profile: Profile;
  store: AssetStore;
}

/** Reads git, ledger, profile and the workspace: one consistent state of all three sides. */
export async function readWorkspaceState(
  context: Context,
  breakGlass: BreakGlass | null = null,
): Promise<WorkspaceState> {
  return readState(context, await openWorkspace(context, breakGlass));
}

/** Reads git and settings, and connects. Whoever writes takes the lease between this and {@link readState}. */
export async function openWorkspace(
  context: Context,
  breakGlass: BreakGlass | null = null,
): Promise<OpenedWorkspace> {
  const content = await readConfigured(context.contentDir);
  const parts = await connected(context, content.config);
  // Approvals that were recorded need no proof again; what a run under way adds is proven like the rest.
  const proofs = await readProofs(context, content, parts.ledger, breakGlass);
  const commit = await lastCommit(context.contentDir);
  return { content, desired: desiredOf(content, context.today, commit, proofs), ...parts };
}

/** The same for content that is read and judged already. */
export async function openWorkspaceWith(
  context: Context,
  read: ReadDesired,
): Promise<OpenedWorkspace> {
  return { ...read, ...(await connected(context, read.content.config)) };
}

async function connected(
  context: Context,
  config: Config,
): Promise<Omit<OpenedWorkspace, keyof ReadDesired>> {
  const connection = await connect(context, config);
  const store = await assetStoreFor(config, connection, context);
  const profile = await readProfile(context, connection.config.name);
  const ledger = await openLedger(context, config, connection.config.name);
  return { connection, ledger, profile, store };
}

/** Reads the ledger and what is live. */
export async function readState(
  context: Context,
  opened: OpenedWorkspace,
): Promise<WorkspaceState> {
  const { connection } = opened;
  const { recorded, journal } = await opened.ledger.read();
  context.verbose(`reading ${connection.host}`);
  const actual = await connection.workspace.read(familiesOf(opened, connection, recorded));
  return { ...opened, actual, journal, recorded: recovered(recorded, journal, actual) };
}

/** The listings that content, ledger and configuration need: a family nobody uses is not read. */
function familiesOf(
  { content }: ReadDesired,
  { config: workspace }: Connection,
  recorded: Recorded,
): Families {
  const { articles, config } = content;
  const isOurs = (field: 'tags' | 'finAudiences') => !config.uiOwned.includes(field);
  return {
    tags: isOurs('tags') && articles.some((article) => (article.tags ?? []).length > 0),
    audiences:
      isOurs('finAudiences') &&
      (articles.some((article) => article.finAudiences.length > 0) ||
        Object.values(recorded.articles).some((entry) => entry.finAudiences.length > 0)),
    internals:
      articles.some((article) => article.visibility === 'internal') ||
      Object.keys(recorded.internals).length > 0,
    redirectsOf(helpCenters) {
      const center = chosenHelpCenter(workspace, helpCenters);
      if (center === null) return null;
      const urls = articles.flatMap((article) =>
        article.translations.flatMap((text) => text.redirects),
      );
      const isUsed =
        redirectsInside(urls, center.url).length > 0 || Object.keys(recorded.redirects).length > 0;
      return isUsed ? center.id : null;
    },
  };
}

/**
 * What was recorded, without a connection to the workspace; null where nothing ever was.
 * For plans that get no token: the ledger is read, never written.
 */
export async function readRecorded(
  context: Context,
  config: Config,
  workspaceName: string,
): Promise<Recorded | null> {
  const ledger = await openLedger(context, config, workspaceName);
  const { recorded } = await ledger.read();
  return recorded.workspace === null ? null : recorded;
}

/**
 * How this workspace rewrites HTML, as `.kb/<workspace>.profile.json` says; without the file the default.
 * @throws KbError `profile` naming the habit and its values
 */
export async function readProfile(context: Context, workspaceName: string): Promise<Profile> {
  const file = join(stateDir(context), `${workspaceName}.profile.json`);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return defaultProfile;
    throw error;
  }
  const data = parsedObject(text);
  if (data === null) {
    throw new KbError('profile', `${file} is not a JSON object of habits.`, {
      hint: 'Remove it to use the default profile.',
      location: { file },
    });
  }
  const { profile, problems } = profileFrom(data);
  const [first] = problems;
  if (first === undefined) return profile;
  throw new KbError(
    'profile',
    `${first.habit} is "${first.found}", expected ${first.expected.join(' or ')}.`,
    { hint: 'Correct the value, or remove the line to use the default.', location: { file } },
  );
}

function parsedObject(text: string): Record<string, unknown> | null {
  try {
    const data: unknown = JSON.parse(text);
    return data !== null && typeof data === 'object' && !Array.isArray(data)
      ? (data as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
