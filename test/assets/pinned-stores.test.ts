import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createGitHubRawStore } from '../../src/assets/github-raw-store.ts';
import { createJsDelivrStore } from '../../src/assets/jsdelivr-store.ts';
import type { PinnedSource } from '../../src/assets/pinned-store.ts';
import { assetStoreFor } from '../../src/commands/asset-store.ts';
import type { Connection } from '../../src/commands/connect.ts';
import { pullCommand } from '../../src/commands/pull.ts';
import type { Config } from '../../src/model/config.ts';
import { readConfig, readContent } from '../../src/repository/index.ts';
import { emptyFolder, plainConfig, writeFiles } from '../support/content-builder.ts';
import { git } from '../support/git.ts';
import { article, collection, situation, workspaceConfig } from '../support/workspace.ts';

const image = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]);

/** A repository with its content in `docs/help`: an image, then a commit that does not touch it. */
async function repository(config: string) {
  const folder = await emptyFolder();
  git(folder, 'init', '-q', '-b', 'main');
  const contentDir = join(folder, 'docs/help');
  await writeFiles(contentDir, {
    'kb.yaml': `${plainConfig}${config}`,
    'assets/Bild ä.png': image,
    'a.de.md': '---\nid: a\ntitle: A\n---\n\n![A](assets/Bild%20ä.png)\n',
  });
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', 'first');
  const first = git(folder, 'rev-parse', 'HEAD');
  await writeFiles(contentDir, { 'b.de.md': '---\nid: b\ntitle: B\n---\n\nB\n' });
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '-m', 'second');
  return { folder, contentDir, first };
}

/** A host that answers by path; everything else is 404. */
async function host(answers: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? ''];
    response.statusCode = answer === undefined ? 404 : 200;
    response.end(answer ?? 'not here');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function storeIn(contentDir: string, env: Record<string, string>) {
  const { config } = await readConfig(contentDir);
  const content = await readContent(contentDir);
  const [asset] = [...content.assets.values()];
  if (asset === undefined) throw new Error('the image was not read');
  const store = await assetStoreFor(config as Config, {} as Connection, { contentDir, env });
  return { asset, store };
}

describe('images out of the repository', () => {
  it('are addressed by the last commit that changed them, below the content folder', async () => {
    const { contentDir, first } = await repository('assets: { store: github-raw }\n');
    const { asset, store } = await storeIn(contentDir, { GITHUB_REPOSITORY: 'acme/help' });
    expect(store.address(asset)).toBe(
      `https://raw.githubusercontent.com/acme/help/${first}/docs/help/assets/Bild%20%C3%A4.png`,
    );
  });

  it('are addressed through jsDelivr, the repository known by its remote', async () => {
    const { folder, contentDir, first } = await repository('assets: { store: jsdelivr }\n');
    git(folder, 'remote', 'add', 'origin', 'git@github.com:acme/help.git');
    const { asset, store } = await storeIn(contentDir, {});
    expect(store.address(asset)).toBe(
      `https://cdn.jsdelivr.net/gh/acme/help@${first}/docs/help/assets/Bild%20%C3%A4.png`,
    );
  });

  it('need a repository on GitHub', async () => {
    const { contentDir } = await repository('assets: { store: github-raw }\n');
    await expect(storeIn(contentDir, {})).rejects.toMatchObject({
      code: 'asset-store',
      message: expect.stringContaining('in no repository on GitHub'),
    });
  });

  it('pass when the address serves their bytes', async () => {
    const { contentDir, first } = await repository('');
    const path = `/acme/help/${first}/docs/help/assets/Bild%20%C3%A4.png`;
    const url = await host({ [path]: image });
    await writeFile(
      join(contentDir, 'kb.yaml'),
      `${plainConfig}assets: { store: github-raw, url: "${url}" }\n`,
    );
    const { asset, store } = await storeIn(contentDir, { GITHUB_REPOSITORY: 'acme/help' });
    await expect(store.put(asset, image)).resolves.toBeUndefined();
  });
});

