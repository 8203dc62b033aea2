import type { Fix } from '../model/finding.ts';
import type { Place } from './place.ts';
import { offsetAt, type Sources } from './sources.ts';

/** How far behind the start of a link its address may stand. */
const reach = 2_000;

/**
 * Makes fixes that replace a link's address where it is written, and nothing else. Null where the
 * address is not found as such (it comes from a variable, say). The same place never gets two fixes.
 */
export function hrefFixes(
  sources: Sources,
): (place: Place, href: string, replacement: string) => Fix | null {
  const made = new Map<string, Fix | null>();
  const taken = new Set<string>();
  return (place, href, replacement) => {
    const key = [place.file, place.line, place.column, href, replacement].join('\n');
    const known = made.get(key);
    if (known !== undefined) return known;
    const start = hrefOffset(sources.get(place.file), place, href, taken);
    if (start !== null) taken.add(`${place.file}\n${start}`);
    const edit = { file: place.file, start, end: (start ?? 0) + href.length, text: replacement };
    const fix: Fix | null = start === null ? null : { kind: 'edit', edits: [{ ...edit, start }] };
    made.set(key, fix);
    return fix;
  };
}

function hrefOffset(
  text: string | undefined,
  place: Place,
  href: string,
  taken: ReadonlySet<string>,
): number | null {
  const from = text === undefined ? null : offsetAt(text, place.line, place.column);
  if (text === undefined || from === null || href === '') return null;
  for (
    let at = text.indexOf(href, from);
    at !== -1 && at - from < reach;
    at = text.indexOf(href, at + 1)
  ) {
    const before = text.slice(at - 1, at);
    const after = text.slice(at + href.length, at + href.length + 1);
    const delimited = /[(<"'=\s]/.test(before) && /^$|[)>"'\s]/.test(after);
    if (delimited && !taken.has(`${place.file}\n${at}`)) return at;
  }
  return null;
}
