import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KbError } from '../model/kb-error.ts';
import type { Profile } from '../model/profile.ts';
import type { LiveArticle, Snapshot } from '../model/snapshot.ts';
import { chosenHelpCenter } from '../plan/help-center.ts';
import type { ArticleWrite, Workspace } from '../publish/ports.ts';
import type { Context } from './context.ts';
import { stateDir } from './ledger-store.ts';
import { learn, type Probe, probeBody, profileOf } from './probe-body.ts';
import { type OpenedWorkspace, openWorkspace } from './workspace-state.ts';

export interface ProbeResult {
  profile: Profile;
  probes: (Probe & { before: string; isChanged: boolean })[];
  /** Where the profile was written. */
  file: string;
}

/**
 * Sends a torture article as a draft, reads it back, deletes it, and learns how this workspace
 * rewrites HTML. The draft is deleted whatever happens; readers and the AI never see it.
 * @param wishes.image an image Intercom can fetch; when it cannot, habits of images stay as they were
 */
export async function probeCommand(
  context: Context,
  wishes: { image: string },
): Promise<ProbeResult> {
  const opened = await openWorkspace(context);
  const actual = await opened.connection.workspace.read({
    tags: false,
    audiences: false,
    internals: false,
    redirectsOf: () => null,
  });
  const { stored, parts } = await storedProbe(opened, actual, wishes.image);
  const before = opened.profile;
  const probes = learn(stored, parts);
  const profile = profileOf(probes, before);
  const folder = stateDir(context);
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${opened.connection.config.name}.profile.json`);
  await writeFile(file, `${JSON.stringify(profile, null, 2)}\n`);
  return {
    profile,
    probes: probes.map((probe) => ({
      ...probe,
      before: before[probe.habit],
      isChanged: profile[probe.habit] !== before[probe.habit],
    })),
    file,
  };
}

type Parts = Parameters<typeof probeBody>[0];

/** Some parts may be refused, and with them the whole article: then the next body goes without one. */
async function storedProbe(
  opened: OpenedWorkspace,
  actual: Snapshot,
  image: string,
): Promise<{ stored: string; parts: Parts }> {
  const attempts: Parts[] = [
    { nestedLists: true, image },
    { nestedLists: false, image },
    { nestedLists: true, image: null },
    { nestedLists: false, image: null },
  ];
  let refusal: unknown = null;
  for (const parts of attempts) {
    try {
      return { stored: await sentAndRead(opened, actual, probeBody(parts)), parts };
    } catch (error) {
      if (!(error instanceof KbError) || !isRefusal(error)) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

/** Only a body that was refused can be better without a part. */
function isRefusal({ code }: KbError): boolean {
  return code === 'rejected';
}

const title = 'Probe of kb: a draft that is deleted at once';

/** Creates the draft; where the answer was lost, what it may have made is deleted. */
async function created(
  workspace: Workspace,
  write: ArticleWrite,
  serverTime: number,
): Promise<LiveArticle> {
  try {
    return await workspace.createArticle(write);
  } catch (error) {
    if (!(error instanceof KbError) || isRefusal(error)) throw error;
    for (const live of await workspace.articlesCreatedSince(serverTime)) {
      const text = live.translations[write.defaultLocale];
      if (text?.title === title) await workspace.deleteArticle(live.intercomId);
    }
    throw error;
  }
}

async function sentAndRead(
  { connection, content }: OpenedWorkspace,
  actual: Snapshot,
  body: string,
): Promise<string> {
  const { workspace, config } = connection;
  const told = actual.articles.find((article) => article.defaultLocale !== null)?.defaultLocale;
  const defaultLocale = told ?? content.config.defaultLocale;
  const author =
    actual.teammates.find(({ email }) => email === config.author) ?? actual.teammates[0];
  const helpCenter = chosenHelpCenter(config, actual.helpCenters);
  const write: ArticleWrite = {
    defaultLocale,
    isMultilingual: (helpCenter?.locales.length ?? 1) > 1,
    ...(author === undefined ? {} : { authorId: author.id }),
    translations: {
      [defaultLocale]: {
        title,
        body,
        publication: 'draft',
        ...(author === undefined ? {} : { authorId: author.id }),
      },
    },
  };
  const made = await created(workspace, write, actual.serverTime);
  try {
    const read = await workspace.readArticle(made.intercomId);
    return read?.translations[defaultLocale]?.body ?? '';
  } finally {
    await workspace.deleteArticle(made.intercomId);
  }
}
