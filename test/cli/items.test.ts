import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolveItems } from '../../src/commands/items.ts';
import { readContent } from '../../src/repository/index.ts';
import { articleText } from '../support/content-builder.ts';
import { knowledgeBase } from '../support/knowledge-base.ts';

async function resolved(names: readonly string[], from = '.'): Promise<string[]> {
  const cwd = await knowledgeBase({
    '_includes/hinweis.de.md': 'Hinweis.\n',
    'konto/zürich.de.md': articleText({ id: 'zuerich', title: 'Zürich', description: 'x' }),
  });
  const contentDir = join(cwd, 'content');
  const content = await readContent(contentDir);
  return resolveItems(content, names, { contentDir, cwd: join(cwd, from) }).map(
    ({ kind, id, locale }) => `${kind} ${id} ${locale ?? '*'}`,
  );
}

describe('items of a command line', () => {
  it.each([
    ['passwort', 'article passwort *'],
    ['konto/passwort', 'article passwort *'],
    ['content/konto/passwort', 'article passwort *'],
    ['konto/passwort:en', 'article passwort en'],
    ['passwort:de', 'article passwort de'],
    ['konto/passwort.en.md', 'article passwort en'],
    ['./content/konto/passwort.en.md', 'article passwort en'],
    ['konto', 'collection konto *'],
    ['konto/', 'collection konto *'],
    ['content/konto/', 'collection konto *'],
    ['konto/_collection.yaml', 'collection konto *'],
    ['konto:en', 'collection konto en'],
    ['konto/zu\u0308rich.de.md', 'article zuerich de'],
  ])('%s', async (name, item) => {
    expect(await resolved([name])).toEqual([item]);
  });

  it('are found from a folder of the content', async () => {
    expect(await resolved(['passwort.de.md'], 'content/konto')).toEqual(['article passwort de']);
  });

  it('come once, and the whole covers its parts', async () => {
    expect(await resolved(['passwort:de', 'passwort', 'konto/passwort'])).toEqual([
      'article passwort *',
    ]);
  });

  it.each([
    ['passwrt', 'Did you mean "passwort"?'],
    ['passwort:fr', 'It has de, en.'],
    ['_includes/hinweis.de.md', 'Name the articles that use it.'],
    ['konto/weg.de.md', null],
  ])('%s means nothing', async (name, hint) => {
    await expect(resolved([name])).rejects.toMatchObject({
      code: 'item-unknown',
      exitCode: 2,
      ...(hint === null ? {} : { hint }),
    });
  });
});
