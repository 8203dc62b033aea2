import type { Approval } from '../model/review.ts';
import { oneLine, shownDate } from './wording.ts';

/**
 * Who stands behind a text. A merged and approved pull request, a stamp and a migrated text are three
 * different things to say (design: content, "Review status").
 */
export function approvalText(approval: Approval, today: string): string {
  const on = shownDate(approval.on, today);
  switch (approval.kind) {
    case 'proven':
      return `approved by ${approval.by}, ${on}${approval.pullRequest === null ? '' : ` (#${approval.pullRequest})`}`;
    case 'declared':
      if (approval.breakGlass !== undefined) {
        return `published in an emergency by ${approval.by}, ${on}: ${oneLine(approval.breakGlass.reason)}`;
      }
      return `stamped by ${approval.by}, ${on}`;
    case 'baseline':
      return `accepted as migrated by ${approval.by}, ${on}${
        approval.until === null ? '' : `, until ${shownDate(approval.until, today)}`
      }`;
  }
}
