import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readAsset } from '../../repository/index.ts';
import { baseName, configFile } from '../../repository/reading/content-path.ts';
import {
  articleRef,
  collectionRef,
  filedAddresses,
  fileOf,
  type PageRef,
} from '../pages/addresses.ts';
import type { Book } from '../pages/book.ts';
import { type Frame, pageHtml } from '../pages/layout.ts';
import { troubleNotice } from '../pages/other-pages.ts';
import { changesBody, translationsBody } from '../pages/panel/changes.ts';
import { fullPanel, type SlowParts } from '../pages/panel/full-panel.ts';
import { brandOf, renderPage } from '../pages/render-page.ts';
import type { PreviewOptions } from '../preview-ports.ts';
import { createContentReader } from '../reading/content-reader.ts';
import { html } from '../render/markup.ts';
import { staticFiles } from '../server/static-files.ts';
import { createKnowledge } from '../state/growing-knowledge.ts';
import type { Knowledge } from '../state/knowledge.ts';
import { asksGitHub } from '../state/known-proofs.ts';
import { createRetrieval } from '../state/retrieval.ts';
import { createVersions } from '../state/versions.ts';
import { assertExportFolder, beginExport } from './export-folder.ts';

/** What an export wrote. */
export interface Exported {
  pages: number;
  files: number;
}

/**
 * Writes the whole preview as files that need no server: links are relative, nothing names a path of
 * this machine.
 * @throws KbError `no-content`; `not-empty`, `no-folder`, `inside-content` or `not-written` where the folder is none to write into
 */
export async function exportSite(
  options: Omit<PreviewOptions, 'editor'>,
  into: string,
): Promise<Exported> {
  const { root, today, ports } = options;
  await assertExportFolder(into, root);
  const reading = await createContentReader(root).read('everything');
  const knowledge = createKnowledge(reading, today);
  await knowledge.settle();
  if (asksGitHub(reading.content)) {
    knowledge.learnProofs(reading.content, await ports.proofs(reading.content));
  }
  await beginExport(into);
  const files = staticFiles();
  const profile = await ports.profile();
  const parts = {
    knowledge,
    retrieval: createRetrieval(knowledge),
    versions: createVersions(knowledge, ports, profile),
    profile,
    names: files.byName,
    hosted: await options.hosted(),
  };
  const pages = pagesOf(knowledge);
  for (const ref of pages) await write(into, fileOf(ref), await exportedPage(ref, parts));
  const { defaultLocale } = knowledge.content.config;
  await write(into, 'index.html', entrance(fileOf({ kind: 'home', locale: defaultLocale })));
  for (const { name, bytes } of files.byAddress.values())
    await write(into, `_files/${name}`, bytes);
  for (const asset of knowledge.content.assets.values()) {
    const name = `${asset.hash.slice(0, 16)}-${baseName(asset.path)}`;
    await write(into, `_files/${name}`, await readAsset(root, asset));
  }
  return { pages: pages.length + 1, files: files.byAddress.size + knowledge.content.assets.size };
}

/** Every page there is. */
function pagesOf(knowledge: Knowledge): PageRef[] {
  const { articles, collections, includes, config } = knowledge.content;
  return [
    ...config.locales.map((locale): PageRef => ({ kind: 'home', locale })),
    ...collections.flatMap((one) => config.locales.map((locale) => collectionRef(one, locale))),
    ...articles.flatMap((article) =>
      article.translations.map(({ locale }) => articleRef(article, locale)),
    ),
    ...[
      configFile,
      ...articles.flatMap(({ translations }) => translations.map(({ file }) => file)),
      ...collections.map(({ file }) => file),
      ...includes.map(({ file }) => file),
    ].map((file): PageRef => ({ kind: 'source', file })),
    { kind: 'overview' },
  ];
}

async function exportedPage(
  ref: PageRef,
  parts: Pick<Book, 'knowledge' | 'profile' | 'hosted'> & {
    retrieval: ReturnType<typeof createRetrieval>;
    versions: ReturnType<typeof createVersions>;
    names: ReadonlyMap<string, string>;
  },
): Promise<string> {
  const { knowledge, profile, hosted, retrieval, versions } = parts;
  const addresses = filedAddresses(fileOf(ref), parts.names);
  const book: Book = { knowledge, profile, hosted, addresses, editor: null, isLive: false };
  const slow = await slowParts(ref, book, versions);
  const page = renderPage(ref, {
    book,
    panelOf: (article, text) => fullPanel(article, text, { book, retrieval, slow, live: null }),
  });
  const frame: Frame = {
    addresses,
    brand: brandOf(book, page.locale),
    defaultLocale: knowledge.content.config.defaultLocale,
    live: null,
    notice: troubleNotice(book),
  };
  return pageHtml(page, frame);
}

async function slowParts(
  ref: PageRef,
  book: Book,
  versions: ReturnType<typeof createVersions>,
): Promise<SlowParts | null> {
  if (ref.kind !== 'article') return null;
  const article = book.knowledge.articleAt(ref.path);
  const text = article?.translations.find(({ locale }) => locale === ref.locale);
  if (article === null || text === undefined) return null;
  return {
    changes: await changesBody(article, text, { book, versions }),
    translations: await translationsBody(article, text, { book, versions }),
  };
}

/** The page that leads to the first one. */
function entrance(target: string): string {
  const page = html`<html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=${target}"><title>Help Center</title></head><body><a href="${target}">Help Center</a></body></html>`;
  return `<!doctype html>${page.html}`;
}

async function write(into: string, file: string, data: string | Uint8Array): Promise<void> {
  const path = join(into, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, data);
}
