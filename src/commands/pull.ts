import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Article } from '../model/article.ts';
import { KbError } from '../model/kb-error.ts';
import type { RecordedArticle } from '../model/recorded.ts';
import { makePlan } from '../plan/make-plan.ts';
import { isLoopbackAddress } from './connect.ts';
import type { Context } from './context.ts';
import { inputFor } from './plan.ts';
import { type PullRun, pullOne } from './pull-article.ts';
import { pullCollections } from './pull-collections.ts';
import { commitPulled } from './pull-commit.ts';
import { readContexts } from './pull-contexts.ts';
import { PulledImages } from './pull-images.ts';
import { isMovedThere, type MovedArticle, moveDispute, movedFiles, pathIn } from './pull-moves.ts';
import { FileMaker, makeFiles } from './pull-new.ts';
import {
  type LeftThere,
  type Outcome,
  type PullConflict,
  type PulledFile,
  plainOutcome,
} from './pull-outcome.ts';
import { rememberPulled } from './pull-record.ts';
import { openWorkspace, readState, type WorkspaceState } from './workspace-state.ts';

export interface PullWishes {
  /** Ids, paths, files or Intercom ids; none: everything. */
  items: readonly string[];
  /** Commit on a branch of its own? */
  branch: boolean;
  /** Remove the files of what was deleted there? */
  remove: boolean;
}

export interface PullResult {
  files: PulledFile[];
  conflicts: PullConflict[];
  left: readonly LeftThere[];
  /** Images that became files. */
  assets: string[];
  branch: string | null;
}

/**
 * Brings what was changed in Intercom into the files: merged by blocks with what was changed here,
 * with conflict markers where both changed one block. Writes nothing to the workspace.
 * @throws KbError `no-ledger` where nothing tells what was published
 */
export async function pullCommand(context: Context, wishes: PullWishes): Promise<PullResult> {
  const opened = await openWorkspace(context);
  const lease = await opened.ledger.acquire();
  try {
    const state = await readState(context, opened);
    assertRecorded(state);
    const isAsked = askedItems(wishes.items, state);
    const pulled = await pullState(context, state, isAsked, wishes.remove);
    const { outcomes, left, moved, images } = pulled;
    const written = outcomes.filter(({ isWritten }) => isWritten);
    const assets = await writeOutcomes(context, written, images);
    await rememberPulled(context, state, { outcomes, moved }, lease);
    const files = written.map(({ pulled }) => pulled);
    const isCommitted = wishes.branch && files.length > 0;
    const branch = isCommitted ? await commitPulled(context, written, assets) : null;
    const conflicts = outcomes.flatMap((outcome) => outcome.conflicts);
    return { files, conflicts, left, assets, branch };
  } finally {
    await lease.release();
  }
}

/** @throws KbError `no-ledger` where nothing tells what was published */
export function assertRecorded({ recorded }: WorkspaceState): void {
  if (recorded.workspace !== null) return;
  throw new KbError(
    'no-ledger',
    'There is no ledger of this workspace, so nothing tells what was published from here.',
    { hint: 'kb adopt takes over what is live; then kb pull brings edits home.' },
  );
}

/** What the files would be with everything in them that was changed there, and where they would lie. */
export interface PulledState {
  outcomes: readonly Outcome[];
  left: readonly LeftThere[];
  moved: readonly MovedArticle[];
  images: PulledImages;
}

/**
 * What was changed there, as files. Writes nothing; images are fetched from the workspace's own store.
 * @param isAsked told our id, or the Intercom id of what was made there
 * @param remove do the files of what was deleted there go?
 */
export async function pullState(
  context: Context,
  state: WorkspaceState,
  isAsked: IsAsked,
  remove = false,
): Promise<PulledState> {
  const run = await openRun(context, state);
  const maker = new FileMaker(state, run.known);
  const texts = await pullArticles(run, maker, remove, isAsked);
  const internals = await pullInternals(run, isAsked);
  const collections = await pullCollections(context, state, (id) => isAsked(id));
  const created = await makeFiles(run, maker, isAsked);
  const changed = [...texts.outcomes, ...internals.outcomes];
  const settled = await movedFiles(context, state.content, texts.moved, changed);
  return {
    outcomes: [...settled, ...collections.outcomes, ...created],
    left: [...texts.left, ...internals.left, ...collections.left],
    moved: texts.moved,
    images: run.images,
  };
}

async function openRun(context: Context, state: WorkspaceState): Promise<PullRun> {
  const options = { only: null, allow: [], recreate: [] };
  const { addresses } = makePlan(inputFor(context, state, options)).matches;
  const { content, recorded, connection } = state;
  const { endpoint } = connection;
  return {
    context,
    state,
    known: { content, recorded, helpCenterUrl: addresses.helpCenterUrl },
    addresses,
    contexts: await readContexts(context.contentDir),
    images: new PulledImages(
      {
        endpoint,
        isLoopback: isLoopbackAddress(endpoint),
        region: connection.config.region,
        fetch: globalThis.fetch,
        signal: context.signal,
      },
      content,
    ),
  };
}

type IsAsked = (id: string) => boolean;

