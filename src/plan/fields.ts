import type { Availability } from '../model/config.ts';
import { both } from '../model/config.ts';
import { sameAvailability } from './live.ts';
import type { Action, FieldChange } from './plan.ts';

/** What a write of these fields is called. */
export function actionOf(fields: readonly FieldChange[]): Action {
  const publication = fields.find((field) => field.name === 'publication');
  if (publication === undefined || publication.before === null) return 'update';
  return publication.after === 'published' ? 'publish' : 'unpublish';
}

/** Does it only take away: from the help center, or from the AI? That needs no review. */
export function isWithdrawal(field: FieldChange): boolean {
  if (field.before === null) return false;
  if (field.name === 'publication') return field.after === 'draft';
  if (field.name !== 'fin') return false;
  const after = field.after as Availability;
  return sameAvailability(both(field.before as Availability, after), after);
}

/** Does the write carry the body, for its text or only for the addresses in it? */
export function sendsBody(change: { fields: readonly FieldChange[] }): boolean {
  return change.fields.some((field) => field.name === 'body' || field.name === 'links');
}
