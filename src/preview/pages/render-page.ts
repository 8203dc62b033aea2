import type { Article } from '../../model/article.ts';
import type { PageRef } from './addresses.ts';
import { articlePage, type PanelOf } from './article-page.ts';
import type { Book } from './book.ts';
import { collectionPage } from './collection-page.ts';
import { homePage } from './home-page.ts';
import type { Page } from './layout.ts';
import {
  brokenPage,
  missingPage,
  overviewPage,
  sourcePage,
  untranslatedPage,
} from './other-pages.ts';

/** Renders the page that is named, or one that says why there is none. Never throws on any content. */
export function renderPage(ref: PageRef | null, parts: { book: Book; panelOf: PanelOf }): Page {
  const { book } = parts;
  const { knowledge } = book;
  const { config } = knowledge.content;
  if (ref === null) return missingPage(null, config.defaultLocale, book);
  switch (ref.kind) {
    case 'home':
      return homePage(ref.locale, brandOf(book, ref.locale), book);
    case 'collection': {
      const collection = knowledge.collectionAt(ref.path);
      return collection === null
        ? missingPage(ref, ref.locale, book)
        : collectionPage(collection, ref.locale, book);
    }
    case 'article':
      return articleOrReason(ref, parts);
    case 'source': {
      const source = knowledge.source(ref.file);
      if (source === undefined) return missingPage(ref, config.defaultLocale, book);
      const article = articleOfFile(ref.file, book);
      const own = article === null ? [] : knowledge.findingsOf(article);
      const all = article === null ? (knowledge.findings().byFile.get(ref.file) ?? []) : own;
      const findings = all.filter(({ file }) => file === ref.file);
      return sourcePage(ref.file, source, findings, book);
    }
    case 'overview':
      return overviewPage(book);
  }
}

function articleOrReason(
  ref: PageRef & { kind: 'article' },
  parts: { book: Book; panelOf: PanelOf },
): Page {
  const { book } = parts;
  const article = book.knowledge.articleAt(ref.path);
  const text = article?.translations.find(({ locale }) => locale === ref.locale);
  if (article !== null && text !== undefined) return articlePage(article, text, parts);
  const files = book.knowledge.content.config.locales
    .map((locale) => `${ref.path}.${locale}.md`)
    .filter((file) => book.knowledge.source(file) !== undefined || hasProblem(file, book));
  const own = files.filter((file) => file === `${ref.path}.${ref.locale}.md`);
  if (own.length > 0) return brokenPage(ref, own, book);
  if (article !== null) return untranslatedPage(ref, book);
  return files.length > 0 ? brokenPage(ref, files, book) : missingPage(ref, ref.locale, book);
}

function hasProblem(file: string, { knowledge }: Book): boolean {
  return knowledge.content.problems.some((problem) => problem.file === file);
}

function articleOfFile(file: string, { knowledge }: Book): Article | null {
  const [, path] = /^(.*)\.[^./]+\.md$/s.exec(file) ?? [];
  return path === undefined ? null : knowledge.articleAt(path);
}

/** The help center's name: the product, where kb.yaml has a variable of that name. */
export function brandOf({ knowledge }: Pick<Book, 'knowledge'>, locale: string): string {
  const { variables, defaultLocale } = knowledge.content.config;
  const { product } = variables;
  const name = product?.[locale] ?? product?.[defaultLocale];
  const center = locale === 'de' ? 'Hilfe-Center' : 'Help Center';
  return name === undefined ? center : `${name} ${center}`;
}
