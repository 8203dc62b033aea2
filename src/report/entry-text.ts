import { grouped } from './grouped.ts';
import type { Entry } from './plan-entries.ts';
import { byFolder } from './plan-entries.ts';
import { clipped, columnsOf, padded, type Style, wrapped } from './style.ts';
import { numeral, withDates } from './wording.ts';

/** Rows of one verb that are shown before the rest is counted by folder. */
const mostRows = 40;
const verbColumns = 10;
const leadColumns = 2 + 2 + verbColumns;
const gapColumns = 3;
const lineIndent = 6;
const labelColumns = 9;

/** What changes comes first, what went wrong or waits stands near the end, where eyes are. */
const verbOrder = [
  'update',
  'create',
  'also',
  'move',
  'publish',
  'unpublish',
  'delete',
  'redirect',
  'adopt',
  'withheld',
  'held',
  'skipped',
  'failed',
];

/** Rows of a plan or a run by what they do, aligned; the fortieth row of a verb is its last unless all are asked for. */
export function entriesText(
  entries: readonly Entry[],
  style: Style,
  options: { all: boolean },
): string {
  const nameColumns = nameWidth(entries, style);
  const verbs = [...grouped(entries, ({ verb }) => verb)].sort(
    ([a], [b]) => verbOrder.indexOf(a) - verbOrder.indexOf(b),
  );
  return verbs
    .flatMap(([verb, rows]) => {
      const shown = options.all ? rows : rows.slice(0, mostRows);
      const left = rows.slice(shown.length);
      return [
        ...withHintsOnce(shown).map((entry) => entryText(entry, nameColumns, style)),
        ...(left.length === 0 ? [] : [restText(verb, left, style)]),
      ];
    })
    .join('\n');
}

/** Neighbours with the same next step say it once, below the last of them. */
function withHintsOnce(entries: readonly Entry[]): Entry[] {
  return entries.map((entry, index) =>
    entries[index + 1]?.hint === entry.hint ? { ...entry, hint: null } : entry,
  );
}

function restText(verb: string, more: readonly Entry[], style: Style): string {
  const [first] = more;
  const lead = `  ${style.paint(first?.tone ?? 'plain', `${first?.symbol ?? ' '} ${verb.padEnd(verbColumns)}`)}`;
  const folders = clipped(
    byFolder(more.map(({ name }) => name)),
    Math.max(30, style.width - 40),
  ).replace(/…+$/, '…');
  return `${lead}${numeral(more.length)} more: ${folders}   --verbose lists them`;
}

/**
 * How wide the column of names is: as wide as the longest, or as the longest that leaves every note
 * beside its name that would fit there. Longer names push their own note only.
 */
function nameWidth(entries: readonly Entry[], style: Style): number {
  const rows = entries.map((entry) => ({
    name: columnsOf(entry.name),
    note: columnsOf(noteOf(entry, style)),
  }));
  const widths = [...new Set(rows.map(({ name }) => name))].sort((a, b) => b - a);
  if (!style.wraps) return widths[0] ?? 0;
  const room = style.width - leadColumns - gapColumns;
  const leavesBeside = (width: number): boolean =>
    rows.every(({ name, note }) => name > width || name + note > room || width + note <= room);
  return widths.find(leavesBeside) ?? 0;
}

function noteOf(entry: Entry, style: Style): string {
  const parts = [entry.beside, entry.note].filter((text) => text !== '');
  return withDates(parts.join('   '), style.today);
}

function entryText(entry: Entry, nameColumns: number, style: Style): string {
  const verb = style.paint(entry.tone, `${entry.symbol} ${entry.verb.padEnd(verbColumns)}`);
  const note = noteOf(entry, style);
  const room = style.width - leadColumns - gapColumns - columnsOf(note);
  const inColumn = !style.wraps || Math.max(nameColumns, columnsOf(entry.name)) <= room;
  const besideName = inColumn || columnsOf(entry.name) <= room;
  const name = inColumn ? padded(entry.name, nameColumns) : entry.name;
  const head = besideName
    ? `  ${verb}${name}${' '.repeat(gapColumns)}${style.paint('quiet', note)}`
    : `  ${verb}${name}\n${' '.repeat(lineIndent)}${style.paint('quiet', wrapped(note, lineIndent, style))}`;
  const hint =
    entry.hint === null
      ? []
      : [`${' '.repeat(lineIndent)}→ ${wrapped(entry.hint, lineIndent + 2, style)}`];
  return [head.trimEnd(), ...entry.lines.map((line) => lineText(line, style)), ...hint].join('\n');
}

function lineText(line: Entry['lines'][number], style: Style): string {
  const lead = ' '.repeat(lineIndent) + padded(line.label, labelColumns);
  const room = style.width - lineIndent - labelColumns;
  if (line.size === '') return `${lead}${wrapped(line.text, lineIndent + labelColumns, style)}`;
  const gap = room - columnsOf(line.text) - columnsOf(line.size);
  return `${lead}${line.text}${' '.repeat(Math.max(3, gap))}${style.paint('quiet', line.size)}`;
}
