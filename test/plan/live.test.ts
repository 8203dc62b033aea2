import { describe, expect, test } from 'vitest';
import type { LiveTranslation } from '../../src/model/snapshot.ts';
import { driftedFields, echoOf, rawHash, withoutSlug } from '../../src/plan/live.ts';

const live: LiveTranslation = {
  locale: 'de',
  title: 'Titel',
  description: '',
  body: '<p class="no-margin">Text mit <a href="https://help.example.com/de/articles/42-alt">Verweis</a>.</p>',
  authorId: '1',
  publication: 'published',
  availability: { agent: true, copilot: true, salesAgent: false },
  audienceIds: [],
  hasPendingDraft: false,
};

describe('an article address without what may differ', () => {
  test.each([
    ['https://h.example.com/de/articles/42-titel', 'https://h.example.com/de/articles/42'],
    ['https://h.example.com/de/articles/42-titel#h_1', 'https://h.example.com/de/articles/42#h_1'],
    ['https://h.example.com/de/articles/42?q=1#h_1', 'https://h.example.com/de/articles/42#h_1'],
    ['https://h.example.com/de/articles/42/', 'https://h.example.com/de/articles/42'],
    ['https://h.example.com/de/articles/421', 'https://h.example.com/de/articles/421'],
    ['https://example.com/news/42-titel', 'https://example.com/news/42-titel'],
    ['/de/articles/42-titel', '/de/articles/42-titel'],
  ])('%s', (href, expected) => {
    expect(withoutSlug(href)).toBe(expected);
  });
});

describe('two readings of one stored body', () => {
  const image = (query: string) =>
    `<img src="https://downloads.intercomcdn.eu/i/o/abc/1/ff00/bild.png?expires=${query}&amp;signature=${query}">`;

  test('differ in signatures only: no drift, and the cheap hash sees it', () => {
    const echo = echoOf({ ...live, body: image('111') });
    expect(rawHash(image('111'))).toBe(rawHash(image('222')));
    expect(driftedFields({ ...live, body: image('222') }, echo)).toEqual([]);
  });

  test('a new slug of a linked article is no drift', () => {
    const body = live.body.replace('42-alt', '42-neu');
    expect(driftedFields({ ...live, body }, echoOf(live))).toEqual([]);
  });
});

describe('drift, field by field', () => {
  test.each<[string, Partial<LiveTranslation>]>([
    ['title', { title: 'Anders' }],
    ['description', { description: 'Neu' }],
    ['body', { body: live.body.replace('42-alt', '43-alt') }],
    ['publication', { publication: 'draft' }],
    ['fin', { availability: { ...live.availability, salesAgent: true } }],
  ])('%s', (field, change) => {
    expect(driftedFields({ ...live, ...change }, echoOf(live))).toEqual([field]);
  });
});
