import { type Availability, nobody } from '../model/config.ts';
import type { RecordedTranslation } from '../model/recorded.ts';
import type { LiveTranslation } from '../model/snapshot.ts';
import { type ChangeDraft, type Decision, nothing, type Stop, together } from './decision.ts';
import type { DesiredArticle } from './desired.ts';
import type { PlanInput } from './input.ts';
import { driftedFields, sameAvailability } from './live.ts';
import type { ArticleMatch } from './matches.ts';
import type { FieldChange } from './plan.ts';
import { changeRow, heldAs, textOf } from './rows.ts';

/** Off the help center and out of the AI. */
export function withdrawal(live: {
  publication: string;
  availability: Availability;
}): FieldChange[] {
  return [
    { name: 'publication', before: live.publication, after: 'draft' },
    { name: 'fin', before: live.availability, after: nobody },
  ].filter((field) => JSON.stringify(field.before) !== JSON.stringify(field.after));
}

/** Locales whose file is gone: taken off the help center, as the API deletes none. */
export function removedLocales(
  article: DesiredArticle,
  match: ArticleMatch,
  input: PlanInput,
): Decision {
  const kept = new Set<string>(article.translations.map((text) => text.locale));
  const removed = Object.entries(match.recorded?.translations ?? {}).filter(
    ([locale]) => !kept.has(locale),
  );
  return together(
    removed.map(([locale, recorded]) => {
      const live = match.live?.translations[locale];
      const subject = textOf(article, { locale, title: recorded.title });
      if (live === undefined) return nothing;
      if (input.desired.removalsHeld !== null) {
        const reason = `its file is gone, but ${input.desired.removalsHeld}`;
        return heldAs(subject, { kind: 'invalid', reason, hint: 'kb check' });
      }
      const stop = takingStop(live, recorded, 'its file is gone', 'Restore the file');
      if (stop !== null) return heldAs(subject, stop);
      if (isOff(live) || input.config.onRemove === 'report') return nothing;
      return { ...nothing, drafts: [takeDraft(article, subject, live, 'its file was removed')] };
    }),
  );
}

/** What was public is taken off the help center when its article becomes internal. */
export function takenBack(article: DesiredArticle, match: ArticleMatch): Decision {
  if (match.recorded === null) return nothing;
  const { recorded } = match;
  const live = Object.values(match.live?.translations ?? {});
  return together(
    live
      .filter((text) => text.publication === 'published')
      .map((text) => {
        const entry = recorded.translations[text.locale] ?? null;
        const stop = takingStop(text, entry, 'is internal now', 'Unpublish it there yourself');
        const subject = textOf(article, text);
        if (stop !== null) return heldAs(subject, stop);
        return { ...nothing, drafts: [takeDraft(article, subject, text, 'is internal now')] };
      }),
  );
}

/** What a colleague did to a text is not taken off unseen. */
function takingStop(
  live: LiveTranslation,
  recorded: RecordedTranslation | null,
  why: string,
  remedy: string,
): Stop | null {
  if (live.hasPendingDraft) {
    return {
      kind: 'pending-draft',
      reason: `${why}, and it has unpublished changes in Intercom`,
      hint: 'Publish or discard the draft in Intercom, then run kb plan again.',
    };
  }
  if (recorded === null || driftedFields(live, recorded.echo).length === 0) return null;
  return {
    kind: 'conflict',
    reason: `${why}, and it was edited in Intercom`,
    hint: `${remedy}, or undo the edit in Intercom.`,
  };
}

function takeDraft(
  article: DesiredArticle,
  subject: ReturnType<typeof textOf>,
  live: LiveTranslation,
  reason: string,
): ChangeDraft {
  return changeRow('article', subject, {
    action: 'unpublish',
    phase: 'update',
    request: `article:${article.id}`,
    reason,
    fields: withdrawal(live),
  });
}

function isOff(live: { publication: string; availability: Availability }): boolean {
  return live.publication === 'draft' && sameAvailability(live.availability, nobody);
}
