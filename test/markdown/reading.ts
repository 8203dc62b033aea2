import {
  canonical,
  canonicalHash,
  type Identify,
  type MarkdownContext,
  type ParsedMarkdown,
  parseMarkdown,
  predict,
  renderHtml,
} from '../../src/markdown/index.ts';
import { headingId } from '../../src/model/address.ts';
import { defaultProfile, type Profile } from '../../src/model/profile.ts';
import type { Tree } from '../../src/model/tree.ts';

/** A context in which addresses are themselves; what a test cares about is given. */
export function contextWith(given: {
  firstLine?: number;
  variables?: Readonly<Record<string, string>>;
  includes?: Readonly<Record<string, string>>;
}): MarkdownContext {
  const variables = new Map(Object.entries(given.variables ?? {}));
  const includes = new Map(Object.entries(given.includes ?? {}));
  return {
    locale: 'de',
    firstLine: given.firstLine ?? 1,
    link: (href) =>
      href.startsWith('#')
        ? { kind: 'anchor', anchor: href.slice(1) }
        : href.endsWith('.pdf')
          ? { kind: 'asset', hash: `hash of ${href}` }
          : { kind: 'url', url: href },
    image: (src) => ({ kind: 'url', url: src }),
    variable: (name) => variables.get(name) ?? null,
    variableNames: [...variables.keys()],
    include: (name) => includes.get(name) ?? null,
    includeNames: [...includes.keys()],
  };
}

export function parsed(
  markdown: string,
  given: Parameters<typeof contextWith>[0] = {},
): ParsedMarkdown {
  return parseMarkdown(markdown, contextWith(given));
}

/** Addresses are themselves. */
export const identify: Identify = {
  link: (href) => ({ kind: 'url', url: href }),
  image: (src) => ({ kind: 'url', url: src }),
};

export function rendered(
  tree: Tree,
  profile: Profile = defaultProfile,
  idOf: (anchor: string) => string = (anchor) => headingId('article', anchor),
): string {
  return renderHtml(tree, {
    profile,
    link: (target) => {
      if (target.kind === 'url') return target.url;
      return target.kind === 'anchor' ? `#${idOf(target.anchor)}` : null;
    },
    image: (source) => (source.kind === 'url' ? source.url : null),
    headingId: idOf,
  });
}

/** What a workspace with these habits is expected to hold. */
export function expectedTree(tree: Tree, profile: Profile = defaultProfile): Tree {
  return canonical(predict(rendered(tree, profile), profile), identify);
}

/** The hash of Markdown after it was rendered and stored. */
export function storedHash(markdown: string, profile: Profile = defaultProfile): string {
  return canonicalHash(expectedTree(parsed(markdown).tree, profile));
}
