import { shellWord } from '../model/shell-word.ts';
import { bodyLines, bodySize, comparedTexts } from './body-diff.ts';
import { markdownTable, markdownText } from './escape.ts';
import { nextSteps } from './next-steps.ts';
import { aligned, type Style, type Tone } from './style.ts';
import { markedWords } from './word-diff.ts';
import { counted, itemName, numeral, withDates } from './wording.ts';

export type TranslationState = 'current' | 'outdated' | 'unknown' | 'missing';

/** What a translation was made from, where git still has it. */
export interface SourceChange {
  /** ISO date of the commit the translation was last stamped in. */
  since: string | null;
  title: { before: string; after: string };
  description: { before: string; after: string };
  /** Markdown, cut into blocks. */
  before: readonly string[];
  after: readonly string[];
}

/** One translation against its source. */
export interface TranslationRow {
  kind: 'article' | 'collection';
  id: string;
  locale: string;
  file: string;
  path: string;
  title: string;
  status: TranslationState;
  reason: string;
  /** null: git does not have the text it was made from, or it is current. */
  change: SourceChange | null;
  stamped: boolean;
  refused: string | null;
}

const looks: Readonly<Record<TranslationState, { symbol: string; tone: Tone }>> = {
  current: { symbol: '✓', tone: 'good' },
  outdated: { symbol: '~', tone: 'warning' },
  unknown: { symbol: '?', tone: 'warning' },
  missing: { symbol: '○', tone: 'quiet' },
};

/** The worklist of translators: what moved on in the source since each translation was made. */
export function translationsText(rows: readonly TranslationRow[], style: Style): string {
  const open = rows.filter(({ status }) => status !== 'current');
  const heads = aligned(
    open.map((row) => [
      headOf(row, style),
      style.paint('quiet', withDates(row.reason, style.today)),
    ]),
    3,
  );
  const lines = open.map((row, index) =>
    [`  ${heads[index] ?? ''}`, ...changeLines(row, style)].join('\n'),
  );
  const first = open.find(({ status }) => status === 'outdated' || status === 'unknown');
  return [
    ...(lines.length === 0 ? [] : [...lines, '']),
    `  ${stateCounts(rows, style)}`,
    ...(first === undefined
      ? []
      : [
          nextSteps(
            [
              {
                command: `kb translated ${shellWord(`${first.path}:${first.locale}`)}`,
                says: 'once the translation says what its source says',
              },
            ],
            style,
          ),
        ]),
  ].join('\n');
}

/** What was stamped as translated. */
export function translatedText(rows: readonly TranslationRow[], style: Style): string {
  const lines = aligned(
    rows.map((row) =>
      row.refused === null
        ? [
            `  ${style.paint('good', '✓ translated')}  ${itemName(row.path, [row.locale])}`,
            style.paint('quiet', row.reason),
          ]
        : [
            `  ${style.paint('bad', '✗ refused   ')}  ${itemName(row.path, [row.locale])}`,
            style.paint('quiet', row.refused),
          ],
    ),
    3,
  );
  const stamped = rows.filter((row) => row.stamped).length;
  const refused = rows.length - stamped;
  const total = [
    `${counted(stamped, 'translation')} marked as up to date`,
    ...(refused === 0 ? [] : [`${numeral(refused)} not`]),
  ].join(' · ');
  const next = { command: 'kb review --status', says: 'lists what is still to be reviewed' };
  return [...lines, '', `  ${total}`, nextSteps([next], style)].join('\n');
}

function headOf(row: TranslationRow, style: Style): string {
  const { symbol, tone } = looks[row.status];
  const path = row.kind === 'collection' ? `${row.path}/` : row.path;
  return `${style.paint(tone, `${symbol} ${row.status.padEnd(8)}`)}  ${itemName(path, [row.locale])}`;
}

function changeLines({ change }: TranslationRow, style: Style): string[] {
  if (change === null) return [];
  const body = comparedTexts(change.before, change.after);
  const columns = Math.max(32, style.width - 32);
  const texts = bodyLines(body, { style, columns, limit: 4 });
  const fields = (['title', 'description'] as const)
    .filter((name) => change[name].before !== change[name].after)
    .map(
      (name) => `${name.padEnd(12)} ${markedWords(change[name].before, change[name].after, style)}`,
    );
  const bodies = texts.map((text, index) =>
    index === 0
      ? `${'text'.padEnd(12)} ${text}   ${style.paint('quiet', bodySize(body))}`
      : `${' '.repeat(12)} ${text}`,
  );
  return [...fields, ...bodies].map((line) => `      ${line}`);
}

function stateCounts(rows: readonly TranslationRow[], style: Style): string {
  const counts = Object.entries(looks)
    .map(([status, { tone }]) => {
      const value = rows.filter((row) => row.status === status).length;
      return value === 0 ? '' : style.paint(tone, `${numeral(value)} ${status}`);
    })
    .filter((text) => text !== '');
  return counts.length === 0 ? 'no translations' : counts.join(' · ');
}

/** The worklist as a table. */
export function translationsMarkdown(rows: readonly TranslationRow[]): string {
  return markdownTable(
    ['', 'translation', 'why'],
    rows.map((row) => [
      row.status,
      markdownText(itemName(row.path, [row.locale])),
      markdownText(row.refused ?? row.reason),
    ]),
  );
}
