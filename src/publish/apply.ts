import { exitCodes, KbError } from '../model/kb-error.ts';
import {
  type LedgerPatch,
  type RecordedArticle,
  type RecordedTranslation,
  unknownDigest,
} from '../model/recorded.ts';
import type { LiveArticle } from '../model/snapshot.ts';
import { addressesDigest } from '../plan/addresses.ts';
import type { DesiredArticle, DesiredTranslation } from '../plan/desired.ts';
import { sendsBody } from '../plan/fields.ts';
import { echoOf } from '../plan/live.ts';
import type { Change } from '../plan/plan.ts';
import {
  recordArticle,
  recordCollection,
  recordCollectionText,
  recordTranslation,
} from '../plan/record.ts';
import { applyInternal, deleteInternal } from './apply-internal.ts';
import { applyRedirect, deleteRedirect } from './apply-redirect.ts';
import { intentKey } from './intents.ts';
import { articleWrite, collectionWrite, type RequestContext } from './requests.ts';
import { createCollectionResolved, createResolved, updateResolved } from './resolve.ts';
import type { Run } from './run.ts';
import type { Step } from './steps.ts';
import { storedImages } from './stored-images.ts';

/**
 * Carries out one step against the workspace.
 * @returns a function from a step to what the ledger learns from the answer; it throws KbError when
 *   the step failed
 */
