import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ownersOf, parseCodeOwners } from '../../src/review/code-owners.ts';

const file = fileURLToPath(
  new URL('../../../shared/vectors/codeowners-patterns.json', import.meta.url),
);

interface Vector {
  name: string;
  pattern: string;
  paths: Record<string, boolean>;
}

const vectors: Vector[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];

describe.skipIf(vectors.length === 0)('patterns of CODEOWNERS, by the vectors', () => {
  it.each(vectors)('$name: $pattern', ({ pattern, paths }) => {
    const rules = parseCodeOwners(`${pattern} @owner\n`);
    const found = Object.fromEntries(
      Object.keys(paths).map((path) => [path, ownersOf(rules, path).length > 0]),
    );
    expect(found).toEqual(paths);
  });
});
