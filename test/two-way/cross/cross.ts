import { parseMarkdown } from '../../../src/markdown/index.ts';
import { defaultProfile, type Profile } from '../../../src/model/profile.ts';
import { blocksTouched, type Hunk, hunksOf, shapeProblem } from './line-shapes.ts';
import { contextOf, isSameStored, purePull, saved, storedBody } from './pure-pull.ts';
import { reformatted } from './reformat.ts';
import type { Place, StoredEdit } from './stored-edits.ts';

export const gitStates = ['nothing', 'same block', 'neighbour', 'reformatted'] as const;
export type GitState = (typeof gitStates)[number];

export interface Case {
  /** Markdown as it was published. */
  text: string;
  edits: readonly { edit: StoredEdit; place: Place }[];
  git: GitState;
  profile?: Profile;
  /** Hold the change against the lines of outermost blocks only: for constructs that are stored as others. */
  isByBlock?: boolean;
}

/** What is wrong with a pull of these edits; null: nothing; undefined: the article has no place for them. */
export function crossProblem(given: Case): string | null | undefined {
  const { text, edits, git, profile = defaultProfile } = given;
  const stored = storedBody(text, profile);
  const live = edited(stored, edits, profile);
  if (live === null) return undefined;
  const shapes = edits.map(({ edit }) => edit.shape);
  const lifted = liftedHeadings(stored, live, edits);
  const alone = purePull({ base: text, ours: text, live, profile });
  if (git === 'nothing') {
    return (
      conflictProblem(alone.conflicts.length, 0) ??
      linesProblem(given, text, alone.body, lifted) ??
      convergence(alone.body, live, profile, edits)
    );
  }
  if (git === 'reformatted') {
    const ours = reformatted(text);
    const pulled = purePull({ base: text, ours, live, profile });
    return (
      conflictProblem(pulled.conflicts.length, 0) ??
      linesProblem(given, ours, pulled.body, lifted) ??
      convergence(pulled.body, live, profile, edits)
    );
  }
  const hunks = hunksOf(text, alone.body);
  if (git === 'neighbour') {
    const ours = withNeighbour(text, hunks, shapes.includes('moved'));
    if (ours === null) return undefined;
    const pulled = purePull({ base: text, ours, live, profile });
    return (
      conflictProblem(pulled.conflicts.length, 0) ??
      (pulled.body.includes('Nachbarwort') ? null : 'the edit here is lost') ??
      linesProblem(given, ours, pulled.body, lifted)
    );
  }
  return sameBlock(text, hunks, { live, profile, shapes });
}

/** The stored body after a teammate saved the edits; null where one has no place, or nothing came of it. */
function edited(stored: string, edits: Case['edits'], profile: Profile): string | null {
  let html: string | null = stored;
  for (const { edit, place } of edits) {
    html = html === null ? null : edit.apply(html, place);
    if (html === null) return null;
    const next = saved(html, profile);
    if (isSameStored(next, stored)) return null;
    html = next;
  }
  return html;
}

