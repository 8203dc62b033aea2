import type { Collection } from '../../model/article.ts';
import type { Content } from '../../model/content.ts';
import { allTexts, type ItemText } from '../item-texts.ts';

/** A text to prove, with every file that readers get a part of it from. */
export interface Subject {
  key: string;
  digest: string;
  /** Content paths, its own first. */
  files: readonly string[];
}

/** One text of one item. */
export function subjectKey(kind: ItemText['kind'], id: string, locale: string): string {
  return `${kind}\n${id}\n${locale}`;
}

/**
 * Every text with its files: its own, the source-locale file, includes, assets, the collections it lies
 * in, and kb.yaml, which holds variables and defaults. The review covers them all.
 */
export function proofSubjects(content: Content): Subject[] {
  const filesOf = filesReader(content);
  return allTexts(content).map((text) => ({
    key: subjectKey(text.kind, text.id, text.locale),
    digest: text.digest,
    files: [...new Set([text.file, ...filesOf(text), 'kb.yaml'])],
  }));
}

function filesReader(content: Content): (text: ItemText) => string[] {
  const collections = new Map(content.collections.map((item) => [item.id, item]));
  const articles = new Map(content.articles.map((item) => [item.id, item]));
  const includes = new Map(
    content.includes.map((item) => [`${item.name}\n${item.locale}`, item.file]),
  );

  function chainOf(id: string | null): string[] {
    const files: string[] = [];
    for (let at: Collection | undefined = collections.get(id ?? ''); at !== undefined; ) {
      if (files.includes(at.file)) break;
      files.push(at.file);
      at = collections.get(at.parentId ?? '');
    }
    return files;
  }

  return ({ kind, id, text, locale, sourceFile }) => {
    if (kind === 'collection') return chainOf(id);
    const included = 'includes' in text ? text.includes : [];
    const assets = 'assets' in text ? text.assets : [];
    return [
      ...(sourceFile === null ? [] : [sourceFile]),
      ...included.flatMap((name) => includes.get(`${name}\n${locale}`) ?? []),
      ...assets.flatMap((hash) => content.assets.get(hash)?.path ?? []),
      ...chainOf(articles.get(id)?.collectionId ?? null),
    ];
  };
}
