import type { Finding } from '../../model/finding.ts';
import { shellWord } from '../../model/shell-word.ts';
import { html, joined, type Markup, nothing } from '../render/markup.ts';
import { configProblem } from '../state/config-problem.ts';
import { articleRef, type PageRef } from './addresses.ts';
import { type Book, textFor, titleOf } from './book.ts';
import type { Page } from './layout.ts';
import { findingList } from './panel/findings.ts';
import { tag } from './panel/section.ts';
import { countedArticles } from './words.ts';

const localeOfPages = 'en';

function plainPage(
  ref: PageRef,
  title: string,
  main: Markup,
  status: 200 | 404,
  locale = localeOfPages,
): Page {
  return { ref, status, locale, title, contents: nothing, main, panel: null, locales: [] };
}

/** A file of the content as it was written, line by line, with its findings beside the lines. */
export function sourcePage(
  file: string,
  source: string,
  findings: readonly Finding[],
  book: Book,
): Page {
  const byLine = Map.groupBy(findings, ({ line }) => line);
  const lines = source.replace(/^\uFEFF/, '').split(/\r\n?|\n/);
  const rows = lines.map((line, index) => {
    const number = index + 1;
    const found = byLine.get(number) ?? [];
    const notes = found.map(
      ({ severity, message }) =>
        html`<li class="note"><span class="tag ${severity === 'error' ? 'bad' : 'warn'}">${severity === 'error' ? 'error' : 'warning'}</span> ${message}</li>`,
    );
    return html`<li id="L${number}"${found.length > 0 ? { html: ' class="found"' } : nothing}><a href="#L${number}" aria-label="Line ${number}">${number}</a><code>${line}</code></li>${notes}`;
  });
  const article = articleOfFile(file, book);
  const back =
    article === null
      ? nothing
      : html`<p class="byline"><a href="${book.addresses.page(article)}">Show the article</a></p>`;
  const editor =
    book.editor === null
      ? nothing
      : html`<a class="editor" href="${book.editor(file, 1, 1)}">Open in editor</a>`;
  return plainPage(
    { kind: 'source', file },
    file,
    html`<header class="heading"><h1 class="path">${file}</h1>${back}<p>${editor}</p></header><div class="source" tabindex="0" role="group" aria-label="Source of ${file}"><ol>${rows}</ol></div>`,
    200,
  );
}

function articleOfFile(file: string, { knowledge }: Book): PageRef | null {
  const [, path, locale] = /^(.*)\.([^./]+)\.md$/s.exec(file) ?? [];
  const article = path === undefined ? null : knowledge.articleAt(path);
  return article === null || locale === undefined ? null : articleRef(article, locale);
}

const mostListed = 500;

/** All findings of the knowledge base by file, those with errors first. */
export function overviewPage(book: Book): Page {
  const { content } = book.knowledge;
  const { byFile, isCurrent } = book.knowledge.findings();
  const files = [...byFile].sort(
    ([a, ofA], [b, ofB]) => Number(hasError(ofB)) - Number(hasError(ofA)) || (a < b ? -1 : 1),
  );
  const all = files.flatMap(([, findings]) => findings);
  const errors = all.filter(({ severity }) => severity === 'error').length;
  const shown: Markup[] = [];
  let count = 0;
  for (const [file, findings] of files) {
    if (count >= mostListed) break;
    count += findings.length;
    const ref = articleOfFile(file, book);
    const article = ref?.kind === 'article' ? book.knowledge.articleAt(ref.path) : null;
    const link =
      ref === null || article === null
        ? html`${file}`
        : html`<a href="${book.addresses.page(ref)}">${titleOf(textFor(article, ref.kind === 'article' ? ref.locale : ''), file)}</a> <span class="quiet">${file}</span>`;
    shown.push(html`<section><h2>${link}</h2>${findingList(findings, book)}</section>`);
  }
  const more =
    all.length > count
      ? html`<p class="quiet">${all.length - count} more: <code>kb check</code> lists them all.</p>`
      : nothing;
  const checking = isCurrent ? nothing : html` ${tag('checking …', 'plain')}`;
  return plainPage(
    { kind: 'overview' },
    'Overview',
    html`<header class="heading"><h1>Overview</h1><p class="lead">${countedArticles(content.articles.length, 'en')} · ${errors} ${errors === 1 ? 'error' : 'errors'} · ${all.length - errors} ${all.length - errors === 1 ? 'warning' : 'warnings'}${checking}</p></header><div class="overview">${shown}${more}</div>`,
    200,
  );
}