export function createApplier(
  run: Run,
  context: RequestContext,
): (step: Step) => Promise<LedgerPatch> {
  const { workspace, clock, desired, actual } = run;
  const { state } = context;
  const articles = new Map(desired.articles.map((article) => [article.id, article]));
  const collections = new Map(desired.collections.map((collection) => [collection.id, collection]));
  const known = new Set([
    ...actual.articles.map((live) => live.intercomId),
    ...actual.collections.map((live) => live.intercomId),
    ...actual.internals.map((live) => live.intercomId),
  ]);
  const isKnown = (intercomId: string) => known.has(intercomId);

  function assertDefaultLocale(told: string | null): void {
    if (told === null || told === context.defaultLocale) return;
    throw new KbError(
      'default-locale',
      `The help center's default locale is ${told}, expected ${context.defaultLocale}.`,
      {
        hint: `Set defaultLocale: ${told} in kb.yaml, or change the default in Intercom; then run kb plan.`,
        exitCode: exitCodes.failed,
      },
    );
  }

  async function applyArticle(step: Step): Promise<LedgerPatch> {
    const article = articles.get(step.id) ?? null;
    const before = state.recordedArticle(step.id);
    const there = state.liveArticle(step.id);
    const intercomId = state.articleIntercomId(step.id);
    const isCreate = step.changes.some((change) => change.action === 'create');
    const authorId = authorOf(article, there, isCreate, step);
    const write = articleWrite(article, step.changes, authorId, context);
    const sent = addressesSent(article, step);
    const live =
      isCreate || intercomId === null
        ? await createResolved(workspace, clock, write, actual.serverTime, isKnown)
        : await updateResolved(workspace, clock, intercomId, write);
    known.add(live.intercomId);
    state.learnArticle(step.id, live);
    if (isCreate) assertDefaultLocale(live.defaultLocale);
    if (article === null) return removedPatch(step, before, live);
    const translations = { ...(isCreate ? {} : before?.translations) };
    for (const change of step.changes) {
      if (change.locale === null) continue;
      const stored = live.translations[change.locale];
      const text = article.translations.find((item) => item.locale === change.locale);
      const recorded = before?.translations[change.locale];
      if (stored === undefined) continue;
      if (text !== undefined && (recorded === undefined || isOurs(text, recorded, change))) {
        translations[change.locale] = {
          ...recordTranslation(text, stored, state.addresses, desired.commit),
          addresses: sent.get(change.locale) ?? recorded?.addresses ?? unknownDigest,
        };
      } else if (recorded !== undefined) {
        // Withheld, or without a file now: the version that stays, with what was taken from it.
        const { publication, availability } = stored;
        translations[change.locale] = {
          ...recorded,
          publication,
          availability,
          echo: echoOf(stored),
        };
      }
    }
    return {
      key: intentKey(step),
      articles: {
        [step.id]: {
          ...recordArticle(article, live, translations),
          tags: before?.tags ?? live.tags.map((tag) => tag.name).sort(),
          ...(before === null || sendsAuthor(step) ? {} : { authorId: before.authorId }),
          ...placeAfter(article, before, live, step),
          ...reviewedAfter(article, before, step),
        },
      },
      articleTombstones: { [step.id]: null },
      assets: storedImages(article, write, live, state.addresses),
    };
  }

  /** The addresses in each body, as of now: answers may bring new ones before this one is recorded. */
  function addressesSent(article: DesiredArticle | null, step: Step): Map<string, string> {
    const bodies = new Set(step.changes.filter(sendsBody).map((change) => change.locale));
    return new Map(
      (article?.translations ?? [])
        .filter((text) => bodies.has(text.locale))
        .map((text) => [text.locale, addressesDigest(text, state.addresses)]),
    );
  }

  /** Whom to name: the author of the article, or on the UI's fields whoever stands there. */
  function authorOf(
    article: DesiredArticle | null,
    there: LiveArticle | null,
    isCreate: boolean,
    step: Step,
  ): string | null {
    const liveAuthor = there?.authorId ?? null;
    if (article === null) return liveAuthor;
    const isChanged = step.changes.some((change) => change.fields.some((f) => f.name === 'author'));
    if (isCreate || isChanged) return run.authorId(article);
    return liveAuthor ?? run.authorId(article);
  }

  function removedPatch(
    step: Step,
    before: RecordedArticle | null,
    live: LiveArticle,
  ): LedgerPatch {
    if (before === null) return { key: intentKey(step), articles: { [step.id]: null } };
    const translations = Object.fromEntries(
      Object.entries(before.translations).map(([locale, recorded]) => {
        const stored = live.translations[locale];
        if (stored === undefined) return [locale, recorded];
        const { publication, availability } = stored;
        return [locale, { ...recorded, publication, availability, echo: echoOf(stored) }];
      }),
    );
    return {
      key: intentKey(step),
      articles: { [step.id]: null },
      articleTombstones: {
        [step.id]: {
          on: run.planned.plan.today,
          deleted: false,
          last: { ...before, translations },
        },
      },
    };
  }

  async function applyCollection(step: Step): Promise<LedgerPatch> {
    const collection = collections.get(step.id);
    if (collection === undefined) throw bug(step);
    const intercomId = state.collectionIntercomId(step.id);
    const write = collectionWrite(collection, step.changes, context);
    const live =
      intercomId === null
        ? await createCollectionResolved(workspace, clock, write, actual.serverTime, isKnown)
        : await workspace.updateCollection(intercomId, write);
    known.add(live.intercomId);
    state.learnCollection(step.id, live.intercomId);
    if (intercomId === null) assertDefaultLocale(live.defaultLocale);
    const entry = run.planned.matches.collections.get(step.id)?.recorded ?? null;
    const before = entry?.texts ?? {};
    const repaired = run.planned.repairs.findLast((patch) => patch.collections?.[step.id] != null);
    const texts = { ...before, ...repaired?.collections?.[step.id]?.texts };
    for (const change of step.changes) {
      const text = collection.texts.find((item) => item.locale === change.locale);
      const stored = change.locale === null ? undefined : live.texts[change.locale];
      if (text !== undefined && stored !== undefined) {
        texts[text.locale] = recordCollectionText(text, stored);
      }
    }
    return {
      key: intentKey(step),
      collections: {
        [step.id]: {
          ...recordCollection(collection, live, texts),
          ...(isPlacedBy(step) || entry === null
            ? {}
            : { parentId: entry.parentId, parentIntercomId: entry.parentIntercomId }),
        },
      },
      collectionTombstones: { [step.id]: null },
    };
  }

  async function applyTagging(step: Step): Promise<LedgerPatch> {
    const intercomId = state.articleIntercomId(step.id);
    const entry = state.recordedArticle(step.id);
    const field = step.changes[0]?.fields.find((item) => item.name === 'tags');
    if (intercomId === null || field === undefined) throw bug(step);
    const before = field.before as readonly string[];
    const after = field.after as readonly string[];
    for (const name of after.filter((tag) => !before.includes(tag))) {
      await workspace.tagArticle(intercomId, tagIdOf(name, step));
    }
    for (const name of before.filter((tag) => !after.includes(tag))) {
      await workspace.untagArticle(intercomId, tagIdOf(name, step));
    }
    return {
      key: intentKey(step),
      ...(entry === null ? {} : { articles: { [step.id]: { ...entry, tags: after } } }),
    };
  }

  function tagIdOf(name: string, step: Step): string {
    const tagId = state.tagId(name);
    if (tagId === null) throw bug(step);
    return tagId;
  }

  async function applyAsset(step: Step): Promise<LedgerPatch> {
    const asset = [...desired.assets.values()].find((item) => item.path === step.id);
    if (asset === undefined) throw bug(step);
    await run.store.put(asset, await run.readAsset(asset));
    const url = run.store.address(asset);
    return { key: intentKey(step), assets: { [asset.hash]: { url, stored: null } } };
  }

  return async (step) => {
    switch (step.kind) {
      case 'article':
        return applyArticle(step);
      case 'collection':
        return applyCollection(step);
      case 'internal':
        return applyInternal(step, articles.get(step.id) ?? null, run, context, isKnown);
      case 'delete-internal':
        return deleteInternal(step, run, context);
      case 'redirect':
        return applyRedirect(step, run, context);
      case 'delete-redirect':
        return deleteRedirect(step, run, context);
      case 'tagging':
        return applyTagging(step);
      case 'asset':
        return applyAsset(step);
      case 'tag': {
        const tag = await workspace.createTag(step.id);
        state.learnTag(tag.name, tag.id);
        return { key: intentKey(step) };
      }
      case 'delete-article': {
        const last = state.recordedArticle(step.id);
        if (last === null) throw bug(step);
        await workspace.deleteArticle(last.intercomId);
        return {
          key: intentKey(step),
          articles: { [step.id]: null },
          articleTombstones: { [step.id]: { on: run.planned.plan.today, deleted: true, last } },
        };
      }
      case 'delete-collection': {
        const last = run.recorded.collections[step.id];
        if (last === undefined) throw bug(step);
        await workspace.deleteCollection(last.intercomId);
        return {
          key: intentKey(step),
          collections: { [step.id]: null },
          collectionTombstones: { [step.id]: { on: run.planned.plan.today, deleted: true, last } },
        };
      }
    }
  };
}

