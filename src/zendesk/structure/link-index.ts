import { posix } from 'node:path';
import type { Locale } from '../../model/locale.ts';
import type { BodyContext, ImageAnswer, LinkAnswer } from '../html/body-context.ts';
import type { ImportedArticle, ImportStructure } from './import-structure.ts';
import { withoutTracking, type ZendeskAddress, zendeskAddress } from './zendesk-address.ts';

/** Where the text stands whose addresses are resolved. */
export interface LinkOrigin {
  article: ImportedArticle;
  locale: Locale;
}

/** What an import knows of addresses: which articles there are, and which files are at hand. */
export interface LinkIndexInput {
  structure: ImportStructure;
  /** Host names of the help center. */
  hosts: ReadonlySet<string>;
  /** The address relative ones start at; null where the source does not tell. */
  base: string | null;
  /** Zendesk's locales and ours. */
  locales: ReadonlyMap<string, Locale>;
  /** Content path of a file, by the address it has in a body; null: it is not at hand. */
  fileAt(address: string): string | null;
  /** Anchors of an article's text by the ids links use; null before they are known. */
  anchorsOf(sourceId: string, locale: Locale): ReadonlyMap<string, string> | null;
}

const none = new Set<string>();

/** Resolves addresses of bodies to what stands in Markdown. */
export class LinkIndex {
  private readonly input: LinkIndexInput;
  private readonly articles: ReadonlyMap<string, ImportedArticle>;
  /** By the file of the export. */
  private readonly byOrigin: ReadonlyMap<string, ImportedArticle>;

  constructor(input: LinkIndexInput) {
    this.input = input;
    const { articles } = input.structure;
    this.articles = new Map(articles.map((article) => [article.sourceId, article]));
    this.byOrigin = new Map(
      articles.flatMap((article) => article.texts.map(({ origin }) => [origin, article] as const)),
    );
  }

  /** The context that a text is converted in. */
  contextFor(origin: LinkOrigin, wantedIds: ReadonlySet<string> = none): BodyContext {
    return {
      link: (href) => this.link(href, origin),
      image: (src) => this.image(src, origin),
      wantedIds,
    };
  }

  /** The ids of other articles that a body links to: `[source id, locale, id]`. */
  wantedBy(html: string, origin: LinkOrigin): { sourceId: string; locale: Locale; id: string }[] {
    return hrefsIn(html).flatMap((href) => {
      const address = zendeskAddress(href, this.input);
      const target = this.targetOf(address, origin);
      if (target === null || target === origin.article) return [];
      if ((address.kind !== 'article' && address.kind !== 'relative') || !address.fragment)
        return [];
      const named = address.kind === 'article' ? address.locale : null;
      const locale = this.localeOf(target, named, origin);
      return [{ sourceId: target.sourceId, locale, id: address.fragment }];
    });
  }

  private targetOf(address: ZendeskAddress, origin: LinkOrigin): ImportedArticle | null {
    if (address.kind === 'article') return this.articles.get(address.id) ?? null;
    if (address.kind !== 'relative') return null;
    return this.byOrigin.get(besidePath(origin, address.path)) ?? null;
  }

  private link(href: string, origin: LinkOrigin): LinkAnswer {
    const address = zendeskAddress(href, this.input);
    switch (address.kind) {
      case 'page':
        return { kind: 'page', fragment: address.fragment };
      case 'none':
        return { kind: 'none', loss: { construct: 'link', action: 'dropped' } };
      case 'external':
        return external(address.url);
      case 'help-center':
        return kept(address.url, 'link-target');
      case 'file': {
        const path = this.input.fileAt(href);
        return path === null
          ? kept(address.url, 'file')
          : { kind: 'address', address: relative(origin, path), loss: null };
      }
      case 'relative':
        return this.besideLink(address, origin);
      case 'article':
        return this.articleLink(address, origin);
    }
  }

