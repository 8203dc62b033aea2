import { html } from 'hono/html';
import type { ArticleContent, StoredArticle } from '../state/entities.ts';
import type { Workspace } from '../workspace.ts';
import type { Html } from './layout.ts';
import { formattedDate, localeName } from './page-texts.ts';
import { teamPage } from './team-layout.ts';

const MOST_ROWS = 200;

/** All articles as a teammate lists them. */
export function teamListPage(workspace: Workspace): Html {
  const { articles } = workspace.store.tables;
  const rows = articles.newest(0, MOST_ROWS);
  const content = html`<div class="heading"><h1>Articles</h1>
<p class="lead">Edit, unpublish or move one, as somebody in the interface would. Every change is recorded as made in the web.</p>
<p class="count">${articles.size} in all${articles.size > MOST_ROWS ? `, the last ${MOST_ROWS} shown` : ''}</p></div>
${rows.length === 0 ? html`<p class="empty">No article yet.</p>` : articleTable(workspace, rows)}`;
  return teamPage(workspace, 'Articles', content);
}

function articleTable(workspace: Workspace, rows: readonly StoredArticle[]): Html {
  return html`<div class="scroll" tabindex="0"><table><thead><tr><th scope="col">Title</th><th scope="col">Locales</th><th scope="col">Collection</th><th scope="col">Updated</th></tr></thead>
<tbody>${rows.map(
    (
      article,
    ) => html`<tr><td><a href="/_sandbox/ui/articles/${article.id}">${titleOf(workspace, article)}</a></td>
<td>${Object.entries(article.contents).map(([locale, content]) => stateBadge(locale, content))}</td>
<td>${collectionName(workspace, article.parentId)}</td><td>${formattedDate(article.updatedAt, 'en')}</td></tr>`,
  )}</tbody></table></div>`;
}

function titleOf(workspace: Workspace, { contents, id }: StoredArticle): string {
  return contents[workspace.settings.defaultLocale]?.title ?? id;
}

function stateBadge(locale: string, { state, draft }: ArticleContent): Html {
  const label = draft === null ? state : `${state}, changes pending`;
  return html`<span class="state ${draft === null ? state : 'pending'}">${locale}: ${label}</span>`;
}

function collectionName(workspace: Workspace, id: string | null): string {
  const collection = id === null ? undefined : workspace.store.tables.collections.find(id);
  return collection?.texts[workspace.settings.defaultLocale]?.name ?? '–';
}

export interface EditView {
  readonly article: StoredArticle;
  readonly locale: string;
  readonly note: { readonly text: string; readonly isFailure: boolean } | null;
}

/** One article in one locale, to be worked on. */
export function teamEditPage(workspace: Workspace, view: EditView): Html {
  const { article, locale, note } = view;
  const title = titleOf(workspace, article);
  const content = html`<nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/_sandbox/ui">Articles</a></li></ol></nav>
<div class="heading"><h1>${title}</h1><p class="byline">${Object.entries(article.contents).map(([other, text]) => stateBadge(other, text))}</p></div>
${note === null ? '' : html`<p class="${note.isFailure ? 'note failed' : 'note'}" role="status">${note.text}</p>`}
${localeLinks(workspace, article, locale)}
${editForm(workspace, view, article.contents[locale])}`;
  return teamPage(workspace, title, content);
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
  { article, locale }: EditView,
  content: ArticleContent | undefined,
): Html {
  const text = content?.draft ?? content;
  const availability = content?.availability;
  return html`<form class="edit" method="post" action="/_sandbox/ui/forms/articles/${article.id}">
<input type="hidden" name="locale" value="${locale}">
<label>Title <input name="title" value="${text?.title ?? ''}" required maxlength="255"></label>
<label>Description <input name="description" value="${text?.description ?? ''}" maxlength="1000"></label>
<label>Body, HTML <textarea name="body" spellcheck="false">${text?.body ?? ''}</textarea></label>
<div class="pair">
<label>Collection <select name="parent_id">${collectionOptions(workspace, article.parentId)}</select></label>
<label>Who may read <select name="help_center_audience">${Object.entries(AUDIENCE_NAMES).map(
    ([value, name]) => option(value, name, value === article.helpCenterAudience),
  )}</select></label>
</div>
<fieldset><legend>Fin may answer from this, as</legend>
${checkbox('ai_chatbot_availability', 'AI Agent', availability?.chatbot ?? true)}
${checkbox('ai_copilot_availability', 'Copilot', availability?.copilot ?? true)}
${checkbox('ai_sales_agent_availability', 'Sales Agent', availability?.salesAgent ?? true)}</fieldset>
<div class="actions">${actionButtons(content)}</div></form>`;
}

function actionButtons(content: ArticleContent | undefined): Html {
  if (content?.state !== 'published') {
    return html`<button name="action" value="save">Save draft</button><button class="plain" name="action" value="publish">Publish</button>${deleteButton()}`;
  }
  return html`<button name="action" value="publish">Publish changes</button><button class="plain" name="action" value="stage">Keep as pending changes</button>
<button class="plain" name="action" value="unpublish">Unpublish</button>${deleteButton()}`;
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
