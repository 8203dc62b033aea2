import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readProofs } from '../../src/commands/proof/read-proofs.ts';
import { emptyRecorded } from '../../src/model/recorded.ts';
import { readContent } from '../../src/repository/index.ts';
import { emptyFolder } from '../support/content-builder.ts';
import type { Driver } from '../support/github/driver.ts';
import { openGithub } from '../support/github/emulator.ts';
import { contextIn } from '../support/github/played-flows.ts';
import { below } from '../support/github/reviewed-base.ts';
import { isProof, proof } from '../support/proof.ts';
import { article, workspaceConfig } from '../support/workspace.ts';

const articles = 1000;
/** More pull requests when proving: each fifty of them are one query more. */
const pulls = isProof ? 200 : 50;

/** Articles on main, so many to a pull request, each approved. */
async function merged(driver: Driver): Promise<void> {
  for (const login of ['anna', 'jo']) driver.user(login, 'write');
  await driver.push('anna', 'main', { files: { 'README.md': 'Hilfe\n' } });
  const perPull = articles / pulls;
  for (let pull = 0; pull < pulls; pull += 1) {
    const texts = Array.from({ length: perPull }, (_, index) =>
      article(`a/${pull}-${index}`, { de: { title: `Artikel ${pull}.${index}` } }),
    );
    const config =
      pull === 0 ? [{ 'kb.yaml': workspaceConfig('review: { require: github }\n') }] : [];
    const files = below('content', Object.assign({}, ...texts, ...config)) as Record<
      string,
      string
    >;
    const request = await driver.open('anna', { branch: `b${pull}`, files });
    driver.approve('jo', request);
    await driver.merge('jo', request, 'squash');
  }
}

describe('a thousand changed articles', () => {
  it(
    'are proven in tens of queries, within the points of an hour',
    async () => {
      const github = await openGithub();
      const driver = await github.repository('example/help');
      await merged(driver);
      const root = join(await emptyFolder(), 'clone');
      await driver.clone(root);
      const content = await readContent(join(root, 'content'));
      const env = github.env(driver, github.token());
      const context = contextIn(join(root, 'content'), env);
      const ledger = { read: async () => ({ recorded: emptyRecorded, journal: null }) };
      github.gate.resetCounts();
      const proofOf = await readProofs(context, content, ledger);
      const kinds = new Set(content.articles.map(({ id }) => proofOf('article', id, 'de')?.kind));
      expect([...kinds]).toEqual(['approved']);
      const { graphql, rest, points } = github.gate.counted;
      expect(content.articles).toHaveLength(articles);
      expect(rest).toBe(0);
      expect(graphql).toBeLessThan(50);
      expect(points).toBeLessThan(1000);
      proof(
        `queries for ${articles} articles of ${pulls} pull requests (${points} points)`,
        graphql,
      );
    },
    isProof ? 600_000 : 120_000,
  );
});
