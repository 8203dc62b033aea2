import { describe, expect, it } from 'vitest';
import { check } from '../../src/check/index.ts';
import type { Stamp } from '../../src/model/article.ts';
import type { Content } from '../../src/model/content.ts';
import { checked, english, german, today } from './checked.ts';

const stamp: Omit<Stamp, 'digest'> = {
  by: 'anna@example.com',
  on: '2026-11-01',
  baseline: false,
  until: null,
};

/** A content tree whose texts carry a stamp; on their own digest unless the stamp has another. */
async function stamped(part: Partial<Stamp>, keys: Record<string, string> = {}): Promise<Content> {
  const { content } = await checked({
    'k/_collection.yaml': 'id: k\nde:\n  title: K\nen:\n  title: K\n',
    'k/a.de.md': german('a', 'Text.\n', keys),
    'k/a.en.md': english('a', 'Text.\n', keys),
  });
  return {
    ...content,
    articles: content.articles.map((article) => ({
      ...article,
      translations: article.translations.map((translation) => ({
        ...translation,
        review: { ...stamp, digest: translation.articleDigest, ...part },
      })),
    })),
    collections: content.collections.map((collection) => ({
      ...collection,
      texts: collection.texts.map((text) => ({
        ...text,
        review: { ...stamp, digest: text.textDigest, ...part },
      })),
    })),
  };
}

function told(content: Content, rule: string, day = today): string[] {
  return check(content, day)
    .filter((finding) => finding.rule === rule)
    .map(({ file, message, severity }) => `${severity} ${file} ${message}`);
}

describe('review', () => {
  it('names every published text that nobody reviewed, and how to', async () => {
    const { findings } = await checked({
      'k/_collection.yaml': 'id: k\nde:\n  title: K\n',
      'k/a.de.md': german('a', 'Text.\n'),
      'k/b.de.md': german('b', 'Text.\n', { publication: 'draft' }),
    });
    expect(
      findings
        .filter(({ rule }) => rule === 'review')
        .map(({ file, message, hint }) => [file, message, hint]),
    ).toEqual([
      [
        'k/_collection.yaml',
        'de: unreviewed: nobody has reviewed it',
        'kb review k --by <your e-mail>',
      ],
      ['k/a.de.md', 'unreviewed: nobody has reviewed it', 'kb review k/a.de.md --by <your e-mail>'],
    ]);
  });

  it('is silent about what is reviewed and stays so for a while', async () => {
    expect(told(await stamped({}), 'review')).toEqual([]);
  });

  it('tells what was edited since', async () => {
    const edited = await stamped({ digest: `sha256:${'a'.repeat(64)}` });
    expect(told(edited, 'review')).toEqual([
      'warn k/_collection.yaml de: edited: edited after its review by anna@example.com on 2026-11-01',
      'warn k/_collection.yaml en: edited: edited after its review by anna@example.com on 2026-11-01',
      'warn k/a.de.md edited: edited after its review by anna@example.com on 2026-11-01',
      'warn k/a.en.md edited: edited after its review by anna@example.com on 2026-11-01',
    ]);
  });

  it('announces an end 30 days ahead, and tells when it has come', async () => {
    const content = await stamped({ baseline: true, until: '2026-12-31' });
    expect(told(content, 'review', '2026-11-30')).toEqual([]);
    expect(told(content, 'review', '2026-12-01')[2]).toBe(
      'warn k/a.de.md accepted as migrated by anna@example.com on 2026-11-01, until 2026-12-31; that ends on 2026-12-31 (in 30 days)',
    );
    expect(told(content, 'review', '2027-01-01')[2]).toBe(
      'warn k/a.de.md expired: accepted as migrated by anna@example.com until 2026-12-31, which has passed',
    );
  });

  it('leaves proof by pull request to the ones who can see it', async () => {
    const content = await stamped({ digest: 'sha256:0' });
    const config = {
      ...content.config,
      review: { ...content.config.review, require: 'github' as const },
    };
    expect(told({ ...content, config }, 'review')).toEqual([]);
  });
});

describe('stamp-format', () => {
  it.each<[string, Partial<Stamp>, string]>([
    ['a name', { by: 'Anna' }, 'error k/a.de.md review.by is "Anna": expected an e-mail address'],
    [
      'no date',
      { on: '2026-02-30' },
      'error k/a.de.md review.on is "2026-02-30": expected a date like 2026-11-20',
    ],
    [
      'the future',
      { on: '2026-11-23' },
      'warn k/a.de.md review.on is 2026-11-23, which lies ahead (today is 2026-11-22)',
    ],
    [
      'no digest',
      { digest: 'abc' },
      'error k/a.de.md review.digest is no digest: expected sha256: and 64 hexadecimal digits',
    ],
    [
      'no end',
      { baseline: true },
      'error k/a.de.md a baseline needs an end: expected a date in review.until, found none',
    ],
    [
      'a wrong end',
      { baseline: true, until: 'bald' },
      'error k/a.de.md a baseline needs an end: expected a date in review.until, found "bald"',
    ],
  ])('sees %s', async (_, part, message) => {
    const found = told(await stamped(part), 'stamp-format');
    expect(found).toContain(message);
    expect(found).toHaveLength(4);
  });

  it('is silent about a good one', async () => {
    expect(told(await stamped({ baseline: true, until: '2027-01-01' }), 'stamp-format')).toEqual(
      [],
    );
  });
});
