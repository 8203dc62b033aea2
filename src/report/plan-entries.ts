import type { Action, Change, Held, Plan, PlanSummary, Withheld } from '../plan/plan.ts';
import { approvalText } from './approval.ts';
import { type FieldLine, fieldLines, moveText, type Texts } from './field-lines.ts';
import { withoutFollowUps } from './follow-ups.ts';
import { grouped } from './grouped.ts';
import { columnsOf, type Style, type Tone } from './style.ts';
import { counted, itemName, numeral } from './wording.ts';

/** One row of a plan as people read it: an item with the locales it concerns. */
export interface Entry {
  symbol: string;
  tone: Tone;
  verb: string;
  name: string;
  /** Where it moves, beside the name. */
  beside: string;
  /** Who approved it, or why. */
  note: string;
  lines: readonly FieldLine[];
  /** The next step for a person; null for none. */
  hint: string | null;
}

export const actionLooks: Readonly<Record<Action, { symbol: string; tone: Tone }>> = {
  create: { symbol: '+', tone: 'good' },
  update: { symbol: '~', tone: 'note' },
  move: { symbol: '→', tone: 'note' },
  publish: { symbol: '↑', tone: 'good' },
  unpublish: { symbol: '−', tone: 'bad' },
  delete: { symbol: '−', tone: 'bad' },
  adopt: { symbol: '=', tone: 'quiet' },
  redirect: { symbol: '→', tone: 'note' },
};

/** Bodies of a change, where they are known. */
export type TextsOf = (change: Change) => Texts;

/** All rows: changes first, then what is withheld, then what is held. */
export function planEntries(
  plan: Pick<Plan, 'changes' | 'withheld' | 'held' | 'today'>,
  texts: TextsOf,
  style: Style,
  options: { all: boolean } = { all: true },
): Entry[] {
  const { news, followUps } = options.all
    ? { news: plan.changes, followUps: [] }
    : withoutFollowUps(plan.changes);
  return [
    ...changeEntries(news, plan.today, texts, style),
    ...followUpEntries(followUps.length),
    ...withheldEntries(plan.withheld),
    ...heldEntries(plan.held),
  ];
}

/** One row for the steps that only belong to others. */
export function followUpEntries(steps: number): Entry[] {
  if (steps === 0) return [];
  return [
    {
      symbol: '·',
      tone: 'quiet',
      verb: 'also',
      name: counted(steps, 'step'),
      beside: '',
      note: 'images, tags, and links among new articles',
      lines: [],
      hint: null,
    },
  ];
}

function changeEntries(
  changes: readonly Change[],
  today: string,
  texts: TextsOf,
  style: Style,
): Entry[] {
  const note = (change: Change): string => noteOf(change, today);
  return [...grouped(changes, (change) => groupKey(change, note(change))).values()].flatMap(
    (group) => {
      const [first] = group;
      return first === undefined ? [] : [changeEntry(first, group, note(first), texts, style)];
    },
  );
}

/** Updates of two locales differ in what they change, so each keeps its own row. */
function groupKey(change: Change, note: string): string {
  const own = change.action === 'update' ? (change.locale ?? '') : '';
  const moved = change.action === 'move' ? moveText(change.fields) : '';
  return [change.kind, change.id, change.action, note, own, moved].join('\n');
}

function changeEntry(
  change: Change,
  group: readonly Change[],
  note: string,
  texts: TextsOf,
  style: Style,
): Entry {
  const { symbol, tone } = actionLooks[change.action];
  const lines = change.action === 'update' ? linesOf(change, texts, style) : [];
  const short = shortLine(lines);
  const moved = change.action === 'move' ? moveText(change.fields) : '';
  return {
    symbol,
    tone,
    verb: change.action,
    name: itemName(
      shownPath(change),
      group.map(({ locale }) => locale),
    ),
    beside: short ?? moved,
    note: saysNothingNew(change) ? '' : note,
    lines: short === null ? lines : [],
    hint: null,
  };
}

function linesOf(change: Change, texts: TextsOf, style: Style): FieldLine[] {
  return fieldLines(change.fields, texts(change), {
    style,
    columns: Math.max(32, style.width - 34),
    locale: change.locale,
  });
}

const shortColumns = 40;

/** The only line of a small change that is not about words: it has room beside the name. */
function shortLine(lines: readonly FieldLine[]): string | null {
  const [line, ...more] = lines;
  if (line === undefined || more.length > 0 || textFields.has(line.label)) return null;
  const text = `${line.label} ${line.text}`;
  return columnsOf(text) <= shortColumns ? text : null;
}

/** A reason like `tags changed` repeats what the fields say better. */
function saysNothingNew({ action, approval, fields, reason }: Change): boolean {
  if (approval !== null) return false;
  return action === 'move' || fields.some(({ name }) => reason === `${name} changed`);
}

