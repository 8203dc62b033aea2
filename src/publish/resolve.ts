import { canonical } from '../markdown/index.ts';
import { sha256 } from '../model/hash.ts';
import { exitCodes, KbError } from '../model/kb-error.ts';
import type { LiveArticle, LiveCollection, LiveInternal, LiveRedirect } from '../model/snapshot.ts';
import type { Tree } from '../model/tree.ts';
import { treeText } from '../model/tree-text.ts';
import { identify } from '../plan/live.ts';
import type {
  ArticleWrite,
  Clock,
  CollectionWrite,
  InternalWrite,
  RedirectWrite,
  Workspace,
} from './ports.ts';

const attempts = 4;
const pauseMs = 500;

/** After these errors a write may have been carried out. */
export function isAmbiguous(error: unknown): boolean {
  return (
    error instanceof KbError && ['remote-ambiguous', 'not-json', 'unreachable'].includes(error.code)
  );
}

/**
 * Sends a write whose answer may be lost. Never repeated blindly: what the lost request did is read
 * first, and only if it did nothing is it sent again.
 * @param find what the lost request made or changed; null: nothing
 */
async function resolved<T>(
  clock: Clock,
  send: () => Promise<T>,
  find: () => Promise<T | null>,
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await send();
    } catch (error) {
      if (!isAmbiguous(error)) throw error;
      const found = await find();
      if (found !== null) return found;
      if (tried >= attempts) throw error;
      await clock.sleep(pauseMs * tried);
    }
  }
}

/** Creates an article; after a lost answer takes the one with this title that nobody knew before. */
export function createResolved(
  workspace: Workspace,
  clock: Clock,
  write: ArticleWrite,
  since: number,
  isKnown: (intercomId: string) => boolean,
): Promise<LiveArticle> {
  const title = write.translations[write.defaultLocale]?.title;
  return resolved(
    clock,
    () => workspace.createArticle(write),
    async () => {
      const made = (await workspace.articlesCreatedSince(since)).filter(
        (live) =>
          !isKnown(live.intercomId) &&
          live.translations[write.defaultLocale]?.title === title &&
          live.parentId === (write.parentId ?? null),
      );
      return oneOf(made, `article "${title ?? ''}"`);
    },
  );
}

export function createInternalResolved(
  workspace: Workspace,
  clock: Clock,
  write: InternalWrite,
  since: number,
  isKnown: (intercomId: string) => boolean,
): Promise<LiveInternal> {
  return resolved(
    clock,
    () => workspace.createInternal(write),
    async () => {
      const made = (await workspace.internalsCreatedSince(since)).filter(
        (live) => !isKnown(live.intercomId) && live.text.title === write.title,
      );
      return oneOf(made, `internal article "${write.title ?? ''}"`);
    },
  );
}

export function createRedirectResolved(
  workspace: Workspace,
  clock: Clock,
  write: RedirectWrite,
): Promise<LiveRedirect> {
  return resolved(
    clock,
    () => workspace.createRedirect(write),
    async () => {
      const there = await workspace.redirects(write.helpCenterId);
      return (
        there.find((item) => item.fromUrl === write.fromUrl && item.targetId === write.targetId) ??
        null
      );
    },
  );
}

export function createCollectionResolved(
  workspace: Workspace,
  clock: Clock,
  write: CollectionWrite,
  since: number,
  isKnown: (intercomId: string) => boolean,
): Promise<LiveCollection> {
  const title = write.texts[write.defaultLocale]?.title;
  return resolved(
    clock,
    () => workspace.createCollection(write),
    async () => {
      const made = (await workspace.collectionsCreatedSince(since)).filter(
        (live) =>
          !isKnown(live.intercomId) &&
          live.texts[write.defaultLocale]?.title === title &&
          live.parentId === (write.parentId ?? null),
      );
      return oneOf(made, `collection "${title ?? ''}"`);
    },
  );
}

/** Updates an article; a lost answer counts as success when the article now says what was sent. */
export function updateResolved(
  workspace: Workspace,
  clock: Clock,
  intercomId: string,
  write: ArticleWrite,
): Promise<LiveArticle> {
  return resolved(
    clock,
    () => workspace.updateArticle(intercomId, write),
    async () => {
      const live = await workspace.readArticle(intercomId);
      return live !== null && saysWhatWasSent(live, write) ? live : null;
    },
  );
}

function saysWhatWasSent(live: LiveArticle, write: ArticleWrite): boolean {
  return Object.entries(write.translations).every(([locale, sent]) => {
    const stored = live.translations[locale];
    if (stored === undefined) return false;
    return (
      (sent.title === undefined || sent.title === stored.title) &&
      (sent.description === undefined || sent.description === stored.description) &&
      (sent.publication === undefined || sent.publication === stored.publication) &&
      (sent.body === undefined || visibleText(sent.body) === visibleText(stored.body))
    );
  });
}

/** Text without white space: what every habit of a store leaves as it is. */
export function visibleText(body: string): string {
  return treeText(canonical(body, identify)).replace(/\s+/g, '');
}

/** Hash of the letters of a text: neither marks, signs and numbers that rendering adds, nor addresses. */
export function lettersHash(tree: Tree): string {
  return sha256(treeText(tree).replace(/\P{L}+/gu, ''));
}

export function visibleTextHash(body: string): string {
  return sha256(visibleText(body));
}

function oneOf<T>(made: readonly T[], what: string): T | null {
  if (made.length <= 1) return made[0] ?? null;
  throw new KbError(
    'ambiguous',
    `${made.length} new ones could be the ${what} whose answer was lost.`,
    {
      hint: 'Look at them in Intercom, delete what is too many, and run kb publish again.',
      exitCode: exitCodes.failed,
    },
  );
}