/** Where the highest heading goes, the service lifts the others: their lines change, too, and rightly. */
function liftedHeadings(stored: string, live: string, edits: Case['edits']): number {
  const levels = (html: string) =>
    new Map([...html.matchAll(/<h(\d)[^>]*? id="([^"]+)"/g)].map(([, level, id]) => [id, level]));
  const before = levels(stored);
  const lifted = [...levels(live)].filter(
    ([id, level]) => before.has(id) && before.get(id) !== level,
  );
  const own = edits.filter(({ edit }) => edit.name === 'a heading level').length;
  return Math.max(0, lifted.length - own);
}

function linesProblem(
  { edits, isByBlock }: Case,
  before: string,
  after: string,
  lifted: number,
): string | null {
  const shapes = edits.map(({ edit }) => edit.shape);
  if (isByBlock !== true) return shapeProblem(shapes, before, after);
  const most = shapes.reduce(
    (sum, shape) => sum + (shape === 'near' || shape === 'moved' ? 2 : 1),
    lifted,
  );
  const touched = blocksTouched(before, after);
  return touched <= most ? null : `${touched} blocks touched\n${after}`;
}

function conflictProblem(found: number, expected: number): string | null {
  return found === expected ? null : `${found} conflicts, expected ${expected}`;
}

/** Publishing the file must give what is live, or (a row that gets its columns' alignment) settle at once. */
function convergence(
  body: string,
  live: string,
  profile: Profile,
  edits: Case['edits'],
): string | null {
  const isAligned = edits.some(({ edit }) => edit.name === 'a table row added');
  const again = storedBody(body, profile);
  return isSameStored(again, live) || isAligned ? null : 'publishing the file gives something else';
}

const plainWord = /(?<=^(?:[-*+]|\d+[.)]|#+|>)? ?(?:\p{L}+ )+)\p{L}{4,}(?= |$|\.)/mu;

/**
 * The block before or after the edited one, with a word changed; of a move the one furthest away, as
 * one block that passes another cannot be told from that other passing it.
 */
function withNeighbour(text: string, hunks: readonly Hunk[], isMoved: boolean): string | null {
  const lines = hunks.flatMap(({ removed }) => removed);
  const parts = text.split(/(\n{2,})/);
  const touched = parts.findIndex((part) =>
    lines.some((line) => line !== '' && part.includes(line)),
  );
  const order = parts
    .map((_, index) => index)
    .sort((a, b) => (Math.abs(a - touched) - Math.abs(b - touched)) * (isMoved ? -1 : 1));
  const count = blockCount(text);
  for (const index of order) {
    const part = parts[index] ?? '';
    const isTouched = lines.some((line) => line !== '' && part.includes(line));
    if (index === touched || isTouched || !plainWord.test(part) || /[`|<[;~]/.test(part)) continue;
    const after = parts.with(index, part.replace(plainWord, 'Nachbarwort')).join('');
    if (blockCount(after) === count) return after;
  }
  return null;
}

function blockCount(text: string): number {
  return parseMarkdown(text, contextOf()).tree.length;
}

/** The edited line, changed here too: a conflict, and nothing of either side lost; changed alike: none. */
function sameBlock(
  text: string,
  hunks: readonly Hunk[],
  {
    live,
    profile,
    shapes,
  }: { live: string; profile: Profile; shapes: readonly StoredEdit['shape'][] },
): string | null | undefined {
  const [hunk] = hunks;
  const [shape] = shapes;
  if (hunk === undefined || shapes.length !== 1 || shape === undefined) return undefined;
  if (!['line', 'removed'].includes(shape)) return undefined;
  const [line = ''] = hunk.removed;
  const [theirs = ''] = hunk.added;
  if (text.split('\n').filter((other) => other === line).length !== 1) return undefined;
  const changed = shape === 'line' ? changedSpan(line, theirs) : changedSpan(line, '');
  if (changed === null) return undefined;
  const ours = text
    .split('\n')
    .map((other) => (other === line ? changed : other))
    .join('\n');
  if (blockCount(ours) !== blockCount(text)) return undefined;
  if (isSameStored(storedBody(ours, profile), storedBody(text, profile))) return undefined;
  const pulled = purePull({ base: text, ours, live, profile });
  const alike = purePull({ base: text, ours: alikeOf(text, hunks) ?? text, live, profile });
  return (
    conflictProblem(pulled.conflicts.length, 1) ??
    (pulled.body.includes('hierselbst') ? null : 'the edit here is lost') ??
    (/^<<<<<<< here$[\s\S]*^=======$[\s\S]*^>>>>>>> Intercom$/m.test(pulled.body)
      ? null
      : 'no markers') ??
    conflictProblem(alike.conflicts.length, 0)
  );
}

/** The same edit made here. */
function alikeOf(text: string, [hunk, ...others]: readonly Hunk[]): string | null {
  if (hunk === undefined || others.length > 0 || hunk.added.length !== 1) return null;
  return text.replace(hunk.removed.join('\n'), () => hunk.added.join('\n'));
}

/** A line with another word where it differs from another line. */
function changedSpan(line: string, other: string): string | null {
  let start = 0;
  while (start < line.length && line[start] === other[start]) start++;
  const before = line.slice(0, start).search(/\p{L}*$/u);
  const found = /\p{L}{3,}/u.exec(line.slice(before));
  if (found === null) return null;
  const at = before + found.index;
  return `${line.slice(0, at)}hierselbst${line.slice(at + found[0].length)}`;
}