function hasError(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

/** There is a file of this name, but it is no article that can be shown: why, and where to mend it. */
export function brokenPage(
  ref: PageRef & { kind: 'article' },
  files: readonly string[],
  book: Book,
): Page {
  const { byFile } = book.knowledge.findings();
  const problems = book.knowledge.content.problems;
  const findings = files.flatMap(
    (file) => byFile.get(file) ?? problems.filter((one) => one.file === file),
  );
  return plainPage(
    ref,
    ref.path,
    html`<header class="heading"><h1 class="path">${ref.path}</h1><p class="lead" lang="en">This article cannot be shown as it is.</p></header><div lang="en">${findingList(findings, book)}</div>`,
    404,
    ref.locale,
  );
}

/** The article is there, but not in this locale. */
export function untranslatedPage(ref: PageRef & { kind: 'article' }, book: Book): Page {
  const article = book.knowledge.articleAt(ref.path);
  const others = (article?.translations ?? []).map(
    (text) =>
      html`<li><a href="${book.addresses.page({ ...ref, locale: text.locale })}" lang="${text.locale}">${titleOf(text, ref.path)}</a> <span class="quiet">${text.locale}</span></li>`,
  );
  const page = plainPage(
    ref,
    ref.path,
    html`<header class="heading"><h1 class="path">${ref.path}</h1><p class="lead" lang="en">There is no ${ref.locale} text yet.</p></header><div lang="en"><p><code>kb new translation ${shellWord(ref.path)} --locale ${ref.locale}</code> begins one. It is there in:</p><ul>${others}</ul></div>`,
    404,
    ref.locale,
  );
  return page;
}

/** Nothing is there. */
export function missingPage(ref: PageRef | null, locale: string, book: Book): Page {
  const home = book.addresses.page({ kind: 'home', locale });
  const path =
    ref?.kind === 'article' || ref?.kind === 'collection'
      ? ref.path
      : ref?.kind === 'source'
        ? ref.file
        : null;
  const what = path === null ? nothing : html`: <code>${path}</code>`;
  return plainPage(
    ref ?? { kind: 'home', locale },
    'Not there',
    html`<header class="heading"><h1 lang="en">Not there</h1><p class="lead" lang="en">There is nothing at this address${what}. It may have been renamed or removed.</p></header><p lang="en"><a href="${home}">To the first page</a></p>`,
    404,
    locale,
  );
}

/** The banner over every page when the content as a whole cannot be read, or its settings are wrong. */
export function troubleNotice(
  book: Pick<Book, 'knowledge' | 'addresses' | 'editor'>,
): Markup | null {
  const { trouble, content, isPartial } = book.knowledge;
  if (isPartial) {
    return html`${tag('reading', 'plain')} The rest of the content is being read; findings and search follow.`;
  }
  if (trouble !== null) {
    return html`${tag('not read', 'bad')} ${trouble.message} ${trouble.hint ?? ''} What you see is the last that could be read.`;
  }
  const problem = configProblem(content);
  if (problem === null) return null;
  const source = book.addresses.page({ kind: 'source', file: 'kb.yaml' }, `L${problem.line}`);
  return joined([
    html`${tag('kb.yaml', 'bad')} ${problem.message}. Until it is mended nothing is published, and defaults stand in for what cannot be read. `,
    html`<a href="${source}">kb.yaml:${problem.line}</a>`,
  ]);
}
