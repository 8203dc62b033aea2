import { annotation, markdownTable, markdownText } from '../escape.ts';
import { counted, itemName } from '../wording.ts';

/** A refusal or another end without a write, as summary and as log. */
export interface Told {
  markdown: string;
  log: string;
}

/** Something a person can act on. */
interface Reason {
  code: string;
  message: string;
  hint: string | null;
}

/** Nothing was published, and that is a failure. */
export function refusalSummary({ code, message, hint }: Reason): Told {
  const next = hint === null ? '' : `\n\n→ ${markdownText(hint)}`;
  return {
    markdown: `### ✗ Nothing was published\n\n${markdownText(message)}${next}`,
    log: annotation({ level: 'error', title: code, message: withHint(message, hint) }),
  };
}

/** Nothing was published, because a newer text is. */
export function supersededSummary({ code, message, hint }: Reason): Told {
  return {
    markdown: `### Nothing to publish from this commit\n\n${markdownText(message)}`,
    log: annotation({ level: 'notice', title: code, message: withHint(message, hint) }),
  };
}

function withHint(message: string, hint: string | null): string {
  return hint === null ? message : `${message}\n${hint}`;
}

/** What was taken from the AI by hand. */
export function quarantineSummary(
  changes: readonly { title: string; id: string; locale: string; error: string | null }[],
): Told {
  const failed = changes.filter(({ error }) => error !== null);
  const head =
    failed.length === 0
      ? `### ✓ ${counted(changes.length, 'text')} taken from the AI`
      : `### ✗ ${counted(failed.length, 'text')} could not be taken from the AI`;
  const rows = changes.map(({ title, id, locale, error }) => [
    error === null ? '✓' : '✗',
    markdownText(itemName(id, [locale === '' ? null : locale])),
    markdownText(title.slice(0, 300)),
    markdownText(error ?? ''),
  ]);
  return {
    markdown: [
      head,
      markdownTable(['', 'item', 'title', ''], rows),
      'Readers still see them. The next plan shows this as an edit made in Intercom, so nothing gives them back unseen.',
    ].join('\n\n'),
    log: failed
      .map(({ id, locale, error }) =>
        annotation({ level: 'error', title: itemName(id, [locale]), message: error ?? '' }),
      )
      .join('\n'),
  };
}
