import { html } from 'hono/html';
import { articleUrl, mainContent } from '../api/article-wire.ts';
import { mainText } from '../api/collections.ts';
import { localPath } from '../api/help-centers.ts';
import type { ArticleContent, StoredArticle } from '../state/entities.ts';
import type { Workspace } from '../workspace.ts';
import type { Html } from './layout.ts';
import { visibleContent } from './library.ts';
import { localeName, shortDate } from './page-texts.ts';
import { teamPage } from './team-layout.ts';

const MOST_ROWS = 200;

/** All articles as a teammate lists them. */
export function teamListPage(workspace: Workspace): Html {
  const { articles } = workspace.store.tables;
  const rows = articles.newest(0, MOST_ROWS);
  const content = html`<div class="heading"><h1>Articles</h1>
<p class="lead">Edit, unpublish or move one, as somebody in the interface would. Every change is recorded as made in the web.</p>
<p class="actions"><a class="button" href="/_sandbox/ui/new">New article</a></p>
<p class="count">${articles.size} in all${articles.size > MOST_ROWS ? `, the last ${MOST_ROWS} shown` : ''}</p></div>
${rows.length === 0 ? html`<p class="empty">No article yet.</p>` : articleTable(workspace, rows)}`;
  return teamPage(workspace, 'Articles', content);
}

function articleTable(workspace: Workspace, rows: readonly StoredArticle[]): Html {
  return html`<div class="scroll" role="region" aria-label="All articles" tabindex="0"><table><thead><tr><th scope="col">Title</th><th scope="col">Locales</th><th scope="col" class="wide">Collection</th><th scope="col" class="wide">Updated</th></tr></thead>
<tbody>${rows.map(
    (
      article,
    ) => html`<tr><td class="title"><a href="/_sandbox/ui/articles/${article.id}">${mainContent(workspace, article).content.title}</a></td>
<td><div class="badges">${Object.entries(article.contents).map(([locale, content]) => stateBadge(locale, content, 'pending'))}</div></td>
<td class="wide">${collectionName(workspace, article.parentId)}</td><td class="wide date">${shortDate(article.updatedAt)}</td></tr>`,
  )}</tbody></table></div>`;
}

function stateBadge(
  locale: string,
  { state, draft }: ArticleContent,
  pending = `${state}, changes pending`,
): Html {
  const label = draft === null ? state : pending;
  return html`<span class="state ${draft === null ? state : 'pending'}">${locale}: ${label}</span>`;
}

function collectionName(workspace: Workspace, id: string | null): string {
  const collection = id === null ? undefined : workspace.store.tables.collections.find(id);
  return collection === undefined ? '–' : mainText(workspace, collection).name;
}

export interface EditView {
  readonly article: StoredArticle;
  readonly locale: string;
  readonly note: Note | null;
}

/** What came of the last click. */
export interface Note {
  readonly text: string;
  readonly isFailure: boolean;
}

export function noteLine(note: Note | null): Html | '' {
  if (note === null) return '';
  return html`<p class="${note.isFailure ? 'note failed' : 'note'}" role="status">${note.text}</p>`;
}

/** An article to be written, in the default locale. */
export function teamNewPage(workspace: Workspace, note: Note | null): Html {
  const { defaultLocale } = workspace.settings;
  const content = html`${backToList()}
<div class="heading"><h1>New article</h1><p class="byline">${localeName(defaultLocale)}</p></div>
${noteLine(note)}
${editForm(workspace, { article: null, locale: defaultLocale }, undefined)}`;
  return teamPage(workspace, 'New article', content);
}

function backToList(): Html {
  return html`<nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/_sandbox/ui">Articles</a></li></ol></nav>`;
}

/** One article in one locale, to be worked on. */
export function teamEditPage(workspace: Workspace, view: EditView): Html {
  const { article, locale, note } = view;
  const title = mainContent(workspace, article).content.title;
  const content = html`${backToList()}
<div class="heading"><h1>${title}</h1><p class="byline">${Object.entries(article.contents).map(([other, text]) => stateBadge(other, text))}${pageLink(workspace, article, locale)}</p></div>
${noteLine(note)}
${localeLinks(workspace, article, locale)}
${editForm(workspace, view, article.contents[locale])}`;
  return teamPage(workspace, title, content);
}

