import type { Tree } from '../../model/tree.ts';
import { allInlines } from '../../model/tree-text.ts';
import type { Rule } from '../rule.ts';

export const assetUnused: Rule = {
  name: 'asset-unused',
  severity: 'warn',
  holds: 'text',
  fixable: false,
  what: 'a file under `assets` that no text uses',
  why: 'It is kept, reviewed and searched for nothing.',
  mend: 'Use it or delete it.',
  find(facts) {
    const { content, texts } = facts;
    const used = new Set([
      ...texts.flatMap(({ translation }) => [...translation.assets]),
      ...content.includes.flatMap(({ body }) => assetsIn(body)),
    ]);
    return [...content.assets.values()]
      .filter(({ hash }) => !used.has(hash))
      .map(({ path }) => ({ file: path, line: 1, column: 1, message: 'no text uses this file' }));
  },
};

function assetsIn(tree: Tree): string[] {
  return allInlines(tree).flatMap((inline) => {
    if (inline.type === 'break') return [];
    const target = inline.type === 'button' ? inline.target : inline.link;
    const source = inline.type === 'image' ? inline.source : undefined;
    return [target, source].flatMap((one) => (one?.kind === 'asset' ? [one.hash] : []));
  });
}