/** A folder is shown as one, so that a collection is never taken for an article of its name. */
function shownPath({
  kind,
  path,
  id,
  title,
}: Pick<Change, 'kind' | 'path' | 'id' | 'title'>): string {
  if (kind === 'collection') return `${path === '' ? id : path}/`;
  if (kind === 'article') return path === '' ? id : path;
  return title === '' ? id : title;
}

/** An approval stands behind text; what happens to availability or place is explained by its reason. */
function noteOf(change: Change, today: string): string {
  const saysText =
    change.action === 'create' ||
    change.action === 'publish' ||
    (change.action === 'update' && change.fields.some(({ name }) => textFields.has(name)));
  return change.approval !== null && saysText
    ? approvalText(change.approval, today)
    : change.reason;
}

const textFields = new Set(['title', 'description', 'body', 'text']);

/** Rows of what is not approved. */
export function withheldEntries(withheld: readonly Withheld[]): Entry[] {
  return joinedByReason(withheld, (item) => ({
    symbol: '○',
    tone: 'warning',
    verb: 'withheld',
    hint: null,
    note: item.reason,
  }));
}

/** Rows of what waits for a person. */
export function heldEntries(held: readonly Held[]): Entry[] {
  return joinedByReason(held, (item) => ({
    symbol: '!',
    tone: 'warning',
    verb: 'held',
    hint: item.hint === '' ? null : item.hint,
    note: item.reason,
  }));
}

function joinedByReason<Item extends Withheld | Held>(
  items: readonly Item[],
  look: (item: Item) => Pick<Entry, 'symbol' | 'tone' | 'verb' | 'hint' | 'note'>,
): Entry[] {
  const groups = grouped(items, (item) => [item.path, item.kind, item.id, item.reason].join('\n'));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const path = first.kind === 'collection' ? `${first.path}/` : first.path || first.id;
    return [
      {
        ...look(first),
        name: itemName(
          path,
          group.map(({ locale }) => locale),
        ),
        beside: '',
        lines: [],
      },
    ];
  });
}

/** `1 update · 2 creates (1 article) · 419 unchanged`. */
export function summaryText(summary: PlanSummary, changes: readonly Change[]): string {
  const creates = counted(summary.create, 'create');
  const items = createdItems(changes);
  const parts: [number, string][] = [
    [summary.update, counted(summary.update, 'update')],
    [summary.create, items === '' ? creates : `${creates} (${items})`],
    [summary.move, counted(summary.move, 'move')],
    [summary.publish, `${numeral(summary.publish)} to publish`],
    [summary.unpublish, `${numeral(summary.unpublish)} to unpublish`],
    [summary.delete, counted(summary.delete, 'delete')],
    [summary.redirect, counted(summary.redirect, 'redirect')],
    [summary.adopt, `${numeral(summary.adopt)} to adopt`],
    [summary.withheld, `${numeral(summary.withheld)} withheld`],
    [summary.held, `${numeral(summary.held)} held`],
    [summary.unchanged, `${numeral(summary.unchanged)} unchanged`],
  ];
  return parts
    .filter(([value]) => value > 0)
    .map(([, text]) => text)
    .join(' · ');
}

/** `3 collections, 12 articles`: what the creates of all locales are about; empty when that is plain. */
function createdItems(changes: readonly Change[]): string {
  const creates = changes.filter(({ action }) => action === 'create');
  const items = grouped(creates, ({ kind, id }) => `${kind} ${id}`);
  if (items.size === creates.length) return '';
  const firsts = [...items.values()].flatMap(([first]) => (first === undefined ? [] : [first]));
  return [...grouped(firsts, ({ kind }) => kind)]
    .map(([kind, group]) => counted(group.length, kind))
    .join(', ');
}

/** `eu · EU workspace "Beispiel" · help center hilfe.example.com · 212 articles, 2 locales`. */
export function planHeading(plan: Plan): string {
  const { workspace } = plan;
  const title = workspace.title === '' ? workspace.id : `"${workspace.title}"`;
  const helpCenter =
    workspace.helpCenter === null
      ? []
      : [`help center ${workspace.helpCenter.replace(/^https?:\/\//, '')}`];
  return [
    workspace.name,
    `${workspace.region.toUpperCase()} workspace ${title}`,
    ...helpCenter,
    `${counted(plan.articles, 'article')}, ${counted(plan.locales, 'locale')}`,
  ].join(' · ');
}

/** Items by their top folder: `start/… (12), konto/… (19)`. */
export function byFolder(paths: readonly string[]): string {
  const folders = grouped(paths, (path) => (path.includes('/') ? (path.split('/')[0] ?? '') : ''));
  return [...folders]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([folder, items]) =>
      folder === '' ? items.join(', ') : `${folder}/… (${numeral(items.length)})`,
    )
    .join(', ');
}
