import { parseMarkdown } from '../markdown/index.ts';
import type { Block, Tree } from '../model/tree.ts';
import { align } from './align.ts';
import { keyOf, withWrittenAnchors } from './keys.ts';
import { mergeTokens } from './merge-tokens.ts';
import { blockTraits } from './merge-trees.ts';
import { patchBlock } from './patch-block.ts';
import { type Segment, segmentsOf } from './segments.ts';
import { says, type Writer } from './writer.ts';

/** Lines of the result: of a segment that stays, or new ones. */
interface Part {
  lead: readonly string[];
  lines: readonly string[];
  isNew: boolean;
}

/** A run of neighbouring blocks that changed, or one that did not. */
interface Stretch {
  segments: Segment[];
  target: Block[];
  isKept: boolean;
}

/**
 * Writes a tree into a text that says another one, into only the lines it must. Line breaks are `\n`.
 * null when no way of writing is read as exactly that tree.
 */
export function writeInto(text: string, target: Tree, writer: Writer): string | null {
  const whole = writer.definitions === '' ? text : `${text}\n\n${writer.definitions}`;
  const parsed = parseMarkdown(whole, writer.context);
  const tree = withWrittenAnchors(parsed.tree);
  if (keyOf(tree) === keyOf(target)) return text;
  const { segments, tail } = segmentsOf(text, parsed, tree);
  const stretches = stretchesOf(segments, tree, target);
  for (const way of [patched, rewritten]) {
    const parts = stretches.flatMap((stretch) => way(stretch, segments, writer));
    for (const gap of gaps) {
      const result = joined(parts, tail, gap, blankStart(segments[0]?.lead ?? []));
      if (says(result, target, writer)) return result;
    }
  }
  return null;
}

/**
 * Blocks that stood close together still do; or a blank line comes between, as they may not be the
 * same ones any more; or a comment keeps two lists apart that nothing else does.
 */
const gaps = ['as-written', 'blank', 'comment'] as const;
type Gap = (typeof gaps)[number];

/** Changed blocks written anew, where their own lines cannot be kept. */
function rewritten({ segments, target, isKept }: Stretch, _: unknown, writer: Writer): Part[] {
  if (isKept) return segments.map(({ lead, lines }) => ({ lead, lines, isNew: false }));
  if (target.length === 0) return [];
  const lead = segments[0]?.lead ?? [''];
  return [{ lead, lines: writer.write(target).split('\n'), isNew: true }];
}

/** Cuts old and new blocks into runs: those that stay, and those that change together. */
function stretchesOf(segments: readonly Segment[], tree: Tree, target: Tree): Stretch[] {
  const pairs = align(tree, target, blockTraits);
  const stretches: Stretch[] = [];
  let open: Stretch = { segments: [], target: [], isKept: false };
  let at = 0;
  let block = 0;
  for (const segment of segments) {
    const places = segment.blocks.map((_, index) => pairs[block + index] ?? null);
    block += segment.blocks.length;
    const [first] = places;
    const isKept = segment.blocks.every((own, index) => {
      const place = places[index];
      const other = place === null || place === undefined ? undefined : target[place];
      return other !== undefined && place === (first ?? 0) + index && keyOf(other) === keyOf(own);
    });
    if (!isKept || first === null || first === undefined) {
      open.segments.push(segment);
      continue;
    }
    open.target.push(...target.slice(at, first));
    stretches.push(open, {
      segments: [segment],
      target: target.slice(first, first + segment.blocks.length),
      isKept: true,
    });
    open = { segments: [], target: [], isKept: false };
    at = first + segment.blocks.length;
  }
  open.target.push(...target.slice(at));
  return [...stretches, open].filter(
    (stretch) => stretch.segments.length > 0 || stretch.target.length > 0,
  );
}

