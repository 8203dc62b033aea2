import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { canonical, canonicalHash } from '../../src/markdown/index.ts';
import { expectedTree, identify, parsed, rendered } from './reading.ts';

const root = fileURLToPath(new URL('../fixtures/markdown/', import.meta.url));
/** UPDATE_FIXTURES=1 writes what is found as what is expected: look at the difference before you commit it. */
const updates = process.env.UPDATE_FIXTURES === '1';

const given = {
  variables: { product: 'Beispiel', base: 'https://example.com/b', markup: '**no** <b>markup</b>' },
  includes: {
    hint: '> [!TIP]\n> From the {{ product }} include: [link](../x.de.md)\n\n{{ prduct }}',
    loop: 'Round\n\n{{> loop2 }}',
    loop2: '{{> loop }}',
  },
};

function expectFile(path: string, found: string): void {
  if (updates) writeFileSync(path, found);
  expect(existsSync(path), `${path} is missing: run with UPDATE_FIXTURES=1`).toBe(true);
  expect(found).toBe(readFileSync(path, 'utf8'));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

describe.each(readdirSync(root))('%s', (name) => {
  const input = readFileSync(`${root}${name}/input.md`, 'utf8');
  const body = parsed(input, given);

  test('becomes the tree', () => expectFile(`${root}${name}/tree.json`, json(body.tree)));

  test('becomes the HTML', () =>
    expectFile(`${root}${name}/output.html`, `${rendered(body.tree)}\n`));

  test('has these problems', () => {
    const path = `${root}${name}/problems.json`;
    if (body.problems.length > 0) expectFile(path, json(body.problems));
    else expect(existsSync(path)).toBe(false);
  });

  test('reads the same with CRLF and a byte order mark', () => {
    const other = parsed(`\ufeff${input.replaceAll('\n', '\r\n')}`, given);
    expect(other).toEqual(body);
  });

  test('reads back as what was predicted, and as nothing else when read again', () => {
    const tree = expectedTree(body.tree);
    expect(canonicalHash(expectedTree(body.tree))).toBe(canonicalHash(tree));
    expect(canonical(rendered(body.tree), identify).length).toBeGreaterThan(0);
  });

  test('knows the line of each block', () => {
    expect(body.blockLines).toHaveLength(body.tree.length);
    const ascending = body.blockLines.toSorted((a, b) => a - b);
    expect(body.blockLines).toEqual(ascending);
  });
});
