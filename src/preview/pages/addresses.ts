import { posix } from 'node:path';
import type { Article, Asset, Collection } from '../../model/article.ts';
import { baseName } from '../../repository/reading/content-path.ts';

/** What a page of the preview is about. */
export type PageRef =
  | { kind: 'home'; locale: string }
  | { kind: 'collection'; path: string; locale: string }
  | { kind: 'article'; path: string; locale: string }
  | { kind: 'source'; file: string }
  | { kind: 'overview' };

/** Where things are, as seen from one page. */
export interface Addresses {
  page(ref: PageRef, fragment?: string): string;
  asset(asset: Asset): string;
  file(name: string): string;
}

/** The path of a page, decoded: what the server looks up. */
export function pathOf(ref: PageRef): string {
  switch (ref.kind) {
    case 'home':
      return `/${ref.locale}/`;
    case 'collection':
      return `/${ref.locale}/${ref.path}/`;
    case 'article':
      return `/${ref.locale}/${ref.path}`;
    case 'source':
      return `/~source/${ref.file}`;
    case 'overview':
      return '/~overview';
  }
}

export function articleRef(article: Pick<Article, 'path'>, locale: string): PageRef {
  return { kind: 'article', path: article.path, locale };
}

export function collectionRef(collection: Pick<Collection, 'path'>, locale: string): PageRef {
  return { kind: 'collection', path: collection.path, locale };
}

/** The page that a decoded path names; null for anything else. Whether it exists is told later. */
export function pageAt(path: string, locales: readonly string[]): PageRef | null {
  if (path === '/~overview') return { kind: 'overview' };
  if (path.startsWith('/~source/')) return { kind: 'source', file: path.slice('/~source/'.length) };
  const [, locale = '', rest] = /^\/([^/~]+)\/(.*)$/s.exec(path) ?? [];
  if (!locales.includes(locale) || rest === undefined) return null;
  if (rest === '') return { kind: 'home', locale };
  if (rest.endsWith('/')) return { kind: 'collection', path: rest.slice(0, -1), locale };
  return { kind: 'article', path: rest, locale };
}

/** Addresses on the preview's own server. */
export const servedAddresses = (files: ReadonlyMap<string, string>): Addresses => ({
  page: (ref, fragment) => encodedPath(pathOf(ref)) + fragmentOf(fragment),
  asset: ({ hash, path }) => `/~asset/${hash}/${encodeURIComponent(baseName(path))}`,
  file: (name) => `/~static/${files.get(name) ?? name}`,
});

/** Addresses between files in a folder, for a page of an export. */
export function filedAddresses(page: string, files: ReadonlyMap<string, string>): Addresses {
  const from = posix.dirname(page);
  const to = (file: string): string => {
    const way = posix.relative(from, file);
    return encodedPath(way === '' ? posix.basename(file) : way);
  };
  return {
    page: (ref, fragment) => to(fileOf(ref)) + fragmentOf(fragment),
    asset: ({ hash, path }) => to(`_files/${hash.slice(0, 16)}-${baseName(path)}`),
    file: (name) => to(`_files/${files.get(name) ?? name}`),
  };
}

/** The file that a page is exported to. */
export function fileOf(ref: PageRef): string {
  switch (ref.kind) {
    case 'home':
      return `${ref.locale}/index.html`;
    case 'collection':
      return `${ref.locale}/${ref.path}/index.html`;
    case 'article':
      return `${ref.locale}/${ref.path}.html`;
    case 'source':
      return `_source/${ref.file}.html`;
    case 'overview':
      return 'overview.html';
  }
}

export function encodedPath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function fragmentOf(fragment: string | undefined): string {
  return fragment === undefined ? '' : `#${encodeURIComponent(fragment)}`;
}
