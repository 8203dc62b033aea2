import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { convertBody, lossKinds } from '../../src/zendesk/index.ts';
import { isProof, proof } from '../support/proof.ts';
import { dialectContext } from './contexts.ts';
import { type Measured, measured } from './measure.ts';

const root = join(import.meta.dirname, '../../../shared/corpora');
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
    // All articles by `npm run prove`, a share of them by `npm test`.
    const chosen = isProof ? articles : articles.filter((_, index) => index % 4 === 0);

    it(`${corpus}: ${chosen.length} of ${articles.length} articles lose what the report says, and nothing else`, () => {
      const results = chosen.map(({ id, body }) => ({ id, ...measured(body ?? '') }));
      const unexplained = results.flatMap(({ id, unexplained: lines, problems }) => [
        ...lines.map((line) => `${id} ${line}`),
        ...problems.map(({ line, message }) => `${id}:${line} ${message}`),
      ]);
      expect(unexplained).toEqual([]);
      noteProof(corpus, results);
    });

    it(`${corpus}: converting is the same every time`, () => {
      for (const { body } of chosen.slice(0, 10)) {
        const first = convertBody(body ?? '', dialectContext);
        expect(convertBody(body ?? '', dialectContext).markdown).toBe(first.markdown);
      }
    });
  }
});

/** The figures of docs/import.md. */
function noteProof(corpus: string, results: readonly Measured[]): void {
  const note = (what: string, count: number): void => proof(`${corpus}: ${what}`, count);
  const sum = (of: (before: Measured['before']) => number): number =>
    results.reduce((total, { before }) => total + of(before), 0);
  note('articles compared', results.length);
  note(
    'words',
    sum(({ words }) => words.length),
  );
  note(
    'images',
    sum(({ images }) => images.length),
  );
  note(
    'links',
    sum(({ links }) => links.length),
  );
  note(
    'videos',
    sum(({ videos }) => videos.length),
  );
  note(
    'table cells',
    sum(({ cells }) => cells),
  );
  note(
    'list items',
    sum(({ items }) => items),
  );
  note(
    'code blocks',
    sum(({ codes }) => codes),
  );
  note(
    'in-page links that lead somewhere',
    results.reduce((total, { resolvedAnchors }) => total + resolvedAnchors, 0),
  );
  for (const [construct, weight] of Object.entries(lossKinds)) {
    const same = results.flatMap(({ losses }) =>
      losses.filter((loss) => loss.construct === construct),
    );
    if (same.length > 0) note(`loss ${construct} (${weight})`, same.length);
  }
  note('unreported differences', 0);
}
