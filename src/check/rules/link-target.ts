import { extname } from 'node:path/posix';
import { isIncomplete, linkTo } from '../article-link.ts';
import type { Facts, Link, Text } from '../facts.ts';
import { hrefFixes } from '../href-edit.ts';
import { nearestArticleFile } from '../nearest-file.ts';
import type { Found, Rule } from '../rule.ts';

export const linkTarget: Rule = {
  name: 'link-target',
  severity: 'error',
  holds: 'text',
  fixable: true,
  what: 'a relative link to an article file that is not there',
  why: 'Readers would land nowhere.',
  mend: 'Link to the file with its locale, as in `../konto/passwort.de.md`. Mended where one file is clearly meant: a missing locale, a moved file, a typo.',
  find(facts) {
    const fixes = hrefFixes(facts.sources);
    return facts.texts.flatMap((text) =>
      text.links
        .filter((link) => isBrokenArticleLink(link, facts))
        .map((link) => foundBroken(link, text, facts, fixes)),
    );
  },
};

function isBrokenArticleLink(link: Link, facts: Facts): boolean {
  if (!link.broken || link.reference.kind === 'image') return false;
  const { leads } = link;
  if (leads.kind === 'outside') return true;
  if (leads.kind === 'elsewhere') return isIncomplete(link.reference.href);
  if (leads.kind !== 'file' || facts.textByFile.has(leads.path)) return false;
  return isArticleLike(leads.path);
}

/** No extension, `.md`, or something that is none (`v2.0-neu`): what is no other file is an article. */
export function isArticleLike(path: string): boolean {
  const extension = extname(path).toLowerCase();
  return extension === '.md' || !/^\.[a-z][a-z0-9]{1,4}$/.test(extension) || isLocalePart(path);
}

/** `passwort.de`: a locale without `.md` is a slip, not a file of its own kind. */
function isLocalePart(path: string): boolean {
  return /\.[a-z]{2}(-[A-Z]{2})?$/.test(path);
}

function foundBroken(
  link: Link,
  text: Text,
  facts: Facts,
  fixes: ReturnType<typeof hrefFixes>,
): Found {
  const { href } = link.reference;
  const { leads, place } = link;
  if (leads.kind === 'elsewhere') {
    return { ...place, message: `"${href}" is not a complete address` };
  }
  if (leads.kind !== 'file') {
    return {
      ...place,
      message:
        leads.kind === 'outside' && leads.absolute
          ? `"${href}" is no address and no relative path`
          : `"${href}" leads out of the content folder`,
      hint: 'links between articles are relative to the file they stand in, as in ../konto/sso.de.md',
    };
  }
  if (facts.unreadable.has(leads.path)) {
    return { ...place, message: `"${href}" could not be read; its own errors say why` };
  }
  const nearest = nearestArticleFile(leads.path, text.translation.locale, facts);
  if (nearest === null) return { ...place, message: `"${href}" does not exist` };
  const replacement = linkTo(place.file, nearest.file, href);
  return {
    ...place,
    message: `"${href}" does not exist. Did you mean "${replacement}"?`,
    fix: nearest.sure ? fixes(place, href, replacement) : null,
  };
}
