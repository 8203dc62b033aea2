import { markdownTable, markdownText } from './escape.ts';
import { nextSteps } from './next-steps.ts';
import { aligned, type Style } from './style.ts';
import { counted, itemName, numeral } from './wording.ts';

export interface AdoptReport {
  matched: readonly (AdoptItem & { intercomId: string; sure: 'exact' | 'title' | 'told' })[];
  unmatched: readonly (AdoptItem & { reason: string })[];
  /** What a rebuilt ledger cannot know. */
  lost: readonly string[];
}

interface AdoptItem {
  kind: 'article' | 'collection';
  id: string;
  locale: string | null;
  path: string;
}

const certainty = {
  exact: 'same content',
  title: 'same title and place, other content',
  told: 'as told',
} as const;

function nameOf({ kind, id, locale, path }: AdoptItem): string {
  const shown = path === '' ? id : path;
  return itemName(kind === 'collection' ? `${shown}/` : shown, [locale]);
}

/** What was taken over, how sure each match is, and what was not. */
export function adoptText({ matched, unmatched, lost }: AdoptReport, style: Style): string {
  const rows = aligned([
    ...matched.map((item) => [
      `  ${style.paint(item.sure === 'title' ? 'warning' : 'good', '= adopted   ')}${nameOf(item)}`,
      certainty[item.sure],
      style.paint('quiet', item.intercomId),
    ]),
    ...unmatched.map((item) => [
      `  ${style.paint('warning', '? unmatched ')}${nameOf(item)}`,
      item.reason,
      '',
    ]),
  ]);
  const total = [
    `${counted(matched.length, 'text')} adopted`,
    ...(unmatched.length === 0 ? [] : [`${numeral(unmatched.length)} unmatched`]),
    'nothing was written to the workspace',
  ].join(' · ');
  const unknown =
    lost.length === 0
      ? []
      : ['  A rebuilt ledger cannot know:', ...lost.map((fact) => `    – ${fact}`)];
  const steps = [
    { command: 'kb plan', says: 'says what publishing would change now' },
    ...(unmatched.length === 0
      ? []
      : [
          {
            command: 'kb adopt --match <id>=<Intercom id>',
            says: 'tells a match that is not sure',
          },
        ]),
  ];
  return [
    ...rows,
    ...(rows.length === 0 ? [] : ['']),
    `  ${total}`,
    ...unknown,
    nextSteps(steps, style),
  ].join('\n');
}

/** The matches as a table. */
export function adoptMarkdown({ matched, unmatched }: AdoptReport): string {
  const rows = [
    ...matched.map((item) => [
      markdownText(nameOf(item)),
      markdownText(item.intercomId),
      certainty[item.sure],
    ]),
    ...unmatched.map((item) => [markdownText(nameOf(item)), '', markdownText(item.reason)]),
  ];
  return [
    `**${counted(matched.length, 'text')} adopted**, ${numeral(unmatched.length)} unmatched`,
    ...(rows.length === 0 ? [] : ['', markdownTable(['item', 'Intercom id', 'match'], rows)]),
  ].join('\n');
}
