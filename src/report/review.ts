import type { ReviewStatus } from '../model/review.ts';
import { shellWord } from '../model/shell-word.ts';
import { markdownTable, markdownText } from './escape.ts';
import { grouped } from './grouped.ts';
import { nextSteps } from './next-steps.ts';
import { columnsOf, padded, type Style, type Tone, wrapped } from './style.ts';
import { counted, itemName, numeral, shownDate, withDates } from './wording.ts';

/** One text with what stands behind it. */
export interface ReviewRow {
  kind: 'article' | 'collection';
  id: string;
  locale: string;
  file: string;
  path: string;
  title: string;
  status: ReviewStatus;
  by: string | null;
  on: string | null;
  reason: string;
  /** Stamped by this run. */
  stamped: boolean;
  /** Asked for, and not stamped: why. */
  refused: string | null;
  /** What an import lost of it. */
  losses?: { content: number; look: number } | null;
}

const looks: Readonly<Record<ReviewStatus, { symbol: string; tone: Tone }>> = {
  proven: { symbol: '✓', tone: 'good' },
  declared: { symbol: '✓', tone: 'good' },
  baseline: { symbol: '~', tone: 'note' },
  expired: { symbol: '!', tone: 'warning' },
  edited: { symbol: '○', tone: 'warning' },
  unreviewed: { symbol: '○', tone: 'warning' },
};

/** What a person has to look at, most urgent first. */
const work: readonly ReviewStatus[] = ['edited', 'unreviewed', 'expired', 'baseline'];

/** What was stamped and what was not, with the reason. */
export function stampedText(rows: readonly ReviewRow[], style: Style): string {
  const stamped = rows.filter((row) => row.stamped);
  const refused = rows.filter((row) => row.refused !== null);
  const files = [...new Set(stamped.map(({ file }) => file))];
  const lines = [
    ...rowsText(stamped, style, ({ by, on, status }) =>
      status === 'baseline'
        ? `accepted as migrated by ${by ?? ''}`
        : `stamped by ${by ?? ''}, ${shownDate(on ?? '', style.today)}`,
    ),
    ...rowsText(refused, style, ({ refused: reason }) => reason ?? '', {
      symbol: '✗',
      tone: 'bad',
    }),
  ];
  const total = [
    ...(stamped.length > 0
      ? [`${counted(stamped.length, 'text')} stamped in ${counted(files.length, 'file')}`]
      : []),
    ...(refused.length > 0 ? [`${numeral(refused.length)} not stamped`] : []),
  ].join(' · ');
  const next =
    stamped.length === 0
      ? { command: 'kb check', says: 'says what is to be mended first' }
      : { command: 'kb plan', says: 'says what publishing would change now' };
  return [...lines, '', `  ${total}`, nextSteps([next], style)].join('\n');
}

/** The worklist: what is not reviewed, no longer reviewed, or only accepted for a time. */
export function reviewStatusText(rows: readonly ReviewRow[], style: Style): string {
  const open = work.flatMap((status) => rows.filter((row) => row.status === status));
  const lines = rowsText(open, style, ({ reason, losses }) =>
    [reason, lossesText(losses ?? null)].filter((part) => part !== '').join(' · '),
  );
  const [first] = open;
  return [
    ...(lines.length === 0 ? [] : [...lines, '']),
    `  ${reviewCounts(rows, style)}`,
    ...(first === undefined
      ? []
      : [
          nextSteps(
            [
              {
                command: `kb review ${shellWord(first.kind === 'collection' ? `${first.path}/` : first.path)} --by <email>`,
                says: 'once you have read it',
              },
            ],
            style,
          ),
        ]),
  ].join('\n');
}

function lossesText(losses: ReviewRow['losses']): string {
  const { content = 0, look = 0 } = losses ?? {};
  const parts = [
    content > 0 ? `${counted(content, 'loss', 'losses')} of content` : '',
    look > 0 ? `${counted(look, 'loss', 'losses')} of looks` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `imported with ${parts.join(', ')}`;
}

function rowsText(
  rows: readonly ReviewRow[],
  style: Style,
  note: (row: ReviewRow) => string,
  look?: { symbol: string; tone: Tone },
): string[] {
  const groups = [
    ...grouped(rows, (row) => [row.kind, row.id, row.status, note(row)].join('\n')).values(),
  ];
  const named = groups.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const path = first.kind === 'collection' ? `${first.path}/` : first.path;
    return [
      {
        row: first,
        name: itemName(
          path,
          group.map(({ locale }) => locale),
        ),
      },
    ];
  });
  const columns = Math.max(0, ...named.map(({ name }) => columnsOf(name)));
  return named.map(({ row, name }) => {
    const { symbol, tone } = look ?? looks[row.status];
    const verb = look === undefined ? row.status : 'refused';
    const lead = `  ${style.paint(tone, `${symbol} ${verb.padEnd(10)}`)}  ${padded(name, columns)}   `;
    const text = withDates(note(row), style.today);
    const fits = !style.wraps || columnsOf(lead) + columnsOf(text) <= style.width;
    return fits
      ? `${lead}${style.paint('quiet', text)}`
      : `${lead.trimEnd()}\n      ${style.paint('quiet', wrapped(text, 6, style))}`;
  });
}

function reviewCounts(rows: readonly ReviewRow[], style: Style): string {
  const counts = Object.entries(looks)
    .map(([status, { tone }]) => {
      const value = rows.filter((row) => row.status === status).length;
      return value === 0 ? '' : style.paint(tone, `${numeral(value)} ${status}`);
    })
    .filter((text) => text !== '');
  return counts.length === 0 ? 'no texts' : counts.join(' · ');
}

/** The worklist as a table; after stamping, what was stamped. */
export function reviewMarkdown(rows: readonly ReviewRow[]): string {
  return markdownTable(
    ['', 'item', 'by', 'on', 'why'],
    rows.map((row) => [
      `${looks[row.status].symbol === '~' ? '\\~' : looks[row.status].symbol} ${row.status}`,
      markdownText(itemName(row.kind === 'collection' ? `${row.path}/` : row.path, [row.locale])),
      markdownText(row.by ?? ''),
      markdownText(row.on ?? ''),
      markdownText(row.refused ?? row.reason),
    ]),
  );
}