function patched(stretch: Stretch, all: readonly Segment[], writer: Writer): Part[] {
  const { segments, target, isKept } = stretch;
  if (isKept) return segments.map(({ lead, lines }) => ({ lead, lines, isNew: false }));
  const [first] = segments;
  const together = rewordedTogether(stretch, writer);
  if (together !== null && first !== undefined) {
    return [{ lead: first.lead, lines: together.split('\n'), isNew: false }];
  }
  const blocks = segments.flatMap((segment) => segment.blocks);
  const pairs = align(blocks, target, blockTraits);
  const parts: Part[] = [];
  let block = 0;
  let at = 0;
  let orphaned: readonly string[] = [];
  const addNew = (items: readonly Block[]): void => {
    for (const item of items) {
      const lines = movedLines(item, all) ?? writer.write([item]).split('\n');
      parts.push({ lead: orphaned.length > 0 ? orphaned : [''], lines, isNew: true });
      orphaned = [];
    }
  };
  for (const segment of segments) {
    const place = segment.blocks.length === 1 ? (pairs[block] ?? null) : null;
    block += segment.blocks.length;
    const other = place === null ? undefined : target[place];
    const [own] = segment.blocks;
    if (place === null || other === undefined || own === undefined || segment.isInclude) {
      orphaned = keptLead(orphaned, segment.lead);
      continue;
    }
    addNew(target.slice(at, place));
    at = place + 1;
    const lines = patchBlock(segment.lines.join('\n'), own, other, writer).split('\n');
    parts.push({
      lead: orphaned.length > 0 ? keptLead(orphaned, segment.lead) : segment.lead,
      lines,
      isNew: false,
    });
    orphaned = [];
  }
  addNew(target.slice(at));
  return orphaned.some((line) => line.trim() !== '')
    ? [...parts, { lead: orphaned, lines: [], isNew: true }]
    : parts;
}

/** A split or a join of paragraphs: the words stay where they are. */
function rewordedTogether({ segments, target }: Stretch, writer: Writer): string | null {
  const blocks = segments.flatMap((segment) => segment.blocks);
  const isFlowing = [...blocks, ...target].every(
    (block) => block.type === 'paragraph' && block.align === null,
  );
  const isOne = blocks.length === target.length || blocks.length === 0 || target.length === 0;
  if (!isFlowing || isOne || blocks.length + target.length > 6) return null;
  if (segments.some((segment) => segment.isInclude)) return null;
  const text = segments
    .map(({ lead, lines }, index) => [...(index === 0 ? [] : lead), ...lines].join('\n'))
    .join('\n');
  const merged = mergeTokens(
    writer.write(blocks, text),
    text,
    writer.write(target, text),
    'flowing',
  );
  if (merged === null || !says(merged, target, writer)) return null;
  // Words that only happen to be alike would leave a line from everywhere.
  return merged;
}

/** Comments and definitions before a block that goes stay. */
function keptLead(before: readonly string[], lead: readonly string[]): readonly string[] {
  if (before.length === 0) return lead;
  return lead.every((line) => line.trim() === '') ? before : [...before, ...lead];
}

/** The lines of a block that was moved: it keeps its own spelling. */
function movedLines(block: Block, segments: readonly Segment[]): readonly string[] | null {
  const key = keyOf(block);
  const segment = segments.find(
    ({ blocks, isInclude }) =>
      !isInclude && blocks.length === 1 && blocks[0] !== undefined && keyOf(blocks[0]) === key,
  );
  return segment?.lines ?? null;
}

/** @param start the blank lines that the text begins with: they stay, whatever block comes first now */
function joined(
  parts: readonly Part[],
  tail: readonly string[],
  gap: Gap,
  start: readonly string[],
): string {
  const lines: string[] = [];
  parts.forEach((part, index) => {
    const previous = parts[index - 1];
    const isFirst = lines.length === 0;
    const lead = isFirst ? [...start, ...part.lead.slice(blankStart(part.lead).length)] : part.lead;
    const isClose = previous !== undefined && part.lead.length === 0;
    const touches = part.isNew || previous?.isNew === true || (isClose && gap === 'blank');
    const isApart = lead.some((line) => line.trim() === '');
    lines.push(...(isFirst || !touches || isApart || lines.at(-1) === '' ? [] : ['']), ...lead);
    const isListAfterList = isList(part) && previous !== undefined && isList(previous);
    if (gap === 'comment' && isListAfterList && isBlank(lead)) lines.push('<!-- -->', '');
    if (part.isNew && lead.length > 0 && lead.at(-1)?.trim() !== '' && part.lines.length > 0) {
      lines.push('');
    }
    lines.push(...part.lines);
  });
  return [...lines, ...tail].join('\n');
}

function isList({ lines }: Part): boolean {
  return /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/.test(lines[0] ?? '');
}

function isBlank(lead: readonly string[]): boolean {
  return lead.every((line) => line.trim() === '');
}

/** The blank lines before anything is said. */
function blankStart(lead: readonly string[]): readonly string[] {
  const first = lead.findIndex((line) => line.trim() !== '');
  return first < 0 ? lead : lead.slice(0, first);
}
