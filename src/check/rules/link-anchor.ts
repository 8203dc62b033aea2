import { closest, distance } from 'fastest-levenshtein';
import type { OutlineHeading } from '../../model/article.ts';
import type { Facts, Link, Text } from '../facts.ts';
import type { Found, Rule } from '../rule.ts';

export const linkAnchor: Rule = {
  name: 'link-anchor',
  severity: 'error',
  holds: 'text',
  fixable: false,
  what: 'a link to a heading that its page does not have',
  why: 'Readers would land at the top of the page and search.',
  mend: "Link to an anchor of the page: a heading's `{#anchor}`, else its text in lower case with hyphens.",
  find(facts) {
    return facts.texts.flatMap((text) =>
      text.links.flatMap((link) => missingAnchor(link, text, facts)),
    );
  },
};

function missingAnchor(link: Link, text: Text, facts: Facts): Found[] {
  if (link.reference.kind === 'image') return [];
  const { leads, place } = link;
  if (leads.kind === 'anchor') {
    const { outline } = text.translation;
    if (leads.anchor === '') return [{ ...place, message: 'the link leads nowhere' }];
    return has(outline, leads.anchor)
      ? []
      : [{ ...place, ...told(leads.anchor, outline, 'this page') }];
  }
  if (leads.kind !== 'file' || leads.anchor === null) return [];
  const target = facts.textByFile.get(leads.path);
  if (target === undefined || has(target.translation.outline, leads.anchor)) return [];
  const page = `"${target.translation.title}"`;
  return [{ ...place, ...told(leads.anchor, target.translation.outline, page) }];
}

function has(outline: readonly OutlineHeading[], anchor: string): boolean {
  return outline.some((heading) => heading.anchor === anchor);
}

function told(
  anchor: string,
  outline: readonly OutlineHeading[],
  page: string,
): { message: string; hint: string | null } {
  const anchors = outline.map((heading) => heading.anchor);
  const nearest = anchors.length === 0 ? null : closest(anchor, anchors);
  const close =
    nearest !== null && distance(anchor, nearest) <= Math.max(2, Math.floor(anchor.length / 3));
  const message = `${page} has no heading "#${anchor}"`;
  if (close) return { message: `${message}. Did you mean "#${nearest}"?`, hint: null };
  const few = anchors.slice(0, 8).map((one) => `#${one}`);
  return { message, hint: few.length === 0 ? null : `its headings: ${few.join(', ')}` };
}