async function pullArticles(
  run: PullRun,
  maker: FileMaker,
  remove: boolean,
  isAsked: IsAsked,
): Promise<{ outcomes: Outcome[]; left: LeftThere[]; moved: MovedArticle[] }> {
  const { state } = run;
  const live = new Map(state.actual.articles.map((item) => [item.intercomId, item]));
  const outcomes: Outcome[] = [];
  const left: LeftThere[] = [];
  const moved: MovedArticle[] = [];
  for (const [id, entry] of Object.entries(state.recorded.articles)) {
    const article = state.content.articles.find((item) => item.id === id);
    if (!isAsked(id) || article === undefined) continue;
    const there = live.get(entry.intercomId);
    if (there === undefined) {
      if (remove) outcomes.push(...removedFiles(article));
      else left.push(deletedThere(article, entry));
      continue;
    }
    if (isMovedThere(entry, there, state)) {
      const dispute = moveDispute(article, entry);
      if (dispute !== null) left.push(dispute);
      else {
        const folder = maker.folderOf(there.parentId);
        const path = maker.freePath(pathIn(folder, article));
        moved.push({ article, live: there, path });
      }
    }
    for (const text of article.translations) {
      const [recorded, theirs] = [entry.translations[text.locale], there.translations[text.locale]];
      if (recorded === undefined || theirs === undefined) continue;
      const outcome = await pullOne(run, {
        article,
        text,
        path: entry.path,
        intercomId: entry.intercomId,
        recorded,
        live: theirs,
        hasVersions: true,
      });
      if (outcome !== null) outcomes.push(outcome);
    }
  }
  return { outcomes, left, moved };
}

/** Articles for teammates: one of Intercom's for each locale. */
async function pullInternals(
  run: PullRun,
  isAsked: IsAsked,
): Promise<{ outcomes: Outcome[]; left: LeftThere[] }> {
  const { recorded, content, actual } = run.state;
  const outcomes: Outcome[] = [];
  const left: LeftThere[] = [];
  for (const [id, { path, texts }] of Object.entries(recorded.internals)) {
    const article = content.articles.find((item) => item.id === id);
    if (article === undefined || !isAsked(id)) continue;
    for (const text of article.translations) {
      const known = texts[text.locale];
      if (known === undefined) continue;
      const { intercomId, entry } = known;
      const live = actual.internals.find((item) => item.intercomId === intercomId);
      if (live === undefined) {
        left.push(deletedThere(article, { path }, text.locale));
        continue;
      }
      const outcome = await pullOne(run, {
        article,
        text,
        path,
        intercomId,
        recorded: entry,
        live: { ...live.text, locale: text.locale },
        hasVersions: false,
      });
      if (outcome !== null) outcomes.push(outcome);
    }
  }
  return { outcomes, left };
}

/** Which ids are asked for; names are ids, paths, files, or Intercom ids. @throws KbError `item-unknown` */
function askedItems(
  items: readonly string[],
  { content, recorded, actual }: WorkspaceState,
): IsAsked {
  if (items.length === 0) return () => true;
  const plain = items.map((item) => item.replace(/\/+$/, ''));
  const names = new Map<string, string>();
  for (const { id, path, file } of content.collections) {
    for (const name of [id, path, file]) names.set(name, id);
  }
  for (const article of content.articles) {
    names.set(article.id, article.id);
    names.set(article.path, article.id);
    for (const text of article.translations) names.set(text.file, article.id);
  }
  for (const [id, entry] of Object.entries(recorded.articles)) {
    for (const name of [id, entry.path, entry.intercomId]) names.set(name, id);
  }
  for (const { intercomId } of [...actual.articles, ...actual.internals]) {
    if (!names.has(intercomId)) names.set(intercomId, intercomId);
  }
  const ids = new Set(
    plain.map((item) => {
      const known = names.get(item) ?? [...names].find(([name]) => item.endsWith(`/${name}`))?.[1];
      if (known !== undefined) return known;
      throw new KbError('item-unknown', `There is no article "${item}", here or in Intercom.`, {
        hint: 'Name it by its id, its path without locale, its file, or its Intercom id; kb drift lists them.',
      });
    }),
  );
  return (id) => ids.has(id);
}

function deletedThere(
  { id }: Article,
  { path }: Pick<RecordedArticle, 'path'>,
  locale: string | null = null,
): LeftThere {
  return {
    id,
    locale,
    reason: 'deleted in Intercom',
    hint: `kb pull --remove ${id} removes ${path}.*; kb publish --recreate ${id} makes it again.`,
  };
}

function removedFiles({ id, translations }: Article): Outcome[] {
  return translations.map(({ file, locale }) =>
    plainOutcome({ file, id, locale, action: 'removed', losses: [] }, null),
  );
}

/** Writes, moves and removes files. @returns the images that were written beside them */
async function writeOutcomes(
  context: Context,
  outcomes: readonly Outcome[],
  images: PulledImages,
): Promise<string[]> {
  const assets = new Set<string>();
  const place = async (file: string): Promise<string> => {
    const path = join(context.contentDir, file);
    await mkdir(dirname(path), { recursive: true });
    return path;
  };
  for (const { file, source, pulled } of outcomes) {
    if (source === null) {
      await rm(join(context.contentDir, file));
      continue;
    }
    for (const { path, content } of images.filesFor(source, file)) {
      if (!assets.has(path)) await writeFile(await place(path), content);
      assets.add(path);
    }
    await writeFile(await place(file), source);
    if (pulled.from !== undefined) await rm(join(context.contentDir, pulled.from));
  }
  return [...assets];
}
