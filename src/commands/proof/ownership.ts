import type { GithubClient } from '../../github/github-client.ts';
import { textInCommit } from '../../repository/index.ts';
import {
  codeOwnersPaths,
  type FileFacts,
  mostCodeOwnersBytes,
  type OwnerRule,
  type Ownership,
  ownersOf,
  type PullRequestFacts,
  parseCodeOwners,
} from '../../review/index.ts';

type OwnerFile =
  | { kind: 'read'; blob: string; rules: readonly OwnerRule[] }
  | { kind: 'unreadable'; reason: string };

export type OwnershipOf = (pull: PullRequestFacts, path: string) => Ownership;

/**
 * Who owns which file, by the CODEOWNERS that each pull request was based on: one that it brings itself
 * must not say who may approve it.
 */
export async function readOwnership(
  root: string,
  client: GithubClient,
  files: Iterable<FileFacts>,
): Promise<OwnershipOf> {
  const { readTeam } = await import('../../github/facts/teams.ts');
  const ownerFiles = new Map<string, OwnerFile>();
  const members = new Map<string, readonly number[] | null>();
  for (const { path, pulls } of files) {
    for (const { baseCommit } of pulls) {
      const ownerFile = ownerFiles.get(baseCommit) ?? (await readOwnerFile(root, baseCommit));
      ownerFiles.set(baseCommit, ownerFile);
      if (ownerFile.kind === 'unreadable') continue;
      for (const team of ownersOf(ownerFile.rules, path).flatMap(teamIn)) {
        if (!members.has(team)) members.set(team, await readTeam(client, team));
      }
    }
  }
  return ({ baseCommit }, path) => {
    const ownerFile = ownerFiles.get(baseCommit);
    if (ownerFile === undefined) return { kind: 'unreadable', reason: 'has no known base' };
    return ownerFile.kind === 'read' ? ownership(ownerFile, path, members) : ownerFile;
  };
}

async function readOwnerFile(root: string, commit: string): Promise<OwnerFile> {
  for (const path of codeOwnersPaths) {
    const found = await textInCommit(root, commit, path);
    if (found === null) continue;
    return found.bytes < mostCodeOwnersBytes
      ? { kind: 'read', blob: found.blob, rules: parseCodeOwners(found.text) }
      : {
          kind: 'unreadable',
          reason: `has an owner file (${path}) of 3 MB or more, which GitHub does not load`,
        };
  }
  const at = commit.slice(0, 7);
  return { kind: 'unreadable', reason: `has no CODEOWNERS in ${at}, the base of its pull request` };
}

function ownership(
  { blob, rules }: Extract<OwnerFile, { kind: 'read' }>,
  path: string,
  members: ReadonlyMap<string, readonly number[] | null>,
): Ownership {
  const owners = ownersOf(rules, path);
  if (owners.length === 0) return { kind: 'unowned', blob };
  const teams = owners.flatMap(teamIn);
  const isUnknown = (owner: string) => {
    const [team] = teamIn(owner);
    // Which account has an address is not told to anybody.
    return team === undefined ? !owner.startsWith('@') : (members.get(team) ?? null) === null;
  };
  return {
    kind: 'owned',
    blob,
    owners,
    logins: owners
      .filter((owner) => owner.startsWith('@') && !owner.includes('/'))
      .map((owner) => owner.slice(1)),
    memberIds: teams.flatMap((team) => members.get(team) ?? []),
    unknown: owners.filter(isUnknown),
  };
}

function teamIn(owner: string): string[] {
  return owner.startsWith('@') && owner.includes('/') ? [owner.slice(1).toLowerCase()] : [];
}
