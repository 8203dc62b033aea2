import GithubSlugger from 'github-slugger';
import type { Heading } from '../../model/tree.ts';
import { inlineText } from '../../model/tree-text.ts';
import type { Landmark } from './reading.ts';

/** A place that links may point at: the heading it has become. */
export interface FoundPlace {
  heading: Heading;
  /** false: it was no heading; this is the nearest one. */
  isExact: boolean;
}

/** Ids that editors made up: nobody wrote them, nobody misses them. */
const generated =
  /^(?:h_[0-9a-z]{8,}|_?toc[_-]?\d*|h\.[\w]{8,}|heading=.*|docs-internal-.*|[0-9a-f]{16,}|[0-9a-f]{8}-[0-9a-f-]{20,}|01[0-9a-hjkmnp-tv-z]{24}|_{1,2}\w+)$/i;

/** The heading each id stands at: its own, the one that follows at once, else the one before it. */
export function placesOf(landmarks: readonly Landmark[]): Map<string, FoundPlace> {
  const places = new Map<string, FoundPlace>();
  const first = landmarks.find((mark) => mark.kind === 'heading');
  let before: Heading | null = null;
  for (const [index, mark] of landmarks.entries()) {
    if (mark.kind === 'heading') before = mark.heading;
    if (mark.kind !== 'id' || places.has(mark.id)) continue;
    const next = nextBesidesIds(landmarks, index);
    const isInHeading = before !== null && isWithin(landmarks, index);
    const heading =
      next?.kind === 'heading' && !isInHeading
        ? next.heading
        : (before ?? (first?.kind === 'heading' ? first.heading : null));
    if (heading !== null)
      places.set(mark.id, { heading, isExact: next?.kind === 'heading' || isInHeading });
  }
  return places;
}

/** An id right behind its heading's beginning lies in that heading. */
function isWithin(landmarks: readonly Landmark[], index: number): boolean {
  for (let at = index - 1; at >= 0; at--) {
    const mark = landmarks[at];
    if (mark?.kind === 'heading') return true;
    if (mark?.kind !== 'id') return false;
  }
  return false;
}

function nextBesidesIds(landmarks: readonly Landmark[], index: number): Landmark | null {
  for (let at = index + 1; at < landmarks.length; at++) {
    const mark = landmarks[at];
    if (mark !== undefined && mark.kind !== 'id') return mark;
  }
  return null;
}

/**
 * Gives each heading its anchor and tells which of them have to be written. A heading that links
 * name by a readable id keeps it; the others go by their text, as they would had a writer typed them.
 */
export function anchorHeadings(
  headings: readonly Heading[],
  places: ReadonlyMap<string, FoundPlace>,
  wanted: ReadonlySet<string>,
): ReadonlySet<Heading> {
  const explicit = new Map<Heading, string>();
  for (const [id, { heading, isExact }] of places) {
    const anchor = id.normalize('NFC');
    const isUsable = isExact && wanted.has(id) && !generated.test(id) && /^[^\s{}]{1,60}$/.test(id);
    const isTaken = [...explicit.values()].includes(anchor);
    if (isUsable && !isTaken && !explicit.has(heading)) explicit.set(heading, anchor);
  }
  // The same rule as in the dialect: written anchors first, then GitHub's slugs around them.
  const plain = slugs(headings, new Map());
  for (const [heading, anchor] of explicit)
    if (plain.get(heading) === anchor) explicit.delete(heading);
  const anchors = slugs(headings, explicit);
  for (const heading of headings) heading.anchor = anchors.get(heading) ?? null;
  return new Set(explicit.keys());
}

function slugs(
  headings: readonly Heading[],
  explicit: ReadonlyMap<Heading, string>,
): Map<Heading, string> {
  const slugger = new GithubSlugger();
  for (const anchor of explicit.values()) slugger.occurrences[anchor] ??= 0;
  return new Map(
    headings.map((heading) => {
      const text = inlineText(heading.children).replace(/\s+/g, ' ').trim();
      return [heading, explicit.get(heading) ?? slugger.slug(text === '' ? 'section' : text)];
    }),
  );
}
