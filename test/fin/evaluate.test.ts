import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { evaluate, questionCases, retrievalIndex } from '../../src/fin/index.ts';
import { readContent } from '../../src/repository/index.ts';
import { textsOf } from './texts.ts';

describe('evaluate', () => {
  const drafts = {
    passwort: {
      title: 'Passwort zurücksetzen',
      body: 'Der Link gilt eine Stunde.\n',
      keys: { questions: '[Wie setze ich das Passwort zurück?, Was ist ein Murmeltier?]' },
    },
    rechnung: {
      title: 'Rechnungen',
      body: 'Hier stehen Rechnungen. Ein Passwort braucht man nicht.\n',
      keys: { questions: '[Wie finde ich Passwort und Rechnungen?]' },
    },
    geheim: {
      title: 'Neue Preise',
      body: 'Ab 2027 kostet es mehr.\n',
      keys: { questions: '[Was kostet es ab 2027?]' },
    },
  };

  it('says where each question’s article came, and leaves out what the agent may not read', async () => {
    const texts = await textsOf('de', drafts);
    const readable = texts.filter(({ articleId }) => articleId !== 'geheim');
    const { cases, skipped, ...means } = evaluate(retrievalIndex(readable), questionCases(texts));
    expect(cases.map(({ question, expected, rank, id }) => [question, expected, rank, id])).toEqual(
      [
        ['Wie setze ich das Passwort zurück?', 'passwort', 1, 'passwort'],
        ['Was ist ein Murmeltier?', 'passwort', null, null],
        ['Wie finde ich Passwort und Rechnungen?', 'rechnung', 1, 'rechnung'],
      ],
    );
    expect(skipped).toEqual([
      { question: 'Was kostet es ab 2027?', expected: 'geheim', locale: 'de' },
    ]);
    expect(means).toEqual({ recallAt1: 2 / 3, recallAt3: 2 / 3, mrr: 2 / 3 });
  });

  it('finds nothing wrong where nothing is asked', () => {
    expect(evaluate(retrievalIndex([]), [])).toEqual({
      cases: [],
      skipped: [],
      recallAt1: 1,
      recallAt3: 1,
      mrr: 1,
    });
  });

  const sample = fileURLToPath(new URL('../../content', import.meta.url));
  it.skipIf(!existsSync(sample))('finds the articles of the sample knowledge base', async () => {
    const { articles } = await readContent(sample);
    const texts = articles.flatMap(({ translations }) => [...translations]);
    const found = evaluate(retrievalIndex(texts), questionCases(texts));
    expect(found.cases.length).toBeGreaterThan(50);
    expect(found.recallAt1).toBeGreaterThanOrEqual(0.8);
    expect(found.recallAt3).toBeGreaterThanOrEqual(0.95);
  });
});
