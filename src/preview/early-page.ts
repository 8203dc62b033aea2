import type { Config } from '../model/config.ts';
import type { Content } from '../model/content.ts';
import { defaultProfile } from '../model/profile.ts';
import { readConfig } from '../repository/reading/read-config.ts';
import { type PageRef, pageAt, pathOf, servedAddresses } from './pages/addresses.ts';
import type { Book } from './pages/book.ts';
import { pageHtml } from './pages/layout.ts';
import { troubleNotice } from './pages/other-pages.ts';
import { readingPanel } from './pages/panel/section.ts';
import { brandOf, renderPage } from './pages/render-page.ts';
import { readAround, readCollections } from './reading/early-reading.ts';
import { type StaticFiles, staticFiles } from './server/static-files.ts';
import { partialKnowledge } from './state/partial-knowledge.ts';

/** An answer that was made of as much of the content as it shows. */
export type EarlyPage =
  | { kind: 'page'; html: string; content: Content }
  | { kind: 'redirect'; location: string };

/**
 * The page at a path, made of the few files it needs, while the rest is still being read. What it
 * cannot know yet, findings and status among it, the page is sent when it is known.
 * @returns null for pages that need all of the content
 */
export async function readEarlyPage(
  path: string,
  { root, today, token }: { root: string; today: string; token: string },
): Promise<EarlyPage | null> {
  const configRead = await readConfig(root);
  const { config } = configRead;
  if (path === '/') return { kind: 'redirect', location: pathOf(homeOf(config)) };
  const ref = pageAt(path, config.locales);
  if (ref?.kind !== 'article' && ref?.kind !== 'home') return null;
  const content =
    ref.kind === 'article'
      ? await readAround(root, ref.path, configRead)
      : await readCollections(root, configRead);
  const book = earlyBook(content, today, staticFiles());
  const page = renderPage(ref, { book, panelOf: readingPanel });
  // It may be there under a name that only a reading of everything finds.
  if (page.status !== 200) return null;
  const frame = {
    addresses: book.addresses,
    brand: brandOf(book, page.locale),
    defaultLocale: config.defaultLocale,
    live: { token },
    notice: troubleNotice(book),
  };
  return { kind: 'page', html: pageHtml(page, frame), content };
}

function homeOf({ defaultLocale }: Config): PageRef {
  return { kind: 'home', locale: defaultLocale };
}

function earlyBook(content: Content, today: string, files: StaticFiles): Book {
  return {
    knowledge: partialKnowledge(content, today),
    addresses: servedAddresses(files.byName),
    profile: defaultProfile,
    editor: null,
    hosted: null,
    isLive: true,
  };
}
