import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { lossKinds } from '../../src/zendesk/index.ts';

const page = readFileSync(new URL('../../docs/import.md', import.meta.url), 'utf8');

it('docs/import.md names every kind of loss, with its weight, and no other', () => {
  const rows = [...page.matchAll(/^\| `([\w-]+)` \| (content|look) \|/gm)];
  expect(Object.fromEntries(rows.map(([, kind, weight]) => [kind, weight]))).toEqual(lossKinds);
});
