import { canonical, canonicalHash, signedHost, withoutSignature } from '../markdown/index.ts';
import { hashStartIn } from '../model/asset-name.ts';
import { sha256 } from '../model/hash.ts';
import type { Echo } from '../model/recorded.ts';
import type { LiveTranslation } from '../model/snapshot.ts';
import type { ImageSource, Target, Tree } from '../model/tree.ts';
import type { DesiredTranslation } from './desired.ts';

/** What stored addresses stand for, whatever may differ between two readings of one body. */
export const identify = {
  /** Article addresses lose their slug: it follows the title. */
  link(href: string): Target {
    return { kind: 'url', url: withoutSlug(href) };
  },
  /** Images of ours are known by the content hash in their name, wherever they are hosted. */
  image(src: string): ImageSource {
    const hash = hashStartIn(src);
    if (hash !== null) return { kind: 'asset', hash };
    return { kind: 'url', url: signedHost(src) ? withoutSignature(src) : src };
  },
};

/** An article address without slug and query: `…/de/articles/42-slug#h_1` → `…/de/articles/42#h_1`. */
export function withoutSlug(href: string): string {
  return href.replace(
    /^(https?:\/\/[^?#]*\/articles\/\d+)(?:-[^/?#]*)?\/?(?:\?[^#]*)?(#.*)?$/,
    '$1$2',
  );
}

/** The canonical tree of a stored body. */
export function storedTree(body: string): Tree {
  return canonical(body, identify);
}

/** Hash of a stored body that is equal for two readings, cheap: no parsing. */
export function rawHash(body: string): string {
  return sha256(
    body.replace(
      /(\.(?:com|eu|io)\/[^"'\s<>?]*)\?[^"'\s<>]*(?:signature|expires)=[^"'\s<>]*/g,
      '$1',
    ),
  );
}

/** What the service answered, in the form the ledger keeps and later readings are compared with. */
export function echoOf(live: LiveTranslation): Echo {
  return {
    title: live.title,
    description: live.description,
    body: canonicalHash(storedTree(live.body)),
    raw: rawHash(live.body),
    publication: live.publication,
    availability: live.availability,
  };
}

export const comparedFields = ['title', 'description', 'body', 'publication', 'fin'] as const;
export type ComparedField = (typeof comparedFields)[number];

/** The fields in which what is live differs from what the service answered after our last write. */
export function driftedFields(live: LiveTranslation, echo: Echo): ComparedField[] {
  const drifted: ComparedField[] = [];
  if (live.title !== echo.title) drifted.push('title');
  if (live.description !== echo.description) drifted.push('description');
  if (rawHash(live.body) !== echo.raw && canonicalHash(storedTree(live.body)) !== echo.body) {
    drifted.push('body');
  }
  if (live.publication !== echo.publication) drifted.push('publication');
  if (!sameAvailability(live.availability, echo.availability)) drifted.push('fin');
  return drifted;
}

export function sameAvailability(a: Echo['availability'], b: Echo['availability']): boolean {
  return a.agent === b.agent && a.copilot === b.copilot && a.salesAgent === b.salesAgent;
}

/** A locale that the service lists without anything in it. */
export function isBlank(live: LiveTranslation): boolean {
  return live.title === '' && live.body === '' && live.publication === 'draft';
}

/** Would storing this text give what is live? Title, description and body; not publication, not AI. */
export function isSameText(
  desired: DesiredTranslation,
  predictedBody: string,
  live: LiveTranslation,
  isDescriptionOwned = false,
): boolean {
  return (
    desired.title === live.title &&
    (isDescriptionOwned || desired.description === live.description) &&
    canonicalHash(storedTree(predictedBody)) === canonicalHash(storedTree(live.body))
  );
}
