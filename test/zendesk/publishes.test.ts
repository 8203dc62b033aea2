import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importZendeskCommand } from '../../src/commands/import-zendesk.ts';
import { reviewCommand } from '../../src/commands/review.ts';
import { writeFiles } from '../support/content-builder.ts';
import { isProof, proof } from '../support/proof.ts';
import { type Situation, situation } from '../support/workspace.ts';

const fixtures = join(import.meta.dirname, '../fixtures/zendesk');
const corpora = join(import.meta.dirname, '../../../shared/corpora');
const share = 20;
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);

const config = `defaultLocale: en
locales: [en, de, ja]
workspaces:
  sandbox: { region: eu, endpoint: "http://127.0.0.1:4400", tokenEnv: KB_SANDBOX_TOKEN, author: redaktion@example.com }
`;

const sandbox = { defaultLocale: 'en', locales: ['en', 'de', 'ja'] };

describe('what was imported', () => {
  it('publishes once it is reviewed, and then nothing is left to do: every markup class', async () => {
    const there = await situation({ config, sandbox });
    const articles = readdirSync(fixtures).map((name, index) => ({
      id: index + 1,
      locale: 'en-us',
      source_locale: 'en-us',
      title: name.replaceAll('-', ' '),
      body: readFileSync(join(fixtures, name, 'input.html'), 'utf8'),
      section_id: 1,
      html_url: `https://help.example.com/hc/en-us/articles/${index + 1}`,
    }));
    await writeFiles(there.root, {
      'export/360001.png': png,
      'export/all.json': JSON.stringify({
        articles,
        sections: [{ id: 1, name: 'Constructs', locale: 'en-us', category_id: null }],
      }),
    });
    await importZendeskCommand(there.context(), importOptions('export'));
    const { held } = await expectPublishes(there, articles.length);
    expect(held).toEqual([]);
  });

  for (const corpus of ['zendesk-mackerelio', 'zendesk-reddit']) {
    const file = join(corpora, corpus, 'articles.json');
    if (!existsSync(file)) {
      it.skip(`${corpus} is not here: nothing was published`, () => {});
      continue;
    }
    it(`publishes and re-plans empty: ${corpus}`, async () => {
      const there = await situation({ config, sandbox, isValidated: false, isWatched: false });
      if (isProof) {
        await cp(file, join(there.root, 'export/articles.json'));
      } else {
        const { articles } = JSON.parse(readFileSync(file, 'utf8')) as { articles: unknown[] };
        await writeFiles(there.root, {
          'export/articles.json': JSON.stringify({ articles: articles.slice(0, share) }),
        });
      }
      const { articles } = await importZendeskCommand(there.context(), importOptions('export'));
      const { published, held } = await expectPublishes(
        there,
        new Set(articles.map(({ id }) => id)).size,
      );
      proof(`${corpus}: articles published, and the next plan empty`, published);
      proof(
        `${corpus}: texts held (files not in the corpus, no title in en, links to these)`,
        held.length,
      );
    }, 240_000);
  }
});

function importOptions(from: string) {
  return { from, dryRun: false };
}

async function expectPublishes(there: Situation, articles: number) {
  const before = await there.plan();
  expect(before.summary.create, 'imported is not reviewed').toBe(0);
  const { translations } = await reviewCommand(there.context(), {
    ...{ items: [], by: 'anna@example.com', baseline: false, until: null },
  });
  const refused = translations.flatMap(({ refused: reason }) => reason ?? []);
  expect(refused.filter((reason) => !reason.includes('in the old help center'))).toEqual([]);
  const { plan, result } = await there.publishFreely();
  expect(result.outcomes.filter(({ status }) => status !== 'applied')).toEqual([]);
  const held = plan.held.map(({ id, locale, kind, reason }) => ({ id, locale, kind, reason }));
  // Files that the corpora do not hold keep their texts back; Intercom takes no article without its
  // title in the default locale; and no text may link to one that is not there.
  const known = ['invalid', 'no-default-locale', 'links-to-held'];
  expect(held.filter(({ kind }) => !known.includes(kind))).toEqual([]);
  const invalid = held.filter(({ kind }) => kind === 'invalid');
  expect(invalid.filter(({ reason }) => !reason.includes('in the old help center'))).toEqual([]);
  expect((await there.plan()).changes).toEqual([]);
  const published = new Set(plan.changes.flatMap(({ kind, id }) => (kind === 'article' ? id : [])));
  const waiting = held.filter(({ id }) => !published.has(id)).map(({ id }) => id);
  expect((await there.liveArticles()).length).toBe(articles - new Set(waiting).size);
  return { published: published.size, held };
}
