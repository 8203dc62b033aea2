import { describe, expect, it } from 'vitest';
import { openGithub } from '../support/github/emulator.ts';

const file = 'content/a.de.md';

/** A repository with two people who may push, and one file. */
async function opened() {
  const github = await openGithub();
  const driver = await github.repository('example/help');
  driver.user('anna', 'write');
  driver.user('jo', 'write');
  await driver.push('anna', 'main', { files: { [file]: 'eins\n', 'README.md': 'Hilfe\n' } });
  const token = github.token({
    contents: 'write',
    pullRequests: 'write',
    issues: 'write',
    checks: 'write',
  });
  const env = github.env(driver, token);
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${env.GITHUB_API_URL}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      data: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text,
    };
  };
  const ask = async (query: string, variables: Record<string, unknown> = {}) =>
    (await call('POST', '/graphql', { query, variables })).data;
  return { github, driver, token, call, ask };
}

const commitQuery = `query ($oid: GitObjectID!, $path: String!) {
  repository(owner: "example", name: "help") {
    object(oid: $oid) {
      ... on Commit {
        file(path: $path) { oid }
        history(path: $path, first: 10) { nodes { oid authors(first: 5) { nodes { user { login } } } } }
        associatedPullRequests(first: 10) {
          nodes { number merged baseRefName mergeCommit { oid } mergedBy { login }
            reviews(first: 10) { nodes { state authorCanPushToRepository commit { oid } author { __typename login } } } }
        }
      }
    }
  }
}`;

