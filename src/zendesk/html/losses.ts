import type { Loss } from '../../model/finding.ts';

/** How much a loss weighs: a reader misses something, or it only looks another way. */
export type LossWeight = 'content' | 'look';

/**
 * Every kind of loss there is; nothing else may be lost. `docs/import.md` explains each, and a test
 * compares the two.
 */
export const lossKinds = {
  alignment: 'look',
  anchor: 'content',
  'callout-label': 'look',
  'code-as-prose': 'look',
  'copy-button': 'look',
  'definition-list': 'look',
  direction: 'look',
  embed: 'content',
  file: 'content',
  form: 'content',
  'heading-in-cell': 'look',
  'hidden-text': 'look',
  image: 'content',
  indentation: 'look',
  link: 'content',
  'link-target': 'content',
  'link-tracking': 'look',
  'list-style': 'look',
  math: 'content',
  nesting: 'look',
  script: 'look',
  superscript: 'content',
  svg: 'content',
  'table-caption': 'look',
  'table-nested': 'content',
  tabs: 'look',
  'text-style': 'look',
  'video-address': 'look',
  'video-file': 'content',
  'video-start': 'look',
} as const satisfies Readonly<Record<string, LossWeight>>;
export type LossKind = keyof typeof lossKinds;

/** Losses of one body. Marks of looks are noted once for each kind, with a count. */
export class Losses {
  private readonly entries: Loss[] = [];
  private readonly looks = new Map<LossKind, { index: number; count: number; excerpt: string }>();

  add(construct: LossKind, action: Loss['action'], line: number | null, excerpt: string): void {
    this.entries.push({ construct, action, line, excerpt: shortened(excerpt) });
  }

  /** A kind that would fill the report: its first place, and how many more there are. */
  addLook(construct: LossKind, action: Loss['action'], line: number | null, excerpt: string): void {
    const known = this.looks.get(construct);
    if (known === undefined) {
      this.looks.set(construct, {
        index: this.entries.length,
        count: 1,
        excerpt: shortened(excerpt),
      });
      this.add(construct, action, line, excerpt);
      return;
    }
    known.count++;
    const first = this.entries[known.index];
    if (first !== undefined)
      this.entries[known.index] = {
        ...first,
        excerpt: `${known.excerpt} (and ${known.count - 1} more)`,
      };
  }

  get all(): readonly Loss[] {
    return this.entries;
  }
}

/** A copy: a piece of a string keeps all of that string, the whole body, in memory. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const short = line.length <= 80 ? line : `${[...line.slice(0, 200)].slice(0, 79).join('')}…`;
  return Buffer.from(short).toString();
}
