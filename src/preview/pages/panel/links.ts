import type { Article, Translation } from '../../../model/article.ts';
import { html, joined, type Markup } from '../../render/markup.ts';
import type { User } from '../../state/uses.ts';
import { articleRef } from '../addresses.ts';
import { type Book, textFor, titleOf } from '../book.ts';

/** Texts that link here. */
export function incomingBody(article: Article, book: Book): Markup {
  const users = book.knowledge.uses
    .linksTo(article.id)
    .filter(({ articleId }) => articleId !== article.id);
  return users.length === 0
    ? html`<p class="quiet">No other article links here.</p>`
    : userList(users, book);
}

/** The number of texts that link here. */
export function incomingCount(article: Article, { knowledge }: Book): number {
  return knowledge.uses.linksTo(article.id).filter(({ articleId }) => articleId !== article.id)
    .length;
}

/** Images and includes of a text, and where else each is used. */
export function partsBody(text: Translation, book: Book): Markup {
  const { uses, content } = book.knowledge;
  const parts = [
    ...text.includes.map((name) => ({
      name: `{{> ${name} }}`,
      file: content.includes.find((one) => one.name === name && one.locale === text.locale)?.file,
      users: uses.ofInclude(name, text.locale),
    })),
    ...text.assets.map((hash) => ({
      name: content.assets.get(hash)?.path ?? hash,
      file: undefined,
      users: uses.ofAsset(hash),
    })),
  ];
  if (parts.length === 0) return html`<p class="quiet">It uses no image and no include.</p>`;
  return joined(
    parts.map(({ name, file, users }) => {
      const others = users.filter(
        (user) => user.articleId !== text.articleId || user.locale !== text.locale,
      );
      const shown =
        file === undefined
          ? html`<code>${name}</code>`
          : html`<a href="${book.addresses.page({ kind: 'source', file })}"><code>${name}</code></a>`;
      const where =
        others.length === 0
          ? html`<p class="quiet">used here only</p>`
          : html`<p class="quiet">also used in</p>${userList(others, book)}`;
      return html`<div class="part"><p>${shown}</p>${where}</div>`;
    }),
  );
}

const mostShown = 50;

function userList(users: readonly User[], book: Book): Markup {
  const items = users.slice(0, mostShown).flatMap(({ articleId, locale }) => {
    const article = book.knowledge.article(articleId);
    if (article === null) return [];
    const href = book.addresses.page(articleRef(article, locale));
    const title = titleOf(textFor(article, locale), article.id);
    return [html`<li><a href="${href}">${title}</a> <span class="quiet">${locale}</span></li>`];
  });
  const more =
    users.length > mostShown ? html`<li class="quiet">${users.length - mostShown} more</li>` : '';
  return html`<ul class="users">${items}${more}</ul>`;
}
