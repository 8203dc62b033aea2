import { readFileSync } from 'node:fs';

/** What package.json says about this program. */
export interface PackageFacts {
  version: string;
  /** Where bugs are reported; null when package.json does not say. */
  issues: string | null;
  /** What workflows of this version run. */
  release: { version: string; commit: string | null };
}

/** Reads package.json, two folders above this file in the sources and in the build alike. */
export function readPackageFacts(): PackageFacts {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const facts: unknown = JSON.parse(text);
  const told = member(facts, 'version');
  const version = typeof told === 'string' ? told : '0.0.0';
  // Written by the release, into the package and into no commit: no commit can hold its own name.
  const commit = member(facts, 'releaseCommit');
  return {
    version,
    issues: issuesOf(facts),
    release: { version, commit: typeof commit === 'string' ? commit : null },
  };
}

function issuesOf(facts: unknown): string | null {
  const bugs = member(facts, 'bugs');
  const address = typeof bugs === 'string' ? bugs : member(bugs, 'url');
  if (typeof address === 'string') return address;
  const repository = member(facts, 'repository');
  const home = typeof repository === 'string' ? repository : member(repository, 'url');
  if (typeof home !== 'string') return null;
  return `${home.replace(/^git\+/, '').replace(/\.git$/, '')}/issues`;
}

function member(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' && name in value
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
