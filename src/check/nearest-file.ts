import { basename, dirname, extname } from 'node:path/posix';
import { distance } from 'fastest-levenshtein';
import type { Article, Asset } from '../model/article.ts';
import { isLocale } from '../model/locale.ts';
import type { Facts } from './facts.ts';

/** A file that a broken link may have meant. `sure`: clearly this one, so a fix may write it. */
export interface Nearest {
  file: string;
  sure: boolean;
}

/** The article file that a link to a file which is not there most likely meant. */
export function nearestArticleFile(wanted: string, locale: string, facts: Facts): Nearest | null {
  const path = articlePath(wanted);
  const { articles } = facts.content;
  const { exact, named, beside, alike } = standingNear(path, articles);
  const fileFor = (article: Article) => fileOf(article, locale, wanted);
  const exactFile = exact === null ? null : fileFor(exact);
  if (exactFile !== null) return { file: exactFile, sure: true };
  const [moved] = named;
  const movedFile = moved === undefined || named.length > 1 ? null : fileFor(moved);
  if (movedFile !== null) return { file: movedFile, sure: true };
  const name = basename(path);
  const ways = { pathOf: (one: Article) => one.path, fileOf: fileFor };
  return (
    nearest(beside, ways, (one) => distanceTo(name, basename(one)), name.length) ??
    nearest(alike, ways, (one) => distanceTo(path, one), path.length) ??
    beginning(beside, ways, path)
  );
}

/**
 * Articles at a path, of its last name anywhere (`konto/passwort`: `passwort`), in its folder, and with
 * a path of nearly the same letters: the others are too far away to be meant.
 */
function standingNear(path: string, articles: readonly Article[]) {
  const { names, folders, lengths, letters, again } = outlineOf(articles);
  const [name, folder] = [hashOf(basename(path)), hashOf(dirname(path))];
  const [most, own] = [mostLetters(path.length), lettersIn(path)];
  let exact: Article | null = null;
  const named: Article[] = [];
  const beside: Article[] = [];
  const alike: Article[] = [];
  for (let place = 0; place < articles.length; place += 1) {
    const isNamed = names[place] === name;
    const isBeside = folders[place] === folder;
    const isAlike =
      Math.abs((lengths[place] ?? 0) - path.length) <= most &&
      lettersApart({ all: letters[place] ?? 0, again: again[place] ?? 0 }, own) <= most;
    const article = isNamed || isBeside || isAlike ? articles[place] : undefined;
    if (article === undefined) continue;
    if (article.path === path) exact = article;
    if (isNamed && basename(article.path) === basename(path)) named.push(article);
    if (isBeside && dirname(article.path) === dirname(path)) beside.push(article);
    if (isAlike) alike.push(article);
  }
  return { exact, named, beside, alike };
}

/** What tells most paths apart without looking at them: a writer waits while thousands are compared. */
interface Outline {
  names: Int32Array;
  folders: Int32Array;
  lengths: Int32Array;
  /** Letters of each path, and those that stand in it again. */
  letters: Int32Array;
  again: Int32Array;
}

const outlines = new WeakMap<readonly Article[], Outline>();

function outlineOf(articles: readonly Article[]): Outline {
  const known = outlines.get(articles);
  if (known !== undefined) return known;
  const fresh = {
    names: Int32Array.from(articles, ({ path }) => hashOf(basename(path))),
    folders: Int32Array.from(articles, ({ path }) => hashOf(dirname(path))),
    lengths: Int32Array.from(articles, ({ path }) => path.length),
    letters: Int32Array.from(articles, ({ path }) => lettersIn(path).all),
    again: Int32Array.from(articles, ({ path }) => lettersIn(path).again),
  };
  outlines.set(articles, fresh);
  return fresh;
}

/** A number for a text; two texts may share one. */
function hashOf(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) hash = (hash * 31 + text.charCodeAt(at)) | 0;
  return hash;
}

/** Letters as bits; two letters may share one. */
interface Letters {
  all: number;
  again: number;
}

function lettersIn(text: string): Letters {
  let [all, again] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const letter = 1 << (text.charCodeAt(at) & 31);
    again |= all & letter;
    all |= letter;
  }
  return { all, again };
}

/** At least so many letters must change to make one text of the other. */
function lettersApart(one: Letters, other: Letters): number {
  return Math.max(
    bitsIn(one.all & ~other.all) + bitsIn(one.again & ~other.again),
    bitsIn(other.all & ~one.all) + bitsIn(other.again & ~one.again),
  );
}

function bitsIn(value: number): number {
  let bits = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) bits += 1;
  return bits;
}

/** The asset that a broken link or image most likely meant. */
export function nearestAsset(wanted: string, facts: Facts): Nearest | null {
  const assets = [...facts.content.assets.values()];
  const named = assets.filter(({ path }) => basename(path) === basename(wanted));
  const [moved] = named;
  if (moved !== undefined && named.length === 1) return { file: moved.path, sure: true };
  const alike = assets.filter(({ path }) => extname(path) === extname(wanted));
  const stem = basename(wanted);
  const beside = { pathOf: (one: Asset) => one.path, fileOf: (one: Asset) => one.path };
  return nearest(alike, beside, (path) => distanceTo(stem, basename(path)), stem.length);
}

/** `konto/passwort.de.md`, `konto/passwort.md`, `konto/passwort`, `konto/passwort?a=b` → `konto/passwort` */
export function articlePath(file: string): string {
  const path = file.replace(/\?.*$/s, '').replace(/\.md$/i, '');
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') && isLocale(path.slice(dot + 1)) ? path.slice(0, dot) : path;
}

/** An article's file for a reader's locale, else in the locale that was asked for. */
function fileOf(article: Article, locale: string, wanted: string): string | null {
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

interface Named<Item> {
  pathOf(item: Item): string;
  fileOf(item: Item): string | null;
}

/** The nearest by distance: up to a third of the letters may differ; sure up to a quarter, when no other comes close. */
function nearest<Item>(
  items: readonly Item[],
  { pathOf, fileOf }: Named<Item>,
  measure: (path: string) => number,
  length: number,
): Nearest | null {
  let best: { item: Item; path: string; score: number } | null = null;
  let second = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const path = pathOf(item);
    const score = measure(path);
    if (best === null || score < best.score || (score === best.score && path < best.path)) {
      second = best?.score ?? second;
      best = { item, path, score };
    } else if (score < second) second = score;
  }
  const file = best === null ? null : fileOf(best.item);
  if (best === null || file === null || best.score > mostLetters(length)) return null;
  const isAlone = second >= best.score + 2;
  return { file, sure: isAlone && best.score <= Math.min(2, Math.floor(length / 4)) };
}

/** `pasword` → `passwort-zuruecksetzen`: the only one whose first words are nearly it. Never sure. */
function beginning<Item>(
  items: readonly Item[],
  named: Named<Item>,
  wanted: string,
): Nearest | null {
  const stem = basename(wanted);
  const near = nearest(items, named, (one) => beginningDistance(basename(one), stem), stem.length);
  return near === null ? null : { ...near, sure: false };
}

function beginningDistance(name: string, stem: string): number {
  const words = name.split('-');
  const beginnings = words.map((_, index) => words.slice(0, index + 1).join('-'));
  return Math.min(...beginnings.map((one) => distance(one, stem)));
}
