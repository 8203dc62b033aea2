import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { HABITS, type HabitName } from '../../src/sandbox/index.ts';
import { newArticle, openTestSandbox } from './sandbox-client.ts';

/**
 * One folder for each habit of HTML: what is sent, and what is stored under each of its values while
 * all others are at rest. `UPDATE_FIXTURES=1` writes the expectations anew.
 */
const FIXTURES = fileURLToPath(new URL('../fixtures/sandbox', import.meta.url));
const AT_REST = Object.fromEntries(
  Object.entries(HABITS).map(([name, { values }]) => [name, values[0]]),
);

async function stored(input: string, changes: Record<string, string>): Promise<string> {
  const test = openTestSandbox();
  await test.call('PUT', '/_sandbox/profile', { ...AT_REST, ...changes });
  const answer = await test.call('POST', '/articles', {
    title: 'T',
    author_id: 991_267_001,
    body: input,
  });
  return answer.status === 200
    ? answer.body.body
    : `${answer.status} ${answer.body.errors[0].message}`;
}

/** Signatures differ on every read, so they are no part of an expectation. */
const withoutSignatures = (html: string): string => html.replace(/\?expires=[^"]*/g, '?SIGNED');

for (const habit of readdirSync(FIXTURES)) {
  const folder = path.join(FIXTURES, habit);
  const input = readFileSync(path.join(folder, 'input.html'), 'utf8').trimEnd();
  describe(habit, () => {
    it.each(HABITS[habit as HabitName].values)('%s', async (value) => {
      const found = withoutSignatures(await stored(input, { [habit]: value }));
      const file = path.join(folder, `${value}.html`);
      if (process.env.UPDATE_FIXTURES === '1') {
        mkdirSync(folder, { recursive: true });
        writeFileSync(file, `${found}\n`);
      }
      expect(`${found}\n`).toBe(readFileSync(file, 'utf8'));
    });
  });
}

it('has a fixture for every habit of HTML', () => {
  const others = ['availabilityDefault', 'authorOnUpdate', 'pendingDraft', 'pageSize'];
  const expected = Object.keys(HABITS).filter((name) => !others.includes(name));
  expect(readdirSync(FIXTURES).sort()).toEqual(expected.sort());
});

it('starts with the values that are documented', async () => {
  const { call } = openTestSandbox();
  const { body } = await call('GET', '/_sandbox/profile');
  expect(body.headingLevels).toEqual({
    value: 'relative',
    values: ['kept', 'others-to-h2', 'relative'],
  });
  expect(body.nestedLists.value).toBe('kept');
  expect(body.tableHead.value).toBe('stripped');
});

it('names an unknown habit or value', async () => {
  const { call } = openTestSandbox();
  const habit = await call('PUT', '/_sandbox/profile', { colour: 'red' });
  expect([habit.status, habit.body.errors[0].message]).toEqual([
    400,
    expect.stringContaining('"colour"'),
  ]);
  const value = await call('PUT', '/_sandbox/profile', { callouts: 'red', headingIds: 'kept' });
  expect([value.status, value.body.errors[0].message]).toEqual([
    400,
    expect.stringContaining('kept, flattened'),
  ]);
});

describe('heading ids', () => {
  const idsOf = (html: string): string[] =>
    [...html.matchAll(/id="([^"]+)"/g)].map(([, id]) => id ?? '');

  it('replaced: one generated here before is kept, another is not', async () => {
    const test = openTestSandbox();
    await test.call('PUT', '/_sandbox/profile', { headingIds: 'replaced' });
    const article = await newArticle(test, { body: '<h1 id="h_0123456789">A</h1><h2>B</h2>' });
    const made = idsOf(article.body);
    expect(made).not.toContain('h_0123456789');
    const again = await test.call('PUT', `/articles/${article.id}`, { body: article.body });
    expect(idsOf(again.body.body)).toEqual(made);
    const other = await newArticle(test, { body: article.body });
    expect(idsOf(other.body)).not.toEqual(made);
  });

  it('are the same again for the same seed', async () => {
    const [first, second] = [openTestSandbox(), openTestSandbox()];
    expect((await newArticle(first, { body: '<h2>A</h2>' })).body).toBe(
      (await newArticle(second, { body: '<h2>A</h2>' })).body,
    );
  });
});

describe('what could act', () => {
  it.each([
    ['<p onclick="x()">a</p><script>alert(1)</script>', '<p class="no-margin">a</p>'],
    ['<a href=" java\nscript:alert(1)">a</a>', '<p class="no-margin"><a>a</a></p>'],
    ['<img src="https://x.example/a.png" onerror="x()">', 'img'],
    ['<svg><script>alert(1)</script></svg><p>a</p>', '<p class="no-margin">a</p>'],
    ['<iframe src="https://evil.example/x"></iframe><p>a</p>', '<p class="no-margin">a</p>'],
    ['<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>', ''],
    ['<p style="background:url(javascript:x)">a</p>', '<p class="no-margin">a</p>'],
  ])('is dropped from %s', async (input, expected) => {
    const { body } = await newArticle(openTestSandbox(), { body: input });
    expect(body).not.toMatch(/script|onerror|onclick|<svg|<math|evil/i);
    if (expected !== 'img') expect(body).toBe(expected);
  });
});
