import { storability } from '../../../markdown/index.ts';
import type { Article, Translation } from '../../../model/article.ts';
import { html, joined, type Markup, nothing } from '../../render/markup.ts';
import type { Retrieval } from '../../state/retrieval.ts';
import { truthOf } from '../../state/truth.ts';
import type { KnownLive } from '../../state/versions.ts';
import { articleRef, pathOf } from '../addresses.ts';
import type { Book } from '../book.ts';
import { finBody } from './fin.ts';
import { findingList } from './findings.ts';
import { incomingBody, incomingCount, partsBody } from './links.ts';
import { section } from './section.ts';
import { statusBody } from './status.ts';

/** What a page of an export shows at once; a live page fetches these when somebody looks. */
export interface SlowParts {
  changes: Markup;
  translations: Markup;
}

/** All that writers need to know of an article. */
export function fullPanel(
  article: Article,
  text: Translation,
  {
    book,
    retrieval,
    slow,
    live,
  }: { book: Book; retrieval: Retrieval; slow: SlowParts | null; live: KnownLive | null },
): Markup {
  const { knowledge } = book;
  const all = knowledge.findingsOf(article);
  const includes = knowledge.content.includes
    .filter(({ locale, name }) => locale === text.locale && text.includes.includes(name))
    .map(({ file }) => file);
  const own = all.filter(({ file }) => file === text.file || includes.includes(file));
  const truth = truthOf(article, text, knowledge, all);
  const losses = storability(text.body, book.profile);
  const lazy = (part: string) =>
    `/~part/${part}?page=${encodeURIComponent(pathOf(articleRef(article, text.locale)))}`;
  const others = article.translations.length - 1;
  return joined([
    section({
      id: 'status',
      title: 'Status',
      body: statusBody(article, text, { truth, live }, book),
    }),
    section({
      id: 'findings',
      title: 'Findings',
      count: own.length,
      body: html`${findingList(own, book)}${lossList(losses)}`,
    }),
    slow === null
      ? section({ id: 'changes', title: 'What changes', open: false, lazy: lazy('changes') })
      : section({ id: 'changes', title: 'What changes', open: false, body: slow.changes }),
    book.isLive
      ? section({ id: 'fin', title: 'What Fin sees', open: false, lazy: lazy('fin') })
      : section({
          id: 'fin',
          title: 'What Fin sees',
          open: false,
          body: finBody(article, text, truth, { book, retrieval }),
        }),
    slow === null
      ? section({
          id: 'translations',
          title: 'Translations',
          count: others,
          open: false,
          lazy: lazy('translations'),
        })
      : section({
          id: 'translations',
          title: 'Translations',
          count: others,
          open: false,
          body: slow.translations,
        }),
    section({
      id: 'incoming',
      title: 'Links to it',
      count: incomingCount(article, book),
      open: false,
      body: incomingBody(article, book),
    }),
    section({
      id: 'parts',
      title: 'Images and includes',
      count: text.assets.length + text.includes.length,
      open: false,
      body: partsBody(text, book),
    }),
  ]);
}

function lossList(losses: readonly string[]): Markup {
  if (losses.length === 0) return nothing;
  return html`<h3>Intercom cannot hold</h3><ul class="users">${losses.map((loss) => html`<li>${loss}</li>`)}</ul>`;
}
