import { isLocale, type Locale, locales } from '../../model/locale.ts';
import { nearest } from './nearest.ts';

/** What a file is, by its path alone. Paths are relative to the content folder, with `/`, NFC. */
export type PathKind = 'config' | 'collection' | 'include' | 'article' | 'asset' | 'other';

export const configFile = 'kb.yaml';
export const collectionFile = '_collection.yaml';
export const includeFolder = '_includes';
export const assetFolder = 'assets';

/** What the file at this path is. `other` files become assets when an article links to them. */
export function pathKind(path: string): PathKind {
  if (path === configFile) return 'config';
  if (path.startsWith(`${assetFolder}/`)) return 'asset';
  const isMarkdown = path.endsWith('.md');
  if (path.startsWith(`${includeFolder}/`)) return isMarkdown ? 'include' : 'other';
  if (baseName(path) === collectionFile) return 'collection';
  return isMarkdown ? 'article' : 'other';
}

/**
 * The name that a file was probably meant to have, where its own one is not read (`x.de.MD`,
 * `_collection.yml`); null for every other file. Its article must not look removed.
 */
export function intendedName(path: string): string | null {
  if (pathKind(path) !== 'other') return null;
  const name = baseName(path);
  if (/^_collection\.ya?ml$/i.test(name)) return collectionFile;
  const isMarkdown = /\.(?:md|markdown)$/i.test(name);
  return isMarkdown ? name.replace(/\.[^.]*$/, '.md') : null;
}

/** A Markdown file's name: the path up to the locale, and the locale. */
export type LocalisedName =
  | { kind: 'localised'; base: string; locale: Locale }
  | { kind: 'unknown-locale'; base: string; locale: string; suggestion: string | null }
  | { kind: 'no-locale'; base: string };

/** Splits `konto/passwort.de.md` into `konto/passwort` and `de`. */
export function localisedName(path: string): LocalisedName {
  const stem = path.slice(0, -'.md'.length);
  const dot = stem.lastIndexOf('.');
  if (dot <= stem.lastIndexOf('/') + 1) return { kind: 'no-locale', base: stem };
  const base = stem.slice(0, dot);
  const locale = stem.slice(dot + 1);
  if (isLocale(locale)) return { kind: 'localised', base, locale };
  return { kind: 'unknown-locale', base, locale, suggestion: suggestedLocale(locale) };
}

/** Intercom's locale that was probably meant: `en-us` → `en`, `pt-br` → `pt-BR`. */
export function suggestedLocale(locale: string): string | null {
  const tag = locale.replaceAll('_', '-');
  const same = locales.find((known) => known.toLowerCase() === tag.toLowerCase());
  if (same !== undefined) return same;
  const [base = ''] = tag.toLowerCase().split('-');
  return isLocale(base) ? base : /^[A-Za-z-]{2,8}$/.test(tag) ? nearest(tag, locales) : null;
}

/** `a/b.png` → `a/b.de.png`: the file that overrides it for one locale. */
export function localisedAsset(path: string, locale: string): string {
  const dot = path.lastIndexOf('.');
  if (dot <= path.lastIndexOf('/') + 1) return `${path}.${locale}`;
  return `${path.slice(0, dot)}.${locale}${path.slice(dot)}`;
}

/** The folder of a path; empty at the top. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
