import type { Timed } from './processes.ts';

export interface Row {
  what: string;
  measured: Timed;
  floor: Timed;
}

export interface Count {
  what: string;
  made: number;
  floor: number;
  note: string;
}

export interface Section {
  title: string;
  /** What the ratios are of. */
  floor: string;
  rows: Row[];
  counts: Count[];
}

/** The tables as they are printed (with seconds), and the page of the docs (ratios only: they keep). */
export function rendered(sections: readonly Section[]): { table: string; page: string } {
  return {
    table: sections.map(sectionText).join('\n\n'),
    page: `${introduction}\n${sections.map(sectionMarkdown).join('\n')}`,
  };
}

const introduction = `# Performance

Written by \`npm run bench\`, which measures everything below in one run on one machine. Ratios are what
counts: each is a median against a floor, the least that the same work could cost, measured beside it.
Memory is the most that the process ever held.
`;

function sectionText({ title, floor, rows, counts }: Section): string {
  const columns = Math.max(...[...rows, ...counts].map(({ what }) => what.length));
  return [
    `${title}   (floor: ${floor})`,
    ...rows.map(
      ({ what, measured, floor: least }) =>
        `  ${what.padEnd(columns)}  ${ratio(measured.seconds, least.seconds).padStart(7)}  ${measured.seconds.toFixed(2).padStart(7)} s of ${least.seconds.toFixed(2)} s  ${measured.megabytes.toFixed(0).padStart(5)} MB`,
    ),
    ...counts.map(
      ({ what, made, floor: least, note }) =>
        `  ${what.padEnd(columns)}  ${ratio(made, least).padStart(7)}  ${made} of ${least} calls  (${note})`,
    ),
  ].join('\n');
}

function sectionMarkdown({ title, floor, rows, counts }: Section): string {
  return [
    `## ${title}\n`,
    `Floor: ${floor}.\n`,
    '| what | of its floor | memory |',
    '|---|---:|---:|',
    ...rows.map(
      ({ what, measured, floor: least }) =>
        `| ${what} | ${ratio(measured.seconds, least.seconds)} | ${measured.megabytes.toFixed(0)} MB |`,
    ),
    ...(counts.length === 0
      ? []
      : [
          '',
          '| requests | made | floor | |',
          '|---|---:|---:|---|',
          ...counts.map(
            ({ what, made, floor: least, note }) => `| ${what} | ${made} | ${least} | ${note} |`,
          ),
        ]),
    '',
  ].join('\n');
}

function ratio(measured: number, floor: number): string {
  return `${(measured / floor).toFixed(2)} ×`;
}
