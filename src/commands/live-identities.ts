import { posix } from 'node:path';
import {
  canonical,
  headingIds,
  type Identify,
  predict,
  signedHost,
  withoutSignature,
} from '../markdown/index.ts';
import { mapTree, type StoredForm } from '../merge/index.ts';
import { headingId, parseArticleAddress } from '../model/address.ts';
import { hashStartIn } from '../model/asset-name.ts';
import type { Content } from '../model/content.ts';
import type { Profile } from '../model/profile.ts';
import type { Recorded } from '../model/recorded.ts';
import type { Block, ImageSource, Target, Tree } from '../model/tree.ts';
import { allInlines } from '../model/tree-text.ts';
import { type Addresses, bodyHtml, targetsOf } from '../plan/addresses.ts';
import { withoutSlug } from '../plan/live.ts';

/** What stored addresses of one workspace are called here. */
export interface Identities {
  content: Content;
  recorded: Recorded;
  helpCenterUrl: string;
  /** Hashes of images in the workspace's store that are files here, by address without signature. */
  images?: ReadonlyMap<string, string>;
}

/** The text whose body is read. */
export interface LivePlace {
  articleId: string | null;
  locale: string;
}

/** The name of the file that an address ends with. */
function fileName(address: string): string {
  return (
    address
      .replace(/[?#].*$/s, '')
      .split('/')
      .at(-1) ?? ''
  );
}

/**
 * A tree in which addresses are as they were sent: article addresses with the slug that a comparison
 * leaves out, images that Intercom took into its own store where they came from. Such an image keeps
 * its file name only, so one is known where as many stored addresses as sent ones end with the name.
 * @param stored what is known to have been stored for `written`, in the same form as `live`
 */
export function withSentAddresses(live: Tree, written: Tree, stored: Tree): Block[] {
  const links = new Map(
    targetsOf(written).flatMap((target) =>
      target.kind === 'url' ? [[withoutSlug(target.url), target.url] as const] : [],
    ),
  );
  const images = sentImages(written, stored);
  return mapTree(live, {
    target(target) {
      const url = target.kind === 'url' ? links.get(withoutSlug(target.url)) : undefined;
      return url === undefined ? target : { kind: 'url', url };
    },
    image(source) {
      const url = source.kind === 'url' ? images.get(source.url) : undefined;
      return url === undefined ? source : { kind: 'url', url };
    },
  });
}

/** Stored image address → the address it was sent as. */
function sentImages(written: Tree, stored: Tree): Map<string, string> {
  const named = (urls: readonly string[]): Map<string, Set<string>> => {
    const byName = new Map<string, Set<string>>();
    for (const url of urls) {
      const name = fileName(url);
      byName.set(name, (byName.get(name) ?? new Set()).add(url));
    }
    return byName;
  };
  const sent = named(imageUrls(written).filter((url) => !signedHost(url)));
  const sentImage = new Map<string, string>();
  for (const [name, addresses] of named(imageUrls(stored).filter((url) => signedHost(url)))) {
    const own = [...(sent.get(name) ?? [])];
    if (own.length !== addresses.size) continue;
    [...addresses].forEach((address, index) => {
      const url = own[index];
      if (url !== undefined) sentImage.set(address, url);
    });
  }
  return sentImage;
}

function imageUrls(tree: Tree): string[] {
  return allInlines(tree).flatMap((inline) =>
    inline.type === 'image' && inline.source.kind === 'url' ? [inline.source.url] : [],
  );
}

/** A stored body as a tree in which links lead to articles, headings and files of the knowledge base. */
export function readLiveBody(html: string, place: LivePlace, known: Identities): Block[] {
  const ids = new Map<string, string>();
  for (const { id, slug } of headingIds(html)) if (id !== null) ids.set(slug, id);
  const anchors = anchorNames(place, known);
  return mapTree(canonical(html, identifyFor(place, known)), {
    target(target) {
      if (target.kind !== 'anchor') return target;
      const id = ids.get(target.anchor) ?? target.anchor;
      return { kind: 'anchor', anchor: anchors.get(id) ?? target.anchor };
    },
    image: (source) => source,
  });
}

/** For each block of a text as it is written, what the workspace stores for it. */
export function storedForms(
  tree: Tree,
  place: { articleId: string; locale: string },
  known: Identities,
  addresses: Addresses,
  profile: Profile,
): StoredForm[] {
  // A paragraph before each block tells where the block's own stored blocks begin.
  const marked = tree.flatMap((block, index): Block[] => [
    { type: 'paragraph', align: null, children: [{ type: 'text', text: markOf(index) }] },
    block,
  ]);
  const html = predict(bodyHtml({ body: marked, ...place }, addresses, profile), profile);
  const forms: { written: Block; stored: Block[] }[] = [];
  for (const block of readLiveBody(html, place, known)) {
    const next = tree[forms.length];
    if (next !== undefined && isMark(block, forms.length))
      forms.push({ written: next, stored: [] });
    else forms.at(-1)?.stored.push(block);
  }
  return forms;
}

function markOf(index: number): string {
  return `\ue000${index}\ue000`;
}

function isMark(block: Block, index: number): boolean {
  const [only] = block.type === 'paragraph' ? block.children : [];
  return only?.type === 'text' && only.text === markOf(index);
}

/** Stored heading id → the anchor it has in Markdown. */
function anchorNames({ articleId, locale }: LivePlace, known: Identities): Map<string, string> {
  if (articleId === null) return new Map();
  const outline =
    known.content.articles
      .find(({ id }) => id === articleId)
      ?.translations.find((text) => text.locale === locale)?.outline ?? [];
  const recorded = known.recorded.articles[articleId]?.translations[locale]?.anchors ?? {};
  return new Map([
    ...outline.map(({ anchor }) => [headingId(articleId, anchor), anchor] as const),
    ...Object.entries(recorded).map(([anchor, id]) => [id, anchor] as const),
  ]);
}

function identifyFor(place: LivePlace, known: Identities): Identify {
  return {
    link(href): Target {
      const url: Target = { kind: 'url', url: withoutSlug(href) };
      const address = parseArticleAddress(known.helpCenterUrl, href);
      if (address === null) {
        const hash = assetAt(href, known);
        return hash === null ? url : { kind: 'asset', hash };
      }
      const id = articleAt(address.intercomId, known.recorded);
      if (id === null || !hasLocale(id, address.locale, known)) return url;
      const anchor =
        address.fragment === null
          ? null
          : anchorNames({ articleId: id, locale: address.locale }, known).get(address.fragment);
      if (anchor === undefined) return url;
      const isHere = id === place.articleId && address.locale === place.locale;
      if (isHere && anchor !== null) return { kind: 'anchor', anchor };
      const locale = address.locale === place.locale ? null : address.locale;
      return { kind: 'article', id, locale, anchor };
    },
    image(src): ImageSource {
      const hash = assetAt(src, known) ?? known.images?.get(withoutSignature(src)) ?? null;
      if (hash !== null) return { kind: 'asset', hash };
      return { kind: 'url', url: signedHost(src) ? withoutSignature(src) : src };
    },
  };
}

function assetAt(address: string, { content, recorded }: Identities): string | null {
  const plain = address.split('?')[0];
  const [sent] =
    Object.entries(recorded.assets).find(
      ([, { url, stored }]) => url === address || (stored !== null && stored === plain),
    ) ?? [];
  if (sent !== undefined && content.assets.has(sent)) return sent;
  const start = hashStartIn(address);
  if (start === null) return null;
  return [...content.assets.keys()].find((hash) => hash.startsWith(start)) ?? null;
}

function articleAt(intercomId: string, recorded: Recorded): string | null {
  const entries = Object.entries(recorded.articles);
  return entries.find(([, entry]) => entry.intercomId === intercomId)?.[0] ?? null;
}

function hasLocale(id: string, locale: string, { content }: Identities): boolean {
  const article = content.articles.find((item) => item.id === id);
  return article?.translations.some((text) => text.locale === locale) ?? false;
}

/** How links and images are written in a file: relative to it. */
export function addressesIn(
  file: string,
  locale: string,
  content: Content,
): { link(target: Target): string | null; image(source: ImageSource): string } {
  const relative = (path: string) => encodedPath(posix.relative(posix.dirname(file), path));
  const assetPath = (hash: string) => content.assets.get(hash)?.path ?? null;
  return {
    link(target) {
      switch (target.kind) {
        case 'url':
          return target.url;
        case 'broken':
          return target.href;
        case 'anchor':
          return `#${target.anchor}`;
        case 'asset': {
          const path = assetPath(target.hash);
          return path === null ? null : relative(path);
        }
        case 'article': {
          const other = content.articles
            .find(({ id }) => id === target.id)
            ?.translations.find((text) => text.locale === (target.locale ?? locale));
          const anchor = target.anchor === null ? '' : `#${target.anchor}`;
          return other === undefined ? null : relative(other.file) + anchor;
        }
      }
    },
    image(source) {
      if (source.kind === 'url') return source.url;
      if (source.kind === 'broken') return source.href;
      return relative(assetPath(source.hash) ?? '');
    },
  };
}

function encodedPath(path: string): string {
  return path.replace(/[ ()<>%?#]/g, (character) => encodeURIComponent(character));
}
