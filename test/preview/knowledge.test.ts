import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/check/index.ts';
import { createContentReader } from '../../src/preview/reading/content-reader.ts';
import { createKnowledge } from '../../src/preview/state/growing-knowledge.ts';
import { articleText, contentTree } from '../support/content-builder.ts';
import { sampleCopy, today } from './preview-setup.ts';

/** Edits that make and mend findings, in the edited text and in others. */
const edits: readonly [string, (text: string) => string][] = [
  ['a broken link', (text) => `${text}\n[x](gibt-es-nicht.de.md)\n`],
  ['a link with a typo', (text) => `${text}\n[x](pasword-zuruecksetzen.de.md)\n`],
  ['a missing anchor', (text) => `${text}\n[x](rollen-und-rechte.de.md#nirgends)\n`],
  ['the title of a neighbour', (text) => text.replace(/^title: .*$/m, 'title: Rollen und Rechte')],
  [
    'a question that stands elsewhere',
    (text) => text.replace(/^questions:\n/m, 'questions:\n  - Wie exportiere ich alle Termine?\n'),
  ],
  ['a missing image', (text) => `${text}\n![Bild](../assets/anmeldun.png)\n`],
  ['raw HTML', (text) => `${text}\n<script>x</script>\n`],
  ['an unknown variable', (text) => `${text}\n{{ produkt }}\n`],
  ['skipped headings', (text) => `${text}\n#### Tief\n`],
  ['a draft', (text) => text.replace('publication: published', 'publication: draft')],
];

describe('findings of one article', () => {
  it.each(edits)('are those of a check of everything: %s', async (_name, edit) => {
    const root = await sampleCopy();
    const reader = createContentReader(root);
    const knowledge = createKnowledge(await reader.read('everything'), today);
    const file = 'konto/passwort-zuruecksetzen.de.md';
    await writeFile(join(root, file), edit(await readFile(join(root, file), 'utf8')));
    const reading = await reader.read({ paths: new Set([file]), walk: false });
    knowledge.learn(reading);
    const article = knowledge.articleAt('konto/passwort-zuruecksetzen');
    if (article === null) throw new Error('the article is gone');
    expect(knowledge.findings().isCurrent).toBe(false);
    const files = article.translations.map((text) => text.file);
    const all = check(reading.content, today, { get: reading.source });
    const wanted = all.filter((finding) => files.includes(finding.file));
    expect(knowledge.findingsOf(article)).toEqual(wanted);
    await knowledge.settle();
    expect(knowledge.findingsOf(article).filter((one) => files.includes(one.file))).toEqual(wanted);
  });
});

describe('who uses what', () => {
  it('follows edits', async () => {
    const root = await contentTree({
      'a.de.md': articleText({ id: 'a', title: 'A' }, '[b](b.de.md)\n'),
      'b.de.md': articleText({ id: 'b', title: 'B' }),
    });
    const reader = createContentReader(root);
    const knowledge = createKnowledge(await reader.read('everything'), today);
    expect(knowledge.uses.linksTo('b')).toEqual([{ articleId: 'a', locale: 'de' }]);
    await writeFile(join(root, 'a.de.md'), articleText({ id: 'a', title: 'A' }, 'nichts\n'));
    knowledge.learn(await reader.read({ paths: new Set(['a.de.md']), walk: false }));
    expect(knowledge.uses.linksTo('b')).toEqual([]);
  });
});
