import { posix } from 'node:path';
import { type ImageStore, readLiveImage } from '../assets/live-images.ts';
import {
  type MarkdownContext,
  parseMarkdown,
  signedHost,
  withoutSignature,
} from '../markdown/index.ts';
import type { Asset } from '../model/article.ts';
import type { Content } from '../model/content.ts';
import type { Loss } from '../model/finding.ts';
import { sha256 } from '../model/hash.ts';
import { allInlines } from '../model/tree-text.ts';
import { slugOf } from '../repository/index.ts';
import type { Identities } from './live-identities.ts';

/** A file for an image that was put into an article there. */
export interface NewAsset extends Asset {
  content: Uint8Array;
}

/** Images that were fetched in this run, each once. */
export class PulledImages {
  private readonly store: ImageStore;
  private readonly byAddress = new Map<string, NewAsset | Asset | { refused: string }>();
  private readonly assets: Map<string, Asset | NewAsset>;

  constructor(store: ImageStore, content: Content) {
    this.store = store;
    this.assets = new Map(content.assets);
  }

  /** Files to write for what a text shows. */
  filesFor(body: string, file: string): NewAsset[] {
    return [...this.assets.values()].filter(
      (asset): asset is NewAsset => 'content' in asset && body.includes(relativeTo(file, asset)),
    );
  }

  /** Fetches images of a stored body. @param wanted addresses without signature; @returns what was not to be had */
  async fetch(body: string, wanted: readonly string[]): Promise<Loss[]> {
    const signed = signedAddresses(body);
    const losses: Loss[] = [];
    for (const address of new Set(wanted)) {
      const known = this.byAddress.get(address) ?? (await this.one(address, signed.get(address)));
      this.byAddress.set(address, known);
      if ('refused' in known) losses.push(loss(address, known.refused));
    }
    return losses;
  }

  private async one(address: string, signed = address): Promise<Asset | { refused: string }> {
    const image = await readLiveImage(signed, this.store);
    if ('refused' in image) return image;
    const hash = sha256(image.bytes);
    const known = this.assets.get(hash);
    if (known !== undefined) return known;
    const path = this.freePath(address, hash, image.extension);
    const asset = { hash, path, bytes: image.bytes.byteLength, content: image.bytes };
    this.assets.set(hash, asset);
    return asset;
  }

  private freePath(address: string, hash: string, extension: string): string {
    const name = posix.basename(URL.parse(address)?.pathname ?? '').replace(/\.\w+$/, '');
    const stem = `assets/${slugOf(name) || 'image'}`;
    const taken = new Set([...this.assets.values()].map(({ path }) => path.toLowerCase()));
    const path = `${stem}.${extension}`;
    return taken.has(path) ? `${stem}-${hash.slice(0, 8)}.${extension}` : path;
  }

  /** What links and images stand for, with these images known as files. */
  identities(known: Identities): Identities {
    const images = new Map(
      [...this.byAddress].flatMap(([address, asset]) =>
        'refused' in asset ? [] : [[address, asset.hash] as const],
      ),
    );
    return { ...known, content: { ...known.content, assets: this.assets }, images };
  }

  /** A context that reads the files although they are not written yet. */
  context(markdown: MarkdownContext, file: string): MarkdownContext {
    const made = new Map(
      [...this.assets.values()]
        .filter((asset) => 'content' in asset)
        .map((asset) => [relativeTo(file, asset), asset.hash] as const),
    );
    return {
      ...markdown,
      image(src, include) {
        const hash = include === null ? made.get(src) : undefined;
        return hash === undefined ? markdown.image(src, include) : { kind: 'asset', hash };
      },
    };
  }
}

/** Addresses in the workspace's own store that a text shows and another one does not. */
export function newImages(after: string, before: string, context: MarkdownContext): string[] {
  const shown = (body: string) =>
    allInlines(parseMarkdown(body, context).tree).flatMap((inline) =>
      inline.type === 'image' && inline.source.kind === 'url' && signedHost(inline.source.url)
        ? [withoutSignature(inline.source.url)]
        : [],
    );
  const known = new Set(shown(before));
  return shown(after).filter((address) => !known.has(address));
}

/** Addresses of images of a stored body that lie in a workspace's store, without signature. */
export function storedImages(body: string): string[] {
  return [...signedAddresses(body).keys()].filter(signedHost);
}

function relativeTo(file: string, asset: Asset): string {
  return posix.relative(posix.dirname(file), asset.path);
}

/** Image addresses of a stored body, by what they are without their signature. */
function signedAddresses(body: string): Map<string, string> {
  return new Map(
    [...body.matchAll(/<img\b[^>]*?\bsrc="([^"]*)"/g)].map(([, src = '']) => {
      const address = src.replace(/&amp;/g, '&');
      return [withoutSignature(address), address] as const;
    }),
  );
}

function loss(address: string, reason: string): Loss {
  return {
    construct: 'image',
    action: 'kept',
    excerpt: `${address} stays there: ${reason}`,
    line: null,
  };
}