  /** A text or a file that lies beside this one in an export. */
  private besideLink(
    address: { path: string; fragment: string | null; url: string },
    origin: LinkOrigin,
  ): LinkAnswer {
    const place = besidePath(origin, address.path);
    const target = this.byOrigin.get(place);
    if (target !== undefined)
      return this.articleLink({ ...address, id: target.sourceId, locale: null }, origin);
    const path = this.input.fileAt(place);
    return path === null
      ? kept(address.url, 'file')
      : { kind: 'address', address: relative(origin, path), loss: null };
  }

  private articleLink(
    address: { id: string; locale: string | null; fragment: string | null; url: string },
    origin: LinkOrigin,
  ): LinkAnswer {
    const target = this.articles.get(address.id);
    if (target === undefined) return kept(address.url, 'link-target');
    const locale = this.localeOf(target, address.locale, origin);
    if (target === origin.article && locale === origin.locale && address.fragment !== null)
      return { kind: 'page', fragment: address.fragment };
    const path = relative(origin, `${target.path}.${locale}.md`);
    if (address.fragment === null) return { kind: 'address', address: path, loss: null };
    const anchors = this.input.anchorsOf(target.sourceId, locale);
    const anchor = anchors?.get(address.fragment) ?? anchors?.get(decoded(address.fragment));
    return anchor === undefined
      ? { kind: 'address', address: path, loss: { construct: 'anchor', action: 'dropped' } }
      : { kind: 'address', address: `${path}#${anchor}`, loss: null };
  }

  /** The reader's own locale where there is one, else the one the link names. */
  private localeOf(target: ImportedArticle, named: string | null, origin: LinkOrigin): Locale {
    const has = (locale: Locale): boolean => target.texts.some((text) => text.locale === locale);
    const asked = named === null ? undefined : this.input.locales.get(named);
    const hasAsked = asked !== undefined && has(asked);
    // "Read the original": a link from a text to its own article means the locale it names.
    if (hasAsked && target === origin.article) return asked;
    if (has(origin.locale)) return origin.locale;
    return hasAsked ? asked : target.sourceLocale;
  }

  private image(src: string, origin: LinkOrigin): ImageAnswer {
    const address = zendeskAddress(src, this.input);
    const path = this.input.fileAt(
      address.kind === 'relative' ? besidePath(origin, address.path) : src,
    );
    if (path !== null) return { address: relative(origin, path), loss: null };
    if (/^data:/i.test(src.trim()))
      return { address: '', loss: { construct: 'image', action: 'dropped' } };
    switch (address.kind) {
      case 'external':
        return { address: address.url, loss: null };
      case 'none':
      case 'page':
        return { address: '', loss: { construct: 'image', action: 'dropped' } };
      default:
        return { address: address.url, loss: { construct: 'image', action: 'kept' } };
    }
  }
}

/** Every address of a body that may be a link or a file, found without parsing it. */
export function hrefsIn(html: string): string[] {
  const pattern = /\b(?:href|src|data-src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;
  return [...html.matchAll(pattern)].map(([, double, single, bare]) =>
    (double ?? single ?? bare ?? '').replaceAll('&amp;', '&').trim(),
  );
}

/** The path in an export that a relative address of a text means. */
export function besidePath({ article, locale }: LinkOrigin, path: string): string {
  const text = article.texts.find((it) => it.locale === locale);
  return posix.join(posix.dirname(text?.origin ?? ''), path);
}

function external(url: string): LinkAnswer {
  const { address, isChanged } = withoutTracking(url);
  return {
    kind: 'address',
    address,
    loss: isChanged ? { construct: 'link-tracking', action: 'transformed' } : null,
  };
}

function kept(url: string, construct: 'link-target' | 'file'): LinkAnswer {
  return { kind: 'address', address: url, loss: { construct, action: 'kept' } };
}

function relative({ article, locale }: LinkOrigin, path: string): string {
  const from = posix.dirname(`${article.path}.${locale}.md`);
  return posix.relative(from, path);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
