import { describe, expect, it } from 'vitest';
import { commentBytes } from '../../src/report/github/pull-request.ts';
import { checkOutMerge, filesBelow, pullRequestEvent } from '../support/action.ts';
import { scene } from '../support/action-scene.ts';
import { isProof, proof } from '../support/proof.ts';
import { article, collection } from '../support/workspace.ts';

const count = 3000;

/** Articles in ten collections, each with a body of its own. */
function help(word: string): Record<string, string> {
  const folders = Array.from({ length: 10 }, (_, index) => `thema-${index}`);
  return Object.assign(
    {},
    ...folders.map((folder) => collection(folder, { de: `Thema ${folder}` })),
    ...Array.from({ length: count }, (_, index) =>
      article(`thema-${index % 10}/artikel-${index}`, {
        de: { title: `Artikel ${index}`, body: `Punkt ${index} ist ${word} zu lesen.\n` },
      }),
    ),
  );
}

describe('a pull request that changes 3,000 articles', () => {
  it.runIf(isProof)('is told in one comment that fits', { timeout: 600_000 }, async () => {
    const on = await scene({ files: help('gut'), isValidated: false });
    await on.there.write(help('leicht'));
    const pull = await on.driver.open('anna', { branch: 'alles', files: await on.reviewed() });
    const run = await on.step(
      await checkOutMerge(on.driver, pull),
      'pr',
      pullRequestEvent(pull, 'opened'),
      { env: { KB_SANDBOX_TOKEN: '' } },
    );
    expect(run).toMatchObject({ code: 0, outputs: { changes: String(count) } });
    const [comment] = on.driver.repository.comments;
    const body = comment?.body ?? '';
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(commentBytes);
    expect(body).toContain('**3,000 updates');
    expect(body).toContain('[-gut-]{+leicht+}');
    expect(body).toMatch(/and 2,\d{3} more: thema-\d\/… \(\d{3}\), thema-\d/);
    expect(Buffer.byteLength(run.summary)).toBeLessThan(1024 * 1024);
    expect(Object.keys(await filesBelow(on.there.contentDir, 'c'))).toHaveLength(count + 11);
    proof('articles in one pull request, told in one comment', count);
  });
});
