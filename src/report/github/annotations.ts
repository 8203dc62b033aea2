import type { Finding } from '../../model/finding.ts';
import { annotation, withoutControls } from '../escape.ts';
import { inFolder } from '../findings.ts';
import { numeral } from '../wording.ts';

/** A note beside a line of a file. */
export interface Note {
  path: string;
  line: number;
  level: 'error' | 'warning';
  title: string;
  message: string;
}

/** Which lines of a file a pull request touches; null: it is not known. */
export type ChangedLines = ReadonlyMap<string, readonly { first: number; last: number }[]> | null;

/**
 * Findings as notes, worst first, on changed lines only: GitHub shows others at the wrong place, and
 * what was wrong before is in the report.
 */
export function notesOn(
  findings: readonly Finding[],
  changed: ChangedLines,
  folder: string,
): Note[] {
  if (changed === null) return [];
  return findings
    .filter(({ file, line }) =>
      changed.get(file)?.some(({ first, last }) => first <= line && line <= last),
    )
    .map(
      (finding): Note => ({
        path: inFolder(folder, finding.file),
        line: finding.line,
        level: finding.severity === 'error' ? 'error' : 'warning',
        title: finding.rule,
        message: finding.hint === null ? finding.message : `${finding.message}\n${finding.hint}`,
      }),
    )
    .sort((a, b) => rank(a) - rank(b));
}

function rank({ level }: Note): number {
  return level === 'error' ? 0 : 1;
}

/** The runner shows ten of a kind and step, and drops the rest in silence. */
const shownNotes = 10;

/** The worst ten as workflow commands, then how many more there are. */
export function noteCommands(notes: readonly Note[]): string {
  const more = notes.length - shownNotes;
  return [
    ...notes
      .slice(0, shownNotes)
      .map(({ path, line, level, title, message }) =>
        annotation({ level, file: path, line, title, message }),
      ),
    ...(more > 0 ? [`${numeral(more)} more: the summary of this job lists them all`] : []),
  ].join('\n');
}

/** Limits of the Checks API. */
const longestTitle = 255;
const longestMessage = 16_000;

/** A note as a check run takes it. */
export interface CheckAnnotation {
  path: string;
  start_line: number;
  end_line: number;
  annotation_level: 'failure' | 'warning';
  title: string;
  message: string;
}

/** The notes for the Checks API, which shows them as plain text. */
export function checkAnnotations(notes: readonly Note[]): CheckAnnotation[] {
  return notes.map(({ path, line, level, title, message }) => ({
    path,
    start_line: line,
    end_line: line,
    annotation_level: level === 'error' ? 'failure' : 'warning',
    title: withoutControls(title).slice(0, longestTitle),
    message: withoutControls(message).slice(0, longestMessage),
  }));
}