describe('an image that cannot be shown is refused with its reason', () => {
  const asset = {
    path: 'assets/a.png',
    bytes: image.length,
    hash: '4c4b6a3be1314ab86138bef4314dde022e600960d8689a2c8f8631802d20dab6',
  };
  const source = (overrides: Partial<PinnedSource>): PinnedSource => ({
    repository: 'acme/help',
    folder: '',
    commits: new Map([[asset.path, 'c0ffee']]),
    apiUrl: 'http://127.0.0.1:9',
    fetch: globalThis.fetch,
    ...overrides,
  });

  it('in no commit', async () => {
    const store = createGitHubRawStore(source({ commits: new Map() }), null);
    await expect(store.put(asset, image)).rejects.toThrow('is in no commit');
  });

  it('private repository', async () => {
    const url = await host({});
    const store = createGitHubRawStore(source({ apiUrl: url }), url);
    await expect(store.put(asset, image)).rejects.toMatchObject({
      message: expect.stringContaining('acme/help is private'),
      hint: expect.stringContaining('base-url'),
      exitCode: 4,
    });
  });

  it('commit not pushed', async () => {
    const url = await host({ '/repos/acme/help': '{}' });
    const store = createJsDelivrStore(source({ apiUrl: url }), url);
    await expect(store.put(asset, image)).rejects.toMatchObject({
      message: expect.stringContaining('(404)'),
      hint: expect.stringContaining('Push the commit to acme/help'),
    });
  });

  it('other bytes, and a Git LFS pointer', async () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n';
    const url = await host({
      '/acme/help/c0ffee/assets/a.png': 'something else',
      '/gh/acme/help@c0ffee/assets/a.png': pointer,
    });
    await expect(createGitHubRawStore(source({}), url).put(asset, image)).rejects.toThrow(
      'has other bytes',
    );
    await expect(createJsDelivrStore(source({}), url).put(asset, image)).rejects.toThrow(
      'is a Git LFS pointer',
    );
  });

  it('host out of reach', async () => {
    const store = createGitHubRawStore(source({}), 'http://127.0.0.1:9');
    await expect(store.put(asset, image)).rejects.toThrow('no answer');
  });
});

describe('published from the repository', () => {
  it('an image keeps its identity when the service stores it under another name', async () => {
    const files = {
      ...collection('k', { de: 'K' }),
      ...article('k/a', { de: { title: 'A', body: '![Bild](../assets/bild.png)\n\nEin Satz.\n' } }),
      'assets/bild.png': image,
    };
    const bytes: Record<string, Uint8Array> = {};
    const url = await host(bytes);
    const config = workspaceConfig()
      .replace('[de, en]', '[de]')
      .replace('store: sandbox', `store: github-raw, url: "${url}"`);
    const there = await situation({ config, files });
    await there.review();
    git(there.root, 'init', '-q', '-b', 'main');
    git(there.root, 'remote', 'add', 'origin', 'https://github.com/acme/help.git');
    git(there.root, 'add', 'content');
    git(there.root, 'commit', '-q', '-m', 'first');
    bytes[`/acme/help/${git(there.root, 'rev-parse', 'HEAD')}/content/assets/bild.png`] = image;
    await there.publish();
    expect((await there.plan()).changes).toEqual([]);
    const live = await there.liveArticle('A');
    expect(live.body).not.toContain(url);
    await there.editThere(String(live.id), { body: live.body.replace('Ein Satz.', 'Zwei Sätze.') });
    await pullCommand(there.context(), { items: [], branch: false, remove: false });
    const pulled = await readFile(join(there.contentDir, 'k/a.de.md'), 'utf8');
    expect(pulled).toContain('![Bild](../assets/bild.png)\n\nZwei Sätze.\n');
  });
});