/** Is what is live now this text? Withdrawals touch texts that wait for their review, or are held. */
function isOurs(text: DesiredTranslation, recorded: RecordedTranslation, change: Change): boolean {
  if (recorded.articleDigest === text.articleDigest) return true;
  const isSent = change.fields.some((field) => contentFields.has(field.name));
  return text.gates.helpCenter && (isSent || recorded.textDigest === text.textDigest);
}

const contentFields = new Set(['title', 'description', 'body', 'links']);

function sendsAuthor(step: Step): boolean {
  return step.changes.some(
    (change) =>
      change.action === 'create' || change.fields.some((field) => field.name === 'author'),
  );
}

/**
 * What a review covers beside the texts. A write that sends nothing reviewed (a move, a withdrawal)
 * leaves them as they were recorded; a stricter visibility needs no review.
 */
function reviewedAfter(
  article: DesiredArticle,
  before: RecordedArticle | null,
  step: Step,
): Pick<RecordedArticle, 'visibility' | 'finAudiences'> {
  const { visibility, finAudiences } = article;
  if (before === null) return { visibility, finAudiences };
  const has = (name: string) =>
    step.changes.some((change) => change.fields.some((field) => field.name === name));
  const isCreate = step.changes.some((change) => change.action === 'create');
  const isReviewed = step.changes.some((change) =>
    article.translations.some((text) => text.locale === change.locale && text.gates.helpCenter),
  );
  return {
    visibility: visibility !== 'public' || isReviewed ? visibility : before.visibility,
    finAudiences: isCreate || has('finAudiences') ? finAudiences : before.finAudiences,
  };
}

/** Where the article now is: a move that was not part of this write leaves the old place recorded. */
function placeAfter(
  article: DesiredArticle,
  before: RecordedArticle | null,
  live: LiveArticle,
  step: Step,
): Pick<RecordedArticle, 'collectionId' | 'parentIntercomId'> {
  return isPlacedBy(step) || before === null
    ? { collectionId: article.collectionId, parentIntercomId: live.parentId }
    : { collectionId: before.collectionId, parentIntercomId: before.parentIntercomId };
}

function isPlacedBy(step: Step): boolean {
  return step.changes.some(
    (change) =>
      change.action === 'create' || change.fields.some((field) => field.name === 'collection'),
  );
}

function bug(step: Step): Error {
  return new Error(`step ${intentKey(step)} has nothing to work on`);
}
