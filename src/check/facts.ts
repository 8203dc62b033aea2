import type { Article, Reference, Translation } from '../model/article.ts';
import type { Content } from '../model/content.ts';
import type { Tree } from '../model/tree.ts';
import { allInlines } from '../model/tree-text.ts';
import { parseLink, type RelativeLink } from './article-link.ts';
import { type FrontMatterPlace, frontMatterPlaces } from './front-matter-place.ts';
import { type IncludeFile, includeFiles } from './include-files.ts';
import type { Place } from './place.ts';
import type { Sources } from './sources.ts';

/** One translation with its article and the links it holds. */
export interface Text {
  article: Article;
  translation: Translation;
  isSource: boolean;
  links: readonly Link[];
}

/** A link or image of a text: where it stands and where it leads. */
export interface Link {
  reference: Reference;
  /** In the article's file, or in the include it came in by. */
  place: Place;
  leads: RelativeLink;
  /** Leads nowhere, as the reader of the content says. */
  broken: boolean;
}

/** All that rules look at, prepared once. */
export interface Facts {
  content: Content;
  today: string;
  sources: Sources;
  texts: readonly Text[];
  textByFile: ReadonlyMap<string, Text>;
  /** Files that are there but could not be read. */
  unreadable: ReadonlySet<string>;
  includeFile: IncludeFile;
  place: FrontMatterPlace;
}

/** The links of texts that were looked at before; true while includes stand in the same files. */
export type KnownLinks = WeakMap<Translation, readonly Link[]>;

export function factsOf(
  content: Content,
  today: string,
  sources: Sources,
  known: KnownLinks = new WeakMap(),
): Facts {
  const includeFile = includeFiles(content);
  const texts = content.articles.flatMap((article) =>
    article.translations.map((translation) => ({
      article,
      translation,
      isSource: translation.locale === article.sourceLocale,
      links: knownLinks(translation, includeFile, known),
    })),
  );
  return {
    content,
    today,
    sources,
    texts,
    textByFile: new Map(texts.map((text) => [text.translation.file, text])),
    unreadable: new Set(content.unreadable.map(({ file }) => file)),
    includeFile,
    place: frontMatterPlaces(sources),
  };
}

/** The place of something Markdown told of, in the file where it was written. */
export function placeOf(
  includeFile: IncludeFile,
  translation: Pick<Translation, 'file' | 'locale'>,
  at: { line: number; column: number; include: string | null },
): Place {
  const { line, column, include } = at;
  const file = include === null ? translation.file : includeFile(include, translation.locale);
  return { file, line, column };
}

function knownLinks(
  translation: Translation,
  includeFile: IncludeFile,
  known: KnownLinks,
): readonly Link[] {
  const links = known.get(translation) ?? linksOf(translation, includeFile);
  known.set(translation, links);
  return links;
}

function linksOf(translation: Translation, includeFile: IncludeFile): Link[] {
  const broken = brokenHrefs(translation.body);
  return translation.references.map((reference) => {
    const place = placeOf(includeFile, translation, reference);
    const hrefs = reference.kind === 'image' ? broken.images : broken.links;
    return {
      reference,
      place,
      leads: parseLink(place.file, reference.href),
      broken: hrefs.has(reference.href),
    };
  });
}

function brokenHrefs(tree: Tree): { links: Set<string>; images: Set<string> } {
  const links = new Set<string>();
  const images = new Set<string>();
  for (const inline of allInlines(tree)) {
    if (inline.type === 'break') continue;
    const target = inline.type === 'button' ? inline.target : inline.link;
    if (target?.kind === 'broken') links.add(target.href);
    if (inline.type === 'image' && inline.source.kind === 'broken') images.add(inline.source.href);
  }
  return { links, images };
}
