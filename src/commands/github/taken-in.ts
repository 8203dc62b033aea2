import type { Context } from '../context.ts';
import { pullState } from '../pull.ts';
import type { Outcome } from '../pull-outcome.ts';
import { rememberPulled } from '../pull-record.ts';
import { openWorkspace, readState, type WorkspaceState } from '../workspace-state.ts';

/**
 * Lets the ledger know of edits made in Intercom that the files have taken in already: a pull request
 * of the nightly job brought them, together with changes made here. Merging them once more changes
 * nothing, so publishing over them loses nothing. Without this they would be held as conflicts.
 *
 * @returns how many texts
 */
export async function noteTakenIn(context: Context): Promise<number> {
  const opened = await openWorkspace(context);
  const lease = await opened.ledger.acquire();
  try {
    const state = await readState(context, opened);
    const known = new Set(Object.keys(state.recorded.articles));
    if (known.size === 0) return 0;
    const { outcomes } = await pullState(context, state, (id) => known.has(id));
    const taken = outcomes.filter((outcome) => isTakenIn(outcome, state));
    if (taken.length > 0) {
      await rememberPulled(context, state, { outcomes: taken, moved: [] }, lease);
    }
    return taken.length;
  } finally {
    await lease.release();
  }
}

/** A file that nobody changed here cannot have taken anything in, whatever the dialect cannot say of it. */
function isTakenIn(
  { isWritten, isMixed, conflicts, made, pulled }: Outcome,
  { content, recorded }: WorkspaceState,
): boolean {
  const { id, locale, losses } = pulled;
  const text = content.articles
    .find((article) => article.id === id)
    ?.translations.find((translation) => translation.locale === locale);
  const before = recorded.articles[id]?.translations[locale ?? ''];
  const isChangedHere = text !== undefined && text.articleDigest !== before?.articleDigest;
  const addsNothing = !isWritten && conflicts.length === 0 && losses.length === 0;
  return isMixed && made === null && isChangedHere && addsNothing;
}
