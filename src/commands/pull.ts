import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Article, Translation } from '../model/article.ts';
import { KbError } from '../model/kb-error.ts';
import type { RecordedArticle } from '../model/recorded.ts';
import type { LiveArticle } from '../model/snapshot.ts';
import type { Addresses } from '../plan/addresses.ts';
import { targetsOf } from '../plan/addresses.ts';
import { driftedFields, echoOf, isBlank } from '../plan/live.ts';
import { makePlan } from '../plan/make-plan.ts';
import { commitOnBranch, isBranch } from '../repository/history/commit-files.ts';
import type { Context } from './context.ts';
import type { Identities } from './live-identities.ts';
import { bodyOf, readBase } from './merge-base.ts';
import { inputFor } from './plan.ts';
import { type ContextOf, readContexts } from './pull-contexts.ts';
import { type PullConflict, type PullOutcome, remember } from './pull-ledger.ts';
import { newFiles, type PulledFile } from './pull-new.ts';
import { pullText } from './pull-text.ts';
import { openWorkspace, readState, type WorkspaceState } from './workspace-state.ts';

/** What was changed there and is not a matter of files. */
export interface LeftThere {
  id: string;
  locale: string | null;
  reason: string;
  hint: string;
}

export interface PullResult {
  files: PulledFile[];
  conflicts: PullConflict[];
  left: LeftThere[];
  branch: string | null;
}

/**
 * Brings what was changed in Intercom into the files: merged by blocks with what was changed here,
 * with conflict markers where both changed one block. Writes nothing to the workspace.
 * @throws KbError `no-ledger` where nothing tells what was published
 */
