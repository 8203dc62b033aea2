import { isIncomplete, linkTo } from '../article-link.ts';
import type { Facts, Link } from '../facts.ts';
import { hrefFixes } from '../href-edit.ts';
import { nearestAsset } from '../nearest-file.ts';
import type { Found, Rule } from '../rule.ts';
import { isArticleLike } from './link-target.ts';

export const assetMissing: Rule = {
  name: 'asset-missing',
  severity: 'error',
  holds: 'text',
  fixable: true,
  what: 'an image or a linked file that is not there',
  why: 'A missing image makes the service refuse the whole article.',
  mend: 'Put the file there, or correct the path. Mended where one file is clearly meant.',
  find(facts) {
    const fixes = hrefFixes(facts.sources);
    return facts.texts.flatMap((text) =>
      text.links
        .filter((link) => isBrokenAsset(link, facts))
        .map((link) => foundMissing(link, facts, fixes)),
    );
  },
};

function isBrokenAsset(link: Link, facts: Facts): boolean {
  const { broken, leads, reference } = link;
  if (!broken) return false;
  if (reference.kind === 'image') {
    return leads.kind !== 'elsewhere' || isIncomplete(reference.href);
  }
  return leads.kind === 'file' && !facts.textByFile.has(leads.path) && !isArticleLike(leads.path);
}

function foundMissing(link: Link, facts: Facts, fixes: ReturnType<typeof hrefFixes>): Found {
  const { leads, place, reference } = link;
  const { href } = reference;
  if (leads.kind === 'outside') {
    return {
      ...place,
      message: leads.absolute
        ? `"${href}" is no address and no relative path`
        : `"${href}" leads out of the content folder`,
      hint: 'images are relative to the file they stand in, as in ../assets/bild.png',
    };
  }
  if (leads.kind !== 'file') return { ...place, message: `"${href}" is not a complete address` };
  const nearest = nearestAsset(leads.path, facts);
  if (nearest?.file === leads.path && leads.anchor !== null) {
    const replacement = href.replace(/#.*$/s, '');
    return {
      ...place,
      message: `"${href}" is a file, which has no headings: link to "${replacement}"`,
      fix: fixes(place, href, replacement),
    };
  }
  if (nearest === null) return { ...place, message: `"${href}" does not exist` };
  const replacement = linkTo(place.file, nearest.file, href);
  return {
    ...place,
    message: `"${href}" does not exist. Did you mean "${replacement}"?`,
    fix: nearest.sure ? fixes(place, href, replacement) : null,
  };
}
