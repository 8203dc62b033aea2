import type { Tree } from '../model/tree.ts';
import type { FieldChange } from '../plan/plan.ts';
import { bodyLines, bodySize, comparedBodies } from './body-diff.ts';
import type { Style } from './style.ts';
import { markedWords } from './word-diff.ts';
import { oneLine } from './wording.ts';

/** One line below a change: what changes, from what to what, and how much of it. */
export interface FieldLine {
  label: string;
  text: string;
  /** Shown at the right; empty for none. */
  size: string;
}

/** The bodies of a change; null where there are none to compare. */
export type Texts = { before: Tree | null; after: Tree | null } | null;

/** Changes of a body that are worth their lines; the rest is counted. */
const mostBodyLines = 3;

/** The fields of a change, each in a line or a few. */
export function fieldLines(
  fields: readonly FieldChange[],
  texts: Texts,
  options: { style: Style; columns: number; locale: string | null },
): FieldLine[] {
  return fields.flatMap((field) => {
    if (isBody(field)) return bodyFieldLines(texts, options);
    if (field.name === 'links') {
      // Links follow their targets: where the text changes too, that says more.
      const text = 'lead to where their targets are now';
      return fields.some(isBody) ? [] : [{ label: 'links', text, size: '' }];
    }
    const { before, after } = field;
    if (isAvailability(before) && isAvailability(after)) return availabilityLines(before, after);
    const text =
      typeof before === 'string' && typeof after === 'string' && isProse(field.name)
        ? markedWords(before, after, options.style, options.locale ?? 'und')
        : `${shownValue(before)} → ${shownValue(after)}`;
    return [{ label: field.name, text, size: '' }];
  });
}

function bodyFieldLines(
  texts: Texts,
  { style, columns, locale }: { style: Style; columns: number; locale: string | null },
): FieldLine[] {
  if (texts === null || texts.before === null || texts.after === null) {
    return [{ label: 'text', text: 'changed', size: '' }];
  }
  const change = comparedBodies(texts.before, texts.after);
  const lines = bodyLines(change, {
    style,
    columns,
    limit: mostBodyLines,
    locale: locale ?? 'und',
  });
  return lines.map((text, index) => ({
    label: index === 0 ? 'text' : '',
    text,
    size: index === 0 && change.changed > 0 ? bodySize(change) : '',
  }));
}

/** Where something goes from and to: `Abrechnung → Konto`. */
export function moveText(fields: readonly FieldChange[]): string {
  const field = fields.find(({ name }) => name === 'collection' || name === 'parent') ?? fields[0];
  return field === undefined ? '' : `${shownValue(field.before)} → ${shownValue(field.after)}`;
}

function isBody({ name }: FieldChange): boolean {
  return name === 'body' || name === 'text';
}

function isProse(name: string): boolean {
  return name === 'title' || name === 'description';
}

type Flags = Readonly<Record<string, boolean>>;

function isAvailability(value: unknown): value is Flags {
  return (
    value !== null &&
    typeof value === 'object' &&
    !Array.isArray(value) &&
    Object.values(value).every((flag) => typeof flag === 'boolean')
  );
}

function availabilityLines(before: Flags, after: Flags): FieldLine[] {
  const changed = Object.keys(after).filter((agent) => before[agent] !== after[agent]);
  const text = changed
    .map((agent) => `${agent} ${shownValue(before[agent])} → ${shownValue(after[agent])}`)
    .join(', ');
  return changed.length === 0 ? [] : [{ label: 'AI', text, size: '' }];
}

/** A value as a person reads it; digests say nothing to anybody. */
export function shownValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(shownValue).join(', ');
  if (typeof value === 'string') return shownText(value);
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([name, entry]) => `${name} ${shownValue(entry)}`)
      .join(', ');
  }
  return String(value);
}

function shownText(value: string): string {
  return /^sha256:[0-9a-f]{64}$/.test(value) ? value.slice(0, 15) : oneLine(value);
}
