import type { Tree } from '../model/tree.ts';
import type { FieldChange } from '../plan/plan.ts';
import { markdownTable, markdownText } from './escape.ts';
import { fieldLines } from './field-lines.ts';
import { clipped, columnsOf, padded, plainStyle, type Style, type Tone } from './style.ts';
import { counted, itemName, oneLine, shownDate } from './wording.ts';

/** One thing that changed in the workspace and not from here. */
export interface DriftRow {
  id: string;
  locale: string | null;
  kind: string;
  fields: readonly FieldChange[];
  by: string | null;
  via: string | null;
  at: string | null;
  title: string;
  path: string;
  /** The body before and after, where versions tell. */
  texts?: { before: Tree | null; after: Tree | null } | null;
}

const looks: Readonly<Record<string, { symbol: string; tone: Tone }>> = {
  created: { symbol: '+', tone: 'good' },
  edited: { symbol: '~', tone: 'warning' },
  moved: { symbol: '→', tone: 'warning' },
  published: { symbol: '↑', tone: 'warning' },
  unpublished: { symbol: '−', tone: 'bad' },
  deleted: { symbol: '−', tone: 'bad' },
};

/** What changed outside git, by whom and when, as far as the service tells. */
export function driftText(rows: readonly DriftRow[], ledger: boolean, style: Style): string {
  if (rows.length === 0) {
    return ledger
      ? style.paint('good', '✓ Live is what was published: no drift.')
      : [style.paint('good', '✓ Live is what git says.'), ...unrecorded].join('\n');
  }
  const names = rows.map((row) => itemName(nameOf(row), [row.locale]));
  const columns = Math.max(...names.map(columnsOf));
  const lines = rows.map((row, index) => {
    const { symbol, tone } = looks[row.kind] ?? { symbol: '~', tone: 'warning' as const };
    const head = `  ${style.paint(tone, `${symbol} ${row.kind.padEnd(11)}`)} ${padded(names[index] ?? '', columns)}   ${style.paint('quiet', originOf(row, style.today))}`;
    const fields = fieldLines(row.fields, row.texts ?? null, {
      style,
      columns: Math.max(32, style.width - 34),
      locale: row.locale,
    }).map(({ label, text }) => `      ${padded(label, 12)} ${text}`);
    return [head.trimEnd(), ...fields].join('\n');
  });
  const next =
    '  Next: kb pull    brings them into the files; kb plan says what publishing does about each';
  return ledger
    ? [...lines, '', `  ${counted(rows.length, 'change')} outside git`, next].join('\n')
    : [
        ...lines,
        '',
        `  ${counted(rows.length, 'difference')} between git and what is live`,
        ...unrecorded,
      ].join('\n');
}

const unrecorded = [
  '  There is no ledger of this workspace yet: nothing tells which side changed, by whom, or when.',
  '  Next: kb adopt    takes over what is live, without writing to the workspace',
];

/** What was made there is known by its title, all else by its path here. */
function nameOf({ kind, path, title }: DriftRow): string {
  if (kind === 'created' && title !== '') return `${oneLine(title)} (${path})`;
  return path === '' ? title : path;
}

function originOf({ by, via, at }: DriftRow, today: string): string {
  const parts = [
    by === null ? '' : `by ${by}`,
    via === null ? '' : `via ${via}`,
    at === null ? '' : shownDate(at, today),
  ];
  return parts.filter((text) => text !== '').join(', ');
}

/** The drift as a table. */
export function driftMarkdown(rows: readonly DriftRow[], today: string): string {
  if (rows.length === 0) return '**No drift.**';
  return [
    `**${counted(rows.length, 'change')} outside git**`,
    '',
    markdownTable(
      ['', 'item', 'fields', 'by'],
      rows.map((row) => driftCells(row, today)),
    ),
  ].join('\n');
}

/** The cells of one row: what happened, to what, how, and by whom. */
export function driftCells(row: DriftRow, today: string): string[] {
  const style = plainStyle(today);
  return [
    row.kind,
    cellText(itemName(nameOf(row), [row.locale])),
    fieldLines(row.fields, row.texts ?? null, { style, columns: 60, locale: row.locale })
      .map(({ label, text }) => `${markdownText(label)}: ${cellText(text)}`)
      .join('<br>'),
    cellText(originOf(row, today)),
  ];
}

/** A title can be as long as a file. */
function cellText(text: string): string {
  return markdownText(clipped(text.slice(0, 1200), 300));
}
