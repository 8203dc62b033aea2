import type { Article, Translation } from '../../../model/article.ts';
import { shellWord } from '../../../model/shell-word.ts';
import type { Block, Tree } from '../../../model/tree.ts';
import type { PastVersion } from '../../reading/content-reader.ts';
import { articleHtml } from '../../render/article-html.ts';
import { html, joined, type Markup, nothing } from '../../render/markup.ts';
import { mergeLine, mergeTrees } from '../../render/merge-trees.ts';
import { type Version, type Versions, wordsAndShapes } from '../../state/versions.ts';
import { articleRef } from '../addresses.ts';
import { type Book, showingFor, titleOf } from '../book.ts';
import { localeName } from '../locale-names.ts';
import { tag } from './section.ts';

/** What changes for readers, against each version that is known. */
export async function changesBody(
  article: Article,
  text: Translation,
  { book, versions }: { book: Book; versions: Versions },
): Promise<Markup> {
  const found = await versions.of(article, text);
  const shown = found.map((version) => versionHtml(version, text, book));
  const live = book.isLive
    ? html`<p><button type="button" class="quiet-button" data-live>${versions.live === null ? 'Compare with what is live' : 'Read what is live again'}</button></p>`
    : nothing;
  const none =
    found.length === 0
      ? html`<p class="quiet">There is no git history and nothing published to compare with.</p>`
      : nothing;
  return joined([...shown, none, live]);
}

function versionHtml(version: Version, text: Translation, book: Book): Markup {
  const notes = version.notes.map((note) => html`<p class="quiet">${note}</p>`);
  const heading = html`<h3>Against <code>${version.name}</code></h3>${notes}`;
  if (version.past === null) {
    const isNew = version.notes.length === 0;
    return isNew ? html`${heading}<p>${tag('new', 'good')} It is not there yet.</p>` : heading;
  }
  return html`${heading}${differenceHtml(version.past, { ...(version.now ?? text), locale: text.locale }, { book, wordsOnly: version.wordsOnly })}`;
}

/** Two versions in one text, word by word. */
export function differenceHtml(
  past: PastVersion,
  now: PastVersion & { locale: string },
  { book, wordsOnly }: { book: Book; wordsOnly: boolean },
): Markup {
  const { locale } = now;
  const form = (version: PastVersion) => (wordsOnly ? wordsAndShapes(version.body) : version.body);
  const title = mergeLine(past.title, now.title, locale);
  const description = mergeLine(past.description, now.description, locale);
  const after = form(now);
  const body = mergeTrees(form(past), after, locale);
  if (!title.changed && !description.changed && !body.changed) {
    return html`<p class="quiet">Nothing changes for readers.</p>`;
  }
  const base = showingFor(book, locale);
  const shown = (merged: typeof body) =>
    articleHtml(merged.tree, { ...base, changes: merged.changes, idPrefix: 'kb-changed-' });
  const lines = [
    title.changed ? html`<div class="changed-title">${shown(title)}</div>` : nothing,
    description.changed ? html`<div class="changed-lead">${shown(description)}</div>` : nothing,
    body.changed
      ? foldedHtml(body.tree, new Set(after), (tree) => shown({ ...body, tree }))
      : nothing,
  ];
  return html`<div class="difference body" lang="${locale}">${lines}</div>`;
}

/** What changed, each with its neighbours; longer stretches that both versions have are folded. */
function foldedHtml(tree: Tree, same: ReadonlySet<Block>, shown: (blocks: Tree) => Markup): Markup {
  const isNear = tree.map((_, place) =>
    [place - 1, place, place + 1].some((near) => {
      const block = tree[near];
      return block !== undefined && !same.has(block);
    }),
  );
  const parts: Markup[] = [];
  for (let start = 0; start < tree.length; ) {
    let end = start + 1;
    while (end < tree.length && isNear[end] === isNear[start]) end += 1;
    const stretch = shown(tree.slice(start, end));
    const isFolded = isNear[start] === false && end - start > 1;
    parts.push(
      isFolded
        ? html`<details class="same"><summary>${end - start} parts unchanged</summary>${stretch}</details>`
        : stretch,
    );
    start = end;
  }
  return joined(parts);
}

/** The other locales of an article, side by side with this one; and what changed in the source. */
export async function translationsBody(
  article: Article,
  text: Translation,
  { book, versions }: { book: Book; versions: Versions },
): Promise<Markup> {
  const { addresses } = book;
  const source = article.translations.find(({ locale }) => locale === article.sourceLocale);
  const isBehind =
    source !== undefined && source !== text && text.translationOf !== source.textDigest;
  const past = isBehind ? await versions.pastSource(text, source) : null;
  const moved =
    source === undefined || past === null
      ? isBehind && text.translationOf !== null
        ? html`<p>${tag('outdated', 'warn')} The source has changed since; git does not have the version this translates.</p>`
        : nothing
      : html`<h3>What changed in the source since ${past.on}</h3>${differenceHtml(past, source, { book, wordsOnly: false })}`;
  const others = article.translations
    .filter((one) => one !== text)
    .map((one) => {
      const showing = { ...showingFor(book, one.locale), idPrefix: `kb-${one.locale}-` };
      const href = addresses.page(articleRef(article, one.locale));
      const isSource = one.locale === article.sourceLocale;
      return html`<div class="side" lang="${one.locale}"><p class="side-head"><a href="${href}">${localeName(one.locale)}</a>${isSource ? html` ${tag('source', 'plain')}` : nothing}</p><p class="side-title">${titleOf(one, article.id)}</p><p class="lead">${one.description}</p><div class="body">${articleHtml(one.body, showing)}</div></div>`;
    });
  const missing = book.knowledge.content.config.locales
    .filter((locale) => !article.translations.some((one) => one.locale === locale))
    .map(
      (locale) =>
        html`<p class="quiet">${localeName(locale)} is missing: <code>kb new translation ${shellWord(article.path)} --locale ${locale}</code></p>`,
    );
  const wide =
    others.length > 0 && book.isLive
      ? html`<p><button type="button" class="quiet-button" data-wide aria-pressed="false">Side by side</button></p>`
      : nothing;
  const alone =
    others.length === 0 && missing.length === 0
      ? html`<p class="quiet">It has one language only.</p>`
      : nothing;
  return joined([moved, wide, ...others, ...missing, alone]);
}
