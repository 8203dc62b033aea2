import { describe, expect, it } from 'vitest';
import { collectionText } from '../support/content-builder.ts';
import { checked, english, german } from './checked.ts';

describe('questions', () => {
  it('sees one question in two articles of a locale', async () => {
    const { findings } = await checked({
      'a.de.md': german('a', 'Text.\n', { questions: '[Wie geht SSO?, Was ist das?]' }),
      'a.en.md': english('a', 'Text.\n', { questions: '[Wie geht SSO?]' }),
      'b.de.md': german('b', 'Text.\n', {
        questions: '["Wie geht  sso", "was ist das", "Was ist das?!"]',
      }),
    });
    expect(
      findings
        .filter(({ rule }) => rule === 'questions')
        .map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`),
    ).toEqual([
      'b.de.md:4:13 "Wie geht  sso" stands in a.de.md too',
      'b.de.md:4:30 "was ist das" stands in a.de.md too',
      'b.de.md:4:45 "Was ist das?!" stands in a.de.md too',
    ]);
  });
});

describe('redirects', () => {
  it('lets one text claim an address, once', async () => {
    const { told, findings } = await checked({
      'a.de.md': german('a', 'Text.\n', {
        redirects: '[https://h.example.com/a, "https://h.example.com/b?x=1"]',
      }),
      'b.de.md': german('b', 'Text.\n', {
        redirects: '[http://h.example.com/a/#oben, https://h.example.com/b?x=2, "https://"]',
      }),
    });
    expect(told('redirects')).toEqual([
      'b.de.md:4 the redirect from "http://h.example.com/a/#oben" stands in a.de.md too',
    ]);
    expect(
      findings.filter(({ file, severity }) => file === 'b.de.md' && severity === 'error'),
    ).toHaveLength(2);
  });
});

describe('tags, author-format, fin-audiences, title-duplicate', () => {
  it('looks at what the article says of itself', async () => {
    const { told } = await checked({
      'a.de.md': german('a', 'Text.\n', {
        tags: '[Konto, sso, konto]',
        author: 'anna@localhost',
        finAudiences: '[Partner]',
        fin: '{ agent: false, copilot: false, salesAgent: false }',
      }),
      'a.en.md': english('a', 'Text.\n', {
        fin: '{ agent: false, copilot: false, salesAgent: false }',
      }),
      'b.de.md': german('b', 'Text.\n', {
        title: 'titel A',
        tags: '[Konto]',
        author: 'anna@example.com',
        finAudiences: '[Partner]',
      }),
    });
    expect(told('tags')).toEqual(['a.de.md:4 the tag "konto" stands twice']);
    expect(told('author-format')).toEqual([
      'a.de.md:5 author is "anna@localhost": expected a teammate\'s e-mail address',
    ]);
    expect(told('fin-audiences')).toEqual([
      'a.de.md:6 finAudiences names who may be told this, but no AI agent may read it',
    ]);
    expect(told('title-duplicate')).toEqual(['b.de.md:3 a.de.md has the same title, "titel A"']);
  });
});

describe('translation-missing, default-locale-missing', () => {
  it('asks for every locale of kb.yaml, of articles and collections', async () => {
    const { findings, told } = await checked({
      'k/_collection.yaml': 'id: k\nde:\n  title: K\n',
      'k/a.de.md': german('a', 'Text.\n'),
      'k/b.de.md': german('b', 'Text.\n', { publication: 'draft' }),
      'k/c.de.md': german('c', 'Text.\n'),
      'k/c.en.md': english('c', 'Text.\n'),
      'k/d.en.md': german('d', 'Text.\n'),
    });
    expect(told('translation-missing')).toEqual([
      'k/_collection.yaml:1 the collection has no en title',
      'k/a.de.md:1 there is no en text',
    ]);
    expect(told('default-locale-missing')).toEqual([
      'k/d.en.md:1 there is no text in the default locale (de): the article is not published',
    ]);
    expect(
      findings.find(({ rule, file }) => rule === 'translation-missing' && file === 'k/a.de.md'),
    ).toMatchObject({
      hint: 'kb new translation k/a --locale en',
      severity: 'warn',
    });
  });

  it('does not ask for a text that is there but unreadable', async () => {
    const { told } = await checked({
      'a.de.md': german('a', 'Text.\n'),
      'a.en.md': '---\ntitle: [\n---\n\nText.\n',
    });
    expect(told('translation-missing')).toEqual([]);
  });
});

describe('translation-of, outdated', () => {
  it('tells what is outdated, and what never said', async () => {
    const old = `"sha256:${'0'.repeat(64)}"`;
    const first = await checked({ 'a.de.md': german('a', 'Text.\n') });
    const current = first.content.articles[0]?.translations[0]?.textDigest ?? '';
    const { told } = await checked({
      'k/_collection.yaml': collectionText('k').replace('en:\n', `en:\n  translationOf: ${old}\n`),
      'l/_collection.yaml': collectionText('l'),
      'a.de.md': german('a', 'Text.\n'),
      'a.en.md': english('a', 'Text.\n', { translationOf: `"${current}"` }),
      'b.de.md': german('b', 'Text.\n'),
      'b.en.md': english('b', 'Text.\n', { translationOf: old }),
      'c.de.md': german('c', 'Text.\n'),
      'c.en.md': english('c', 'Text.\n'),
    });
    expect(told('outdated')).toEqual([
      'b.en.md:3 translates an earlier version of "Titel b" (de), which has changed since',
      'k/_collection.yaml:6 en: translates an earlier version of "k de" (de), which has changed since',
    ]);
    expect(told('translation-of')).toEqual([
      'c.en.md:1 does not say which version of the de text it translates',
      'l/_collection.yaml:5 en: does not say which version of the de text it translates',
    ]);
  });
});
