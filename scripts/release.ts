/**
 * Makes the release's tag: on top of the commit that was built, one commit with the action's bundle, and
 * one in which the reusable workflows use exactly that. Then notes the tagged commit in package.json, for
 * the package that is published next: `kb init` pins workflows to it.
 */
import { globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Octokit } from '@octokit/rest';

const root = join(import.meta.dirname, '..');
const { GITHUB_TOKEN: auth, GITHUB_API_URL: baseUrl, GITHUB_SHA: built = '' } = process.env;
const [owner = '', repo = ''] = (process.env.GITHUB_REPOSITORY ?? '').split('/');
const manifestFile = join(root, 'package.json');
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as { version: string };
const tag = `v${manifest.version}`;
const { git } = new Octokit({ auth, ...(baseUrl === undefined ? {} : { baseUrl }) }).rest;

interface File {
  path: string;
  text: string;
}

async function commitOn(parent: string, message: string, files: readonly File[]): Promise<string> {
  const { data: base } = await git.getCommit({ owner, repo, commit_sha: parent });
  const { data: tree } = await git.createTree({
    owner,
    repo,
    base_tree: base.tree.sha,
    tree: files.map(({ path, text }) => ({ path, mode: '100644', type: 'blob', content: text })),
  });
  const { data } = await git.createCommit({
    owner,
    repo,
    message,
    tree: tree.sha,
    parents: [parent],
  });
  return data.sha;
}

function read(path: string): File {
  return { path, text: readFileSync(join(root, path), 'utf8') };
}

/** The reusable workflows, with the action pinned where main says `./`. */
function pinnedWorkflows(commit: string): File[] {
  return readdirSync(join(root, '.github/workflows'))
    .filter((name) => name.startsWith('reusable-'))
    .map((name) => read(`.github/workflows/${name}`))
    .map(({ path, text }) => ({
      path,
      text: text.replace('uses: ./\n', `uses: ${owner}/${repo}@${commit} # ${tag}\n`),
    }));
}

/** The action, and the look of the preview that it writes. */
const bundle = ['dist/action/index.js', ...globSync('dist/static/**/*.{css,js}', { cwd: root })];
const bundled = await commitOn(built, `Bundle of ${tag}`, bundle.map(read));
const released = await commitOn(bundled, `Release ${tag}`, pinnedWorkflows(bundled));
await git.createRef({ owner, repo, ref: `refs/tags/${tag}`, sha: released });
writeFileSync(
  manifestFile,
  `${JSON.stringify({ ...manifest, releaseCommit: released }, null, 2)}\n`,
);
process.stdout.write(`${tag} is ${released}\n`);