describe('GitHub, emulated', () => {
  it.each(['merge', 'squash', 'rebase'] as const)(
    'knows which pull request a %s came from',
    async (method) => {
      const { driver, ask } = await opened();
      const pull = await driver.open('anna', { branch: 'edit', files: { [file]: 'zwei\n' } });
      await driver.push('anna', 'main', { files: { 'README.md': 'Mehr Hilfe\n' } });
      const review = driver.approve('jo', pull);
      const oid = await driver.merge('jo', pull, method);
      const { data, errors } = await ask(commitQuery, { oid, path: file });
      expect(errors).toBeUndefined();
      const commit = data.repository.object;
      expect(commit.associatedPullRequests.nodes).toEqual([
        {
          number: pull.number,
          merged: true,
          baseRefName: 'main',
          mergeCommit: { oid },
          mergedBy: { login: 'jo' },
          reviews: {
            nodes: [
              {
                state: 'APPROVED',
                authorCanPushToRepository: true,
                commit: { oid: review.commit },
                author: { __typename: 'User', login: 'jo' },
              },
            ],
          },
        },
      ]);
      const blob = await driver.repository.git.object(`${pull.headOid}:${file}`);
      expect(commit.file.oid).toBe(blob?.oid);
      expect(commit.history.nodes).toHaveLength(2);
    },
  );

  it('shows a suggestion with its two authors, and bots as no users', async () => {
    const { driver, ask } = await opened();
    const pull = await driver.open('github-actions[bot]', {
      branch: 'edit',
      files: { [file]: 'zwei\n' },
    });
    await driver.commitSuggestion('anna', pull, 'jo', { [file]: 'drei\n' });
    const { data } = await ask(commitQuery, { oid: pull.headOid, path: file });
    expect(
      data.repository.object.history.nodes.map((node: { authors: unknown }) => node.authors),
    ).toEqual([
      { nodes: [{ user: { login: 'anna' } }, { user: { login: 'jo' } }] },
      { nodes: [{ user: null }] },
      { nodes: [{ user: { login: 'anna' } }] },
    ]);
  });

  it('refuses a query that the published schema does not have, or without page sizes', async () => {
    const { ask } = await opened();
    const unknown = await ask('{ repository(owner: "example", name: "help") { reviewed } }');
    expect(unknown.errors[0].message).toContain('Cannot query field "reviewed"');
    const unpaged = await ask(
      '{ repository(owner: "example", name: "help") { pullRequest(number: 1) { reviews { totalCount } } object(expression: "main") { ... on Commit { history { totalCount } } } } }',
    );
    expect(unpaged.errors[0].type).toBe('MISSING_PAGINATION_BOUNDARIES');
  });

  it('lets one of two commits for the same head in', async () => {
    const { driver, ask } = await opened();
    const head = await driver.repository.git.ref('refs/heads/main');
    const mutation = `mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }`;
    const input = (text: string) => ({
      branch: { repositoryNameWithOwner: 'example/help', branchName: 'main' },
      expectedHeadOid: head,
      message: { headline: text },
      fileChanges: { additions: [{ path: 'x', contents: Buffer.from(text).toString('base64') }] },
    });
    const answers = await Promise.all(
      ['a', 'b'].map((text) => ask(mutation, { input: input(text) })),
    );
    const types = answers.map((answer) => answer.errors?.[0].type ?? 'done');
    expect(types.toSorted()).toEqual(['STALE_DATA', 'done']);
  });

  it('has comments by page, check runs in fifties, and refuses what a token may not', async () => {
    const { github, driver, call } = await opened();
    const pull = await driver.open('anna', { branch: 'edit', files: { [file]: 'zwei\n' } });
    for (let index = 0; index < 3; index += 1) {
      expect(
        (
          await call('POST', `/repos/example/help/issues/${pull.number}/comments`, {
            body: `${index}`,
          })
        ).status,
      ).toBe(201);
    }
    const page = await call('GET', `/repos/example/help/issues/${pull.number}/comments?per_page=2`);
    expect(page.data).toHaveLength(2);
    expect(page.headers.get('link')).toContain('page=2');
    const note = {
      path: file,
      start_line: 1,
      end_line: 1,
      annotation_level: 'warning',
      message: 'm',
    };
    const run = {
      name: 'kb',
      head_sha: pull.headOid,
      output: { title: 't', summary: 's', annotations: Array(51).fill(note) },
    };
    expect((await call('POST', '/repos/example/help/check-runs', run)).status).toBe(422);
    run.output.annotations = Array(50).fill(note);
    const made = await call('POST', '/repos/example/help/check-runs', run);
    const more = await call('PATCH', `/repos/example/help/check-runs/${made.data.id}`, run);
    expect(more.data.output.annotations_count).toBe(100);
    const reader = github.token({});
    const refused = await fetch(`${github.url}/repos/example/help/issues/${pull.number}/comments`, {
      method: 'POST',
      headers: { authorization: `token ${reader}` },
      body: JSON.stringify({ body: 'x' }),
    });
    expect([refused.status, await refused.json()]).toEqual([
      403,
      { message: 'Resource not accessible by integration' },
    ]);
  });

  it('counts, limits, and fails as it is told to', async () => {
    const { github, ask, call } = await opened();
    const query =
      '{ repository(owner: "example", name: "help") { id a: object(expression: "main") { oid } b: object(expression: "main") { oid } } }';
    github.gate.resetCounts();
    await ask(query);
    expect(github.gate.counted).toMatchObject({ graphql: 1, rest: 0, points: 1 });
    github.gate.mostFields = 2;
    expect((await call('POST', '/graphql', { query })).status).toBe(502);
    github.gate.mostFields = null;
    github.gate.addFaults([
      { times: 1, retryAfter: 3 },
      { times: 1, reset: 'before' },
    ]);
    const limited = await call('GET', '/repos/example/help');
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([403, '3']);
    await expect(call('GET', '/repos/example/help')).rejects.toThrow();
    const poor = github.token({ limitPerHour: 1 });
    const asked = () =>
      fetch(`${github.url}/repos/example/help`, { headers: { authorization: `Bearer ${poor}` } });
    expect((await asked()).status).toBe(200);
    const over = await asked();
    expect([over.status, over.headers.get('x-ratelimit-remaining')]).toEqual([403, '0']);
  });

  it('keeps teams from tokens that may not see members', async () => {
    const { github, driver, ask } = await opened();
    driver.team('redaktion', ['anna'], 'write');
    const query =
      '{ organization(login: "example") { team(slug: "redaktion") { members(first: 10) { nodes { login } } } } }';
    expect((await ask(query)).errors[0].type).toBe('FORBIDDEN');
    const token = github.token({ members: true });
    const response = await fetch(`${github.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
    });
    expect(await response.json()).toEqual({
      data: { organization: { team: { members: { nodes: [{ login: 'anna' }] } } } },
    });
  });
});
