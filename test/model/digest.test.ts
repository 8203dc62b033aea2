import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { articleDigest, collectionDigest, textDigest } from '../../src/model/digest.ts';

type Golden = { name: string; digest: string } & (
  | { scope: 'text'; input: Parameters<typeof textDigest>[0] }
  | { scope: 'article'; input: Parameters<typeof articleDigest>[0] }
  | { scope: 'collection'; input: Parameters<typeof collectionDigest>[0] }
);

/**
 * The committed digests of form 1. There is no update mode: a change of these values would take the
 * review off every article of every user. A new form needs a new file beside this one.
 */
const golden: Golden[] = JSON.parse(
  await readFile(join(import.meta.dirname, '../golden/digest.v1.json'), 'utf8'),
);

function digestOfGolden(it: Golden): string {
  switch (it.scope) {
    case 'text':
      return textDigest(it.input);
    case 'article':
      return articleDigest(it.input);
    case 'collection':
      return collectionDigest(it.input);
  }
}

describe('digests of form 1', () => {
  it.each(golden)('$scope: $name', (it) => {
    expect(digestOfGolden(it)).toBe(it.digest);
  });

  it('covers every scope', () => {
    expect([...new Set(golden.map(({ scope }) => scope))].sort()).toEqual([
      'article',
      'collection',
      'text',
    ]);
    expect(golden.length).toBeGreaterThanOrEqual(6);
  });

  const text = { title: 'T', description: 'D', body: [{ type: 'rule' as const }] };
  const article = {
    textDigest: textDigest(text),
    visibility: 'public' as const,
    fin: { agent: true, copilot: true, salesAgent: false },
    finAudiences: ['a', 'b'],
  };

  it('does not depend on the order of keys or audiences', () => {
    expect(textDigest({ body: text.body, description: 'D', title: 'T' })).toBe(textDigest(text));
    expect(articleDigest({ ...article, finAudiences: ['b', 'a'] })).toBe(articleDigest(article));
  });

  it.each([
    ['title', textDigest({ ...text, title: 'U' })],
    ['description', textDigest({ ...text, description: 'E' })],
    ['body', textDigest({ ...text, body: [] })],
    ['title and description swapped', textDigest({ ...text, title: 'D', description: 'T' })],
  ])('changes with the %s of a text', (_, digest) => {
    expect(digest).not.toBe(textDigest(text));
  });

  it.each([
    ['text', articleDigest({ ...article, textDigest: textDigest({ ...text, title: 'U' }) })],
    ['visibility', articleDigest({ ...article, visibility: 'users' })],
    ['availability', articleDigest({ ...article, fin: { ...article.fin, agent: false } })],
    ['audiences', articleDigest({ ...article, finAudiences: ['a'] })],
  ])('changes with the %s of an article', (_, digest) => {
    expect(digest).not.toBe(articleDigest(article));
  });
});
