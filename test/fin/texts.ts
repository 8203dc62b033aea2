import type { Translation } from '../../src/model/article.ts';
import { readContent } from '../../src/repository/index.ts';
import { articleText, contentTree } from '../support/content-builder.ts';

/** An article to write: title and body, and whatever front matter else. */
export interface Draft {
  title: string;
  body: string;
  keys?: Record<string, string>;
}

/** The translations of articles in one locale, read as the commands read them. Their ids are the keys. */
export async function textsOf(
  locale: string,
  drafts: Readonly<Record<string, Draft>>,
): Promise<Translation[]> {
  const files = Object.entries(drafts).map(([id, { title, body, keys }]) => [
    `${id}.${locale}.md`,
    articleText({ id, title, ...keys }, body),
  ]);
  const root = await contentTree({
    'kb.yaml': `defaultLocale: ${locale}\nlocales: [${locale}]\n`,
    ...Object.fromEntries(files),
  });
  const { articles } = await readContent(root);
  return articles.flatMap(({ translations }) => [...translations]);
}

/** The only text of a tree with one article. */
export async function textOf(body: string, locale = 'de'): Promise<Translation> {
  const [text] = await textsOf(locale, { a: { title: 'Titel', body } });
  if (text === undefined) throw new Error('the article could not be read');
  return text;
}