export async function pullCommand(
  context: Context,
  wishes: { items: readonly string[]; branch: boolean },
): Promise<PullResult> {
  const opened = await openWorkspace(context);
  const lease = await opened.ledger.acquire();
  try {
    const state = await readState(context, opened);
    assertRecorded(state);
    const isAsked = askedItems(wishes.items, state);
    const { outcomes, left } = await pullState(context, state, isAsked);
    const written = outcomes.filter(({ isWritten }) => isWritten);
    for (const { file, source } of written) await writeText(context, file, source);
    await remember(context, state, outcomes, lease);
    const files = written.map(({ pulled }) => pulled);
    const branch = wishes.branch && files.length > 0 ? await commit(context, written) : null;
    return { files, conflicts: outcomes.flatMap(({ conflicts }) => conflicts), left, branch };
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

/**
 * What the files would be with everything in them that was changed there. Reads only.
 * @param isAsked told our id, or the Intercom id of what was made there
 */
export async function pullState(
  context: Context,
  state: WorkspaceState,
  isAsked: (id: string, path: string) => boolean,
): Promise<{ outcomes: PullOutcome[]; left: LeftThere[] }> {
  const options = { only: null, allow: [], recreate: [] };
  const planned = makePlan(inputFor(context, state, options));
  const { addresses } = planned.matches;
  const known: Identities = {
    content: state.content,
    recorded: state.recorded,
    helpCenterUrl: addresses.helpCenterUrl,
  };
  const contexts = await readContexts(context.contentDir);
  const live = new Map(state.actual.articles.map((item) => [item.intercomId, item]));
  const outcomes: PullOutcome[] = [];
  const left: LeftThere[] = [];
  for (const [id, entry] of Object.entries(state.recorded.articles)) {
    if (!isAsked(id, entry.path)) continue;
    const article = state.content.articles.find((item) => item.id === id);
    const there = live.get(entry.intercomId);
    if (there === undefined || article === undefined) {
      left.push(...notHere(id, entry, article, there));
      continue;
    }
    if (there.parentId !== entry.parentIntercomId) {
      left.push({
        id,
        locale: null,
        reason: 'moved to another collection in Intercom',
        hint: `Move ${entry.path}.* to that collection's folder, or kb publish moves it back.`,
      });
    }
    for (const text of article.translations) {
      const outcome = await pullOne({
        context,
        state,
        article,
        text,
        entry,
        there,
        known,
        addresses,
        contexts,
      });
      if (outcome !== null) outcomes.push(outcome);
    }
  }
  const created = await newFiles(context, state, known, isAsked);
  for (const made of created) {
    outcomes.push({
      ...made,
      conflicts: [],
      base: null,
      isMixed: made.made !== null,
      isWritten: true,
    });
  }
  return { outcomes, left };
}

/** Which ids are asked for; names are ids, paths, files, or Intercom ids. @throws KbError `item-unknown` */
function askedItems(
  items: readonly string[],
  { content, recorded, actual }: WorkspaceState,
): (id: string, path: string) => boolean {
  if (items.length === 0) return () => true;
  const plain = items.map((item) => item.replace(/\/+$/, ''));
  const names = new Map<string, string>();
  for (const article of content.articles) {
    names.set(article.id, article.id);
    names.set(article.path, article.id);
    for (const text of article.translations) names.set(text.file, article.id);
  }
  for (const [id, entry] of Object.entries(recorded.articles)) {
    names.set(id, id);
    names.set(entry.path, id);
    names.set(entry.intercomId, id);
  }
  for (const { intercomId } of actual.articles) {
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

function notHere(
  id: string,
  entry: RecordedArticle,
  article: Article | undefined,
  there: LiveArticle | undefined,
): LeftThere[] {
  if (there === undefined && article !== undefined) {
    return [
      {
        id,
        locale: null,
        reason: 'deleted in Intercom',
        hint: `Remove ${entry.path}.*, or kb publish --recreate ${id} makes it again.`,
      },
    ];
  }
  return [];
}

interface OnePull {
  context: Context;
  state: WorkspaceState;
  article: Article;
  text: Translation;
  entry: RecordedArticle;
  there: LiveArticle;
  known: Identities;
  addresses: Addresses;
  contexts: ContextOf;
}

async function pullOne(pull: OnePull): Promise<PullOutcome | null> {
  const { context, state, article, text, entry, there, known, addresses, contexts } = pull;
  const recorded = entry.translations[text.locale];
  const live = there.translations[text.locale];
  if (recorded === undefined || live === undefined || isBlank(live)) return null;
  if (driftedFields(live, recorded.echo).length === 0) return null;
  const source = await readFile(join(context.contentDir, text.file), 'utf8');
  const workspace = state.connection.config.name;
  const markdown = contexts({ file: text.file, articleId: article.id, locale: text.locale });
  const base = await readBase(context, workspace, {
    id: article.id,
    locale: text.locale,
    file: text.file,
    path: entry.path,
    body: bodyOf(source),
    recorded,
    markdown,
  });
  const result = pullText({
    text,
    source,
    recorded,
    live,
    base,
    markdown,
    linkedAnchors: linkedAnchors(state, article.id, text.locale),
    known,
    addresses,
    profile: state.profile,
  });
  if (result.source === source && result.isLive) return null;
  const conflicts = result.conflicts.map((conflict) => ({
    ...conflict,
    file: text.file,
    id: article.id,
    locale: text.locale,
  }));
  return {
    file: text.file,
    source: result.source,
    pulled: {
      file: text.file,
      id: article.id,
      locale: text.locale,
      action: conflicts.length > 0 ? 'conflict' : 'updated',
      losses: result.losses,
    },
    conflicts,
    base:
      result.theirBody === null
        ? null
        : { id: article.id, locale: text.locale, echo: echoOf(live).body, text: result.theirBody },
    isMixed: !result.isLive,
    isWritten: result.source !== source,
    made: null,
  };
}

function linkedAnchors(
  { content }: WorkspaceState,
  articleId: string,
  locale: string,
): Set<string> {
  const linked = new Set<string>();
  for (const article of content.articles) {
    for (const text of article.translations) {
      for (const target of targetsOf(text.body)) {
        const isOwn = article.id === articleId && text.locale === locale;
        if (target.kind === 'anchor' && isOwn) linked.add(target.anchor);
        const isHere =
          target.kind === 'article' &&
          target.id === articleId &&
          (target.locale ?? text.locale) === locale;
        if (isHere && target.anchor !== null) linked.add(target.anchor);
      }
    }
  }
  return linked;
}

async function writeText(context: Context, file: string, text: string): Promise<void> {
  const path = join(context.contentDir, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

async function commit(context: Context, outcomes: readonly PullOutcome[]): Promise<string> {
  const stem = `kb-pull/${context.today}`;
  let branch = stem;
  for (let number = 2; await isBranch(context.contentDir, branch); number++)
    branch = `${stem}-${number}`;
  const files = outcomes.map(({ pulled }) => pulled);
  const created = files.filter(({ action }) => action === 'created').length;
  const edited = files.length - created;
  const parts = [
    ...(edited === 0 ? [] : [`${edited} edited`]),
    ...(created === 0 ? [] : [`${created} new`]),
  ];
  const lines = files.map(
    ({ file, action }) => `- ${file}${action === 'updated' ? '' : ` (${action})`}`,
  );
  const message = `Bring edits made in Intercom into the files: ${parts.join(', ')}\n\n${lines.join('\n')}\n\nNot reviewed yet.\n`;
  await commitOnBranch(
    context.contentDir,
    branch,
    files.map(({ file }) => file),
    message,
  );
  return branch;
}
