import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { convertBody } from '../../src/zendesk/index.ts';
import { dialectContext } from './contexts.ts';
import { measured } from './measure.ts';

const root = join(import.meta.dirname, '../../../shared/corpora');
/** All articles by `npm run prove`, a share of them by `npm test`. */
const isWhole = process.env.KB_PROVE === '1';
const corpora = ['zendesk-mackerelio', 'zendesk-reddit'];

interface Article {
  id: number;
  body: string | null;
}

describe('real help centers', () => {
  for (const corpus of corpora) {
    const file = join(root, corpus, 'articles.json');
    if (!existsSync(file)) {
      it.skip(`${corpus} is not here: nothing was measured`, () => {});
      continue;
    }
    const { articles } = JSON.parse(readFileSync(file, 'utf8')) as { articles: Article[] };
    const chosen = isWhole ? articles : articles.filter((_, index) => index % 4 === 0);

    it(`${corpus}: ${chosen.length} of ${articles.length} articles lose what the report says, and nothing else`, () => {
      const unexplained = chosen.flatMap(({ id, body }) => {
        const result = measured(body ?? '');
        return [
          ...result.unexplained.map((line) => `${id} ${line}`),
          ...result.problems.map(({ line, message }) => `${id}:${line} ${message}`),
        ];
      });
      expect(unexplained).toEqual([]);
    });

    it(`${corpus}: converting is the same every time`, () => {
      for (const { body } of chosen.slice(0, 10)) {
        const first = convertBody(body ?? '', dialectContext);
        expect(convertBody(body ?? '', dialectContext).markdown).toBe(first.markdown);
      }
    });
  }
});
