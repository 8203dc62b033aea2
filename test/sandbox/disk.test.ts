import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newArticle, openTestSandbox, type TestSandbox } from './sandbox-client.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'sandbox-'));
});
afterEach(() => {
  rmSync(dataDir, { recursive: true });
});

/** Everything that can be read, signatures aside. */
async function everything({ call }: TestSandbox): Promise<unknown> {
  const paths = [
    '/articles',
    '/help_center/collections',
    '/tags',
    '/internal_articles',
    '/audiences',
    '/_sandbox/profile',
  ];
  const answers = [];
  for (const address of paths) answers.push((await call('GET', address)).body);
  const versions = [];
  for (const { id } of answers[0].data)
    versions.push((await call('GET', `/articles/${id}/versions`)).body);
  return JSON.parse(JSON.stringify([answers, versions]).replace(/\?expires=[^"\\]*/g, ''));
}

async function filled(): Promise<TestSandbox> {
  const test = openTestSandbox({ dataDir });
  const collection = (await test.call('POST', '/help_center/collections', { name: 'Konto' })).body;
  await test.call('PUT', '/_sandbox/assets/a.png', 'bytes');
  const image = '<p><img src="http://127.0.0.1:4400/_sandbox/assets/a.png"></p>';
  const article = await newArticle(test, {
    parent_id: Number(collection.id),
    body: `${image}<h2>Kapitel</h2>`,
  });
  await test.call('PUT', `/articles/${article.id}`, { title: 'Neu' });
  const gone = await newArticle(test);
  await test.call('DELETE', `/articles/${gone.id}`);
  const tag = (await test.call('POST', '/tags', { name: 'kontakt' })).body;
  await test.call('POST', `/articles/${article.id}/tags`, { id: tag.id });
  await test.call('PUT', '/_sandbox/profile', { olStart: 'kept' });
  return test;
}

it('goes on after a restart as if nothing had happened', async () => {
  const before = await filled();
  const expected = await everything(before);
  // No goodbye: a sandbox that was killed has not closed anything.
  const after = openTestSandbox({ dataDir });
  expect(await everything(after)).toEqual(expected);
  const again = openTestSandbox({ dataDir });
  expect(await everything(again)).toEqual(expected);
  expect((await newArticle(again)).id).toBe('1003');
  const page = (await again.call('GET', '/help/de/articles/1001')).body;
  const image = /src="(\/help\/images\/[^"]+)"/.exec(page)?.[1] ?? '';
  expect((await again.call('GET', image)).body).toBe('bytes');
});

it('forgets a line that was cut off, and nothing else', async () => {
  const before = await filled();
  const expected = await everything(before);
  appendFileSync(
    path.join(dataDir, 'state.jsonl'),
    '{"ops":[{"table":"articles","id":"1001","row":nu',
  );
  expect(await everything(openTestSandbox({ dataDir }))).toEqual(expected);
});

it('keeps a file that grows with the data and not with their history', async () => {
  const test = await filled();
  for (let index = 0; index < 50; index += 1)
    await test.call('PUT', '/articles/1001', { ai_chatbot_availability: true });
  const size = (): number => readFileSync(path.join(dataDir, 'state.jsonl')).length;
  const grown = size();
  openTestSandbox({ dataDir });
  expect(size()).toBeLessThan(grown / 4);
});

it('stays empty after a reset', async () => {
  const test = await filled();
  await test.call('POST', '/_sandbox/reset');
  expect((await openTestSandbox({ dataDir }).call('GET', '/articles')).body.total_count).toBe(0);
});

it('does not mix workspaces', async () => {
  (await filled()).sandbox.close();
  expect(() => openTestSandbox({ dataDir, workspaceId: 'other' })).toThrow(
    'holds workspace abc123, not other',
  );
});

it('lets one sandbox at a time use a folder, and a dead one keeps nobody out', async () => {
  await filled();
  const lock = path.join(dataDir, 'state.lock');
  writeFileSync(lock, String(process.ppid));
  expect(() => openTestSandbox({ dataDir })).toThrow(`process ${process.ppid}`);
  writeFileSync(lock, '999999999');
  expect((await openTestSandbox({ dataDir }).call('GET', '/articles')).body.total_count).toBe(1);
});
