import { basename, dirname, extname } from 'node:path/posix';
import { distance } from 'fastest-levenshtein';
import { isLocale } from '../model/locale.ts';
import type { Facts } from './facts.ts';

/** A file that a broken link may have meant. `sure`: clearly this one, so a fix may write it. */
export interface Nearest {
  file: string;
  sure: boolean;
}

interface Candidate {
  /** Content path without locale and extension. */
  path: string;
  file: string;
  score: number;
}

/** The article file that a link to a file which is not there most likely meant. */
export function nearestArticleFile(wanted: string, locale: string, facts: Facts): Nearest | null {
  const path = articlePath(wanted);
  const { articles } = facts.content;
  const exact = articles.find((one) => one.path === path);
  const exactFile = exact === undefined ? null : fileOf(exact, locale, wanted);
  if (exactFile !== null) return { file: exactFile, sure: true };
  const paths = articles.map((article) => ({
    path: article.path,
    file: fileOf(article, locale, wanted),
  }));
  const named = paths.filter((one) => basename(one.path) === basename(path));
  const [moved] = named;
  if (moved?.file && named.length === 1) return { file: moved.file, sure: true };
  const neighbours = paths.filter((one) => dirname(one.path) === dirname(path));
  return (
    nearest(
      neighbours,
      (one) => distanceTo(basename(path), basename(one)),
      basename(path).length,
    ) ??
    nearest(paths, (one) => distanceTo(path, one), path.length) ??
    beginning(neighbours, path)
  );
}

/** The asset that a broken link or image most likely meant. */
export function nearestAsset(wanted: string, facts: Facts): Nearest | null {
  const paths = [...facts.content.assets.values()].map(({ path }) => ({ path, file: path }));
  const named = paths.filter(({ path }) => basename(path) === basename(wanted));
  const [moved] = named;
  if (moved !== undefined && named.length === 1) return { file: moved.file, sure: true };
  const alike = paths.filter(({ path }) => extname(path) === extname(wanted));
  const stem = basename(wanted);
  return nearest(alike, (path) => distanceTo(stem, basename(path)), stem.length);
}

/** `konto/passwort.de.md`, `konto/passwort.md`, `konto/passwort`, `konto/passwort?a=b` → `konto/passwort` */
export function articlePath(file: string): string {
  const path = file.replace(/\?.*$/s, '').replace(/\.md$/i, '');
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') && isLocale(path.slice(dot + 1)) ? path.slice(0, dot) : path;
}

/** An article's file for a reader's locale, else in the locale that was asked for. */
function fileOf(
  article: Facts['content']['articles'][number],
  locale: string,
  wanted: string,
): string | null {
  const own = article.translations.find((one) => one.locale === locale);
  const asked = article.translations.find((one) => wanted.endsWith(`.${one.locale}.md`));
  return (own ?? asked ?? article.translations[0])?.file ?? null;
}

/** Up to a third of the letters may differ. */
function mostLetters(length: number): number {
  return Math.max(1, Math.floor(length / 3));
}

/** The distance; without counting where the lengths alone differ too much for it to matter. */
function distanceTo(wanted: string, name: string): number {
  const apart = Math.abs(name.length - wanted.length);
  return apart > mostLetters(wanted.length) + 2 ? apart : distance(name, wanted);
}

/** The nearest by distance: up to a third of the letters may differ; sure up to a quarter, when no other comes close. */
function nearest(
  paths: readonly { path: string; file: string | null }[],
  measure: (path: string) => number,
  length: number,
): Nearest | null {
  const [best, second] = paths
    .flatMap(({ path, file }): Candidate[] =>
      file === null ? [] : [{ path, file, score: measure(path) }],
    )
    .sort((a, b) => a.score - b.score || (a.path < b.path ? -1 : 1));
  if (best === undefined || best.score > mostLetters(length)) return null;
  const alone = second === undefined || second.score >= best.score + 2;
  return { file: best.file, sure: alone && best.score <= Math.min(2, Math.floor(length / 4)) };
}

/** `pasword` → `passwort-zuruecksetzen`: the only one whose first words are nearly it. Never sure. */
function beginning(
  paths: readonly { path: string; file: string | null }[],
  wanted: string,
): Nearest | null {
  const stem = basename(wanted);
  const near = nearest(paths, (path) => beginningDistance(basename(path), stem), stem.length);
  return near === null ? null : { ...near, sure: false };
}

function beginningDistance(name: string, stem: string): number {
  const words = name.split('-');
  const beginnings = words.map((_, index) => words.slice(0, index + 1).join('-'));
  return Math.min(...beginnings.map((one) => distance(one, stem)));
}
