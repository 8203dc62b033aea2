import type { Article, Translation } from '../../model/article.ts';
import type { Target } from '../../model/tree.ts';
import { allInlines } from '../../model/tree-text.ts';

/** A text that uses something, by article and locale. */
export interface User {
  articleId: string;
  locale: string;
}

/** Who uses what: links to articles, images, includes; and which texts say the same thing twice. */
export interface Uses {
  /** Takes articles out and puts others in. */
  replace(before: readonly Article[], after: readonly Article[]): void;
  /** Texts that link to an article, in any locale. */
  linksTo(articleId: string): User[];
  ofAsset(hash: string): User[];
  ofInclude(name: string, locale: string): User[];
  /** Articles that share a question or a redirect with this one. */
  saySame(article: Article): Set<string>;
}

type Kind = 'article' | 'asset' | 'include' | 'question' | 'redirect';

export function createUses(): Uses {
  const users = new Map<string, Map<string, User>>();
  const keysOf = new WeakMap<Translation, readonly string[]>();

  function keys(translation: Translation): readonly string[] {
    const known = keysOf.get(translation);
    if (known !== undefined) return known;
    const found = usedKeys(translation);
    keysOf.set(translation, found);
    return found;
  }

  function change(article: Article, apply: (key: string, name: string, user: User) => void): void {
    for (const translation of article.translations) {
      const user = { articleId: article.id, locale: translation.locale };
      const name = `${user.articleId}\n${user.locale}`;
      for (const key of keys(translation)) apply(key, name, user);
    }
  }

  const of = (kind: Kind, name: string): User[] => [
    ...(users.get(keyOf(kind, name))?.values() ?? []),
  ];

  return {
    replace(before, after) {
      for (const article of before) {
        change(article, (key, name) => {
          const known = users.get(key);
          known?.delete(name);
          if (known?.size === 0) users.delete(key);
        });
      }
      for (const article of after) {
        change(article, (key, name, user) => {
          const known = users.get(key);
          if (known === undefined) users.set(key, new Map([[name, user]]));
          else known.set(name, user);
        });
      }
    },
    linksTo: (id) => of('article', id),
    ofAsset: (hash) => of('asset', hash),
    ofInclude: (name, locale) => of('include', `${locale}\n${name}`),
    saySame(article) {
      const said = article.translations
        .flatMap((translation) => [...keys(translation)])
        .filter((key) => key.startsWith('question\n') || key.startsWith('redirect\n'));
      return new Set(
        said.flatMap((key) => [...(users.get(key)?.values() ?? [])].map((user) => user.articleId)),
      );
    },
  };
}

function keyOf(kind: Kind, name: string): string {
  return `${kind}\n${name}`;
}

function usedKeys(translation: Translation): string[] {
  const { locale, questions, redirects, includes, assets, body } = translation;
  const targets = allInlines(body).flatMap((inline): Target[] => {
    if (inline.type === 'break') return [];
    const target = inline.type === 'button' ? inline.target : inline.link;
    return target === undefined ? [] : [target];
  });
  return [
    ...new Set([
      ...targets.flatMap((it) => (it.kind === 'article' ? [keyOf('article', it.id)] : [])),
      ...assets.map((hash) => keyOf('asset', hash)),
      ...includes.map((name) => keyOf('include', `${locale}\n${name}`)),
      // Coarser than the rules that compare them: what is equal there is equal here.
      ...questions.map((question) => keyOf('question', `${locale}\n${lettersOf(question)}`)),
      ...redirects.map((address) => keyOf('redirect', lettersOf(decoded(address)))),
    ]),
  ];
}

function lettersOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/#.*$/, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

function decoded(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}
