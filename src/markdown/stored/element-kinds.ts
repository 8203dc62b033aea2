/** Elements that stand in running text; any other unknown one is a block. */
const phrasing = new Set(
  `abbr acronym bdi bdo big button cite data dfn font ins kbd label mark meter nobr output progress q
  rb rp rt rtc ruby samp small sub sup time tt u var wbr`.split(/\s+/),
);

/** Headings hold their level in their name. */
export function headingLevelOf(tag: string): number | null {
  return /^h[1-6]$/.test(tag) ? Number(tag.slice(1)) : null;
}

/** Is this an element of running text that the dialect does not know? */
export function isUnknownPhrasing(tag: string): boolean {
  return phrasing.has(tag);
}
