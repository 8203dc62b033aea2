import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalHash, predict } from '../markdown/index.ts';
import type { Article, Translation } from '../model/article.ts';
import type { RecordedTranslation } from '../model/recorded.ts';
import type { LiveTranslation } from '../model/snapshot.ts';
import { allInlines } from '../model/tree-text.ts';
import { type Addresses, bodyHtml, targetsOf } from '../plan/addresses.ts';
import { driftedFields, echoOf, isBlank, storedTree } from '../plan/live.ts';
import type { Context } from './context.ts';
import type { Identities } from './live-identities.ts';
import { bodyOf, type MergeBase, readBase } from './merge-base.ts';
import type { ContextOf } from './pull-contexts.ts';
import { newImages, type PulledImages } from './pull-images.ts';
import type { Outcome } from './pull-outcome.ts';
import { type PulledText, type PullText, pullText } from './pull-text.ts';
import { readStoredBefore, readVersions } from './stored-before.ts';
import type { WorkspaceState } from './workspace-state.ts';

/** What pulling any text of a run needs. */
export interface PullRun {
  context: Context;
  state: WorkspaceState;
  known: Identities;
  addresses: Addresses;
  contexts: ContextOf;
  images: PulledImages;
}

/** One text, as recorded and as it is there. */
export interface TextPull {
  article: Article;
  text: Translation;
  /** Where it was when it was published, without locale. */
  path: string;
  intercomId: string;
  recorded: RecordedTranslation;
  live: LiveTranslation;
  /** Has it versions to ask for? Internal articles have none. */
  hasVersions: boolean;
}

/** Merges what was changed there into a text's file; null where nothing was, or the file says it already. */
export async function pullOne(run: PullRun, pull: TextPull): Promise<Outcome | null> {
  const { context, state, contexts } = run;
  const { article, text, recorded, live } = pull;
  if (isBlank(live) || driftedFields(live, recorded.echo).length === 0) return null;
  const source = await readFile(join(context.contentDir, text.file), 'utf8');
  const markdown = contexts({ file: text.file, articleId: article.id, locale: text.locale });
  const base = await readBase(context, state.connection.config.name, {
    id: article.id,
    locale: text.locale,
    file: text.file,
    path: pull.path,
    body: bodyOf(source),
    description: text.description,
    recorded,
    markdown,
  });
  const stored = await storedBefore(run, pull);
  if (stored === null && base !== null) warnOfProfile(run, pull, base);
  const input: PullText = {
    text,
    source,
    recorded,
    live,
    stored,
    base,
    markdown,
    linkedAnchors: linkedAnchors(state, article.id, text.locale),
    known: run.known,
    addresses: run.addresses,
    profile: state.profile,
  };
  const result = await withImages(run, input, pullText(input));
  if (result.source === source && result.isLive) return null;
  return outcomeOf(pull, source, result);
}

/** The same with images that are new there as files, where they can be had. */
async function withImages(run: PullRun, input: PullText, result: PulledText): Promise<PulledText> {
  const { images } = run;
  const wanted = newImages(bodyOf(result.source), bodyOf(input.source), input.markdown);
  if (wanted.length === 0) return result;
  const losses = await images.fetch(input.live.body, wanted);
  const again = pullText({
    ...input,
    known: images.identities(input.known),
    markdown: images.context(input.markdown, input.text.file),
  });
  return { ...again, losses: [...again.losses, ...losses] };
}

function outcomeOf({ article, text, live }: TextPull, source: string, result: PulledText): Outcome {
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

/** The body as it was stored after our last write, from the versions of the text. */
async function storedBefore(run: PullRun, pull: TextPull): Promise<string | null> {
  const { recorded, live, intercomId, text, hasVersions } = pull;
  if (echoOf(live).body === recorded.echo.body) return live.body;
  if (!hasVersions) return null;
  const { workspace } = run.state.connection;
  const place = { intercomId, locale: text.locale };
  const versions = await readVersions(workspace, place);
  return readStoredBefore(workspace, place, versions, recorded.echo.body);
}

/**
 * Where no version tells what was stored, only the profile does. When it is known to be wrong, blocks
 * may look edited that nobody edited: that is said.
 */
function warnOfProfile(
  { context, state, addresses }: PullRun,
  pull: TextPull,
  base: MergeBase,
): void {
  const { text, recorded } = pull;
  const isRehosted =
    state.profile.imageHosting === 'rehosted' &&
    allInlines(base.tree).some((inline) => inline.type === 'image');
  if (isRehosted) return;
  const html = predict(
    bodyHtml({ ...text, body: base.tree }, addresses, state.profile),
    state.profile,
  );
  if (canonicalHash(storedTree(html)) === recorded.echo.body) return;
  context.warn(
    `${text.file}: Intercom stored it in another way than the profile says, so pull may rewrite blocks that nobody edited. Look at the diff; kb probe learns the profile.`,
  );
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