/** Where visitors read it, when they can. */
function pageLink(workspace: Workspace, article: StoredArticle, locale: string): Html | '' {
  const content = visibleContent(article, locale);
  if (content === undefined) return '';
  const path = localPath(workspace, articleUrl(workspace, article, content, locale));
  return html`<a href="${path}">View in the help center</a>`;
}

function localeLinks(workspace: Workspace, { id }: StoredArticle, locale: string): Html | '' {
  const { locales } = workspace.settings;
  if (locales.length < 2) return '';
  return html`<ul class="locales" aria-label="Locales">${locales.map((other) =>
    other === locale
      ? html`<li><span aria-current="true">${localeName(other)}</span></li>`
      : html`<li><a href="/_sandbox/ui/articles/${id}?locale=${other}">${localeName(other)}</a></li>`,
  )}</ul>`;
}

const AUDIENCE_NAMES = {
  everyone: 'Everyone',
  all_users: 'Logged-in users',
  restricted: 'Restricted',
} as const;

function editForm(
  workspace: Workspace,
  { article, locale }: { readonly article: StoredArticle | null; readonly locale: string },
  content: ArticleContent | undefined,
): Html {
  const text = content?.draft ?? content;
  const availability = content?.availability;
  return html`<form class="edit" method="post" action="/_sandbox/ui/forms/articles/${article?.id ?? 'new'}">
<input type="hidden" name="locale" value="${locale}">
<label>Title <input name="title" value="${text?.title ?? ''}" required maxlength="255"></label>
<label>Description <input name="description" value="${text?.description ?? ''}" maxlength="1000"></label>
<label>Body, HTML <textarea name="body" spellcheck="false">${text?.body ?? ''}</textarea></label>
<div class="pair">
<label>Collection <select name="parent_id">${collectionOptions(workspace, article?.parentId ?? null)}</select></label>
<label>Who may read <select name="help_center_audience">${Object.entries(AUDIENCE_NAMES).map(
    ([value, name]) => option(value, name, value === (article?.helpCenterAudience ?? 'everyone')),
  )}</select></label>
</div>
<fieldset><legend>Fin may answer from this, as</legend>
${checkbox('ai_chatbot_availability', 'AI Agent', availability?.chatbot ?? true)}
${checkbox('ai_copilot_availability', 'Copilot', availability?.copilot ?? true)}
${checkbox('ai_sales_agent_availability', 'Sales Agent', availability?.salesAgent ?? true)}</fieldset>
<div class="actions">${actionButtons(content)}${article === null ? '' : deleteButton()}</div></form>`;
}

function actionButtons(content: ArticleContent | undefined): Html {
  if (content?.state !== 'published') {
    return html`<button name="action" value="save">Save draft</button><button class="plain" name="action" value="publish">Publish</button>`;
  }
  return html`<button name="action" value="publish">Publish changes</button><button class="plain" name="action" value="stage">Keep as pending changes</button>
<button class="plain" name="action" value="unpublish">Unpublish</button>`;
}

function deleteButton(): Html {
  return html`<button class="danger" name="action" value="delete" formnovalidate>Delete article</button>`;
}

function collectionOptions(workspace: Workspace, parentId: string | null): readonly Html[] {
  const collections = [...workspace.store.tables.collections.rows()];
  return [
    option('', '–', parentId === null),
    ...collections.map(({ id }) => option(id, collectionName(workspace, id), id === parentId)),
  ];
}

function option(value: string, name: string, isSelected: boolean): Html {
  return isSelected
    ? html`<option value="${value}" selected>${name}</option>`
    : html`<option value="${value}">${name}</option>`;
}

function checkbox(name: string, label: string, isOn: boolean): Html {
  return isOn
    ? html`<label class="check"><input type="checkbox" name="${name}" value="on" checked> ${label}</label>`
    : html`<label class="check"><input type="checkbox" name="${name}" value="on"> ${label}</label>`;
}
