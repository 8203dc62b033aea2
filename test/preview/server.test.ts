import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openPreview, servePreview } from '../../src/preview/index.ts';
import { emptyFolder } from '../support/content-builder.ts';
import { optionsFor, sampleCopy, servedPreviewOf } from './preview-setup.ts';

/** Sends a request as it stands: clients would tidy the path up. */
function raw(port: number, lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (data) => {
      text += String(data);
    });
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
    socket.write(`${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n`);
  });
}

const get = (port: number, path: string, host = `127.0.0.1:${port}`, more: string[] = []) =>
  raw(port, [`GET ${path} HTTP/1.1`, `Host: ${host}`, ...more]);

const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);

async function tokenOf(url: string): Promise<string> {
  const page = await (await fetch(`${url}/de/`)).text();
  return /name="kb-token" content="([^"]+)"/.exec(page)?.[1] ?? '';
}

describe('the server', () => {
  it('answers to its own names only', async () => {
    const { served } = await servedPreviewOf(await sampleCopy());
    const { port } = served;
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`]) {
      expect(statusOf(await get(port, '/de/', host)), host).toBe(200);
    }
    const foreign = ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1:${port + 1}`];
    for (const host of [...foreign, `localhost.evil.example:${port}`, '0.0.0.0', `[::]:${port}`]) {
      expect(statusOf(await get(port, '/de/', host)), host).toBe(403);
    }
  });

  it('leads from an address that is nearly one to the page that is meant', async () => {
    const { served } = await servedPreviewOf(await sampleCopy());
    const led = async (path: string) => {
      const answer = await fetch(`${served.url}${path}`, { redirect: 'manual' });
      return [answer.status, answer.headers.get('location')];
    };
    expect(await led('/de')).toEqual([302, '/de/']);
    expect(await led('/en/konto')).toEqual([302, '/en/konto/']);
    expect(await led('/de/konto/passwort-zuruecksetzen/')).toEqual([
      302,
      '/de/konto/passwort-zuruecksetzen',
    ]);
    expect(await led('/de/konto/passwort-zuruecksetzen.de.md')).toEqual([
      302,
      '/de/konto/passwort-zuruecksetzen',
    ]);
    expect(await led('/overview')).toEqual([302, '/~overview']);
    expect(await led('/~source/konto/passwort-zuruecksetzen.de.md')).toEqual([200, null]);
    expect(await led('/de/nirgends')).toEqual([404, null]);
    expect(await led('/de/konto/passwort-zuruecksetzen')).toEqual([200, null]);
    expect(await led('/fr')).toEqual([404, null]);
  });

  it('sends a policy that lets nothing inline run with every answer', async () => {
    const { served } = await servedPreviewOf(await sampleCopy());
    for (const path of ['/', '/de/', '/de/konto/', '/nichts', '/~overview', '/~search?q=x']) {
      const { headers } = await fetch(`${served.url}${path}`, { redirect: 'manual' });
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy, path).toContain("default-src 'none'");
      expect(policy, path).not.toContain('unsafe');
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('referrer-policy'), path).toBe('no-referrer');
      expect(headers.get('access-control-allow-origin'), path).toBe(null);
    }
  });

  it('serves nothing but the content, whatever a path looks like', async () => {
    const root = await sampleCopy();
    const outside = await emptyFolder();
    await writeFile(join(outside, 'geheim.txt'), 'GEHEIM');
    await writeFile(join(outside, 'geheim.de.md'), '---\nid: g\ntitle: GEHEIM\n---\nGEHEIM\n');
    await symlink(join(outside, 'geheim.txt'), join(root, 'assets', 'link.txt'));
    await symlink(join(outside, 'geheim.de.md'), join(root, 'konto', 'link.de.md'));
    await symlink(outside, join(root, 'hinaus'));
    await mkdir(join(root, '.versteckt'));
    await writeFile(join(root, '.versteckt', 'x.de.md'), 'GEHEIM');
    const { served } = await servedPreviewOf(root);
    const { port } = served;
    const paths = [
      '/../../etc/passwd',
      '/..%2f..%2fetc%2fpasswd',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/~source/../../../etc/passwd',
      '/~source/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
      '/~source/..%5c..%5cetc%5cpasswd',
      '/~source/konto/%00passwort.de.md',
      '/~source//etc/passwd',
      '/~source/%252e%252e/geheim.txt',
      '/~source/assets/link.txt',
      '/~source/konto/link.de.md',
      '/~source/hinaus/geheim.de.md',
      '/~source/.versteckt/x.de.md',
      '/de/konto/link',
      '/de/hinaus/geheim',
      '/~static/..%2fpreview.ts',
      '/~static/%2e%2e/package.json',
      '/~asset/../../package.json',
      '/~asset/0000/geheim.txt',
      '/~asset/%2e%2e/%2e%2e/package.json',
      '/%',
      '/%c0%ae%c0%ae/etc/passwd',
    ];
    for (const path of paths) {
      const answer = await get(port, path);
      expect([400, 404], `${path} ${answer.slice(0, 80)}`).toContain(statusOf(answer));
      expect(answer, path).not.toMatch(/GEHEIM|root:x:|"devDependencies"/);
    }
  });

  it('takes a POST from its own pages with the token of this run only', async () => {
    const { served } = await servedPreviewOf(await sampleCopy());
    const { url } = served;
    const token = await tokenOf(url);
    expect(token).not.toBe('');
    const post = async (headers: Record<string, string>) =>
      (await fetch(`${url}/~fix`, { method: 'POST', headers, body: '{"key":"x"}' })).status;
    expect(await post({ origin: url, 'x-kb-token': token })).toBe(409);
    expect(await post({ 'x-kb-token': token })).toBe(403);
    expect(await post({ origin: 'https://evil.example', 'x-kb-token': token })).toBe(403);
    expect(await post({ origin: 'null', 'x-kb-token': token })).toBe(403);
    expect(await post({ origin: url })).toBe(403);
    expect(await post({ origin: url, 'x-kb-token': `${token.slice(0, -1)}x` })).toBe(403);
    expect(await post({ origin: url, 'x-kb-token': token, 'sec-fetch-site': 'cross-site' })).toBe(
      403,
    );
    expect((await fetch(`${url}/~fix`, { method: 'PUT' })).status).toBe(405);
  });

  it('opens its stream with the token only', async () => {
    const { served } = await servedPreviewOf(await sampleCopy());
    const { url } = served;
    const token = await tokenOf(url);
    const open = (query: string, headers: Record<string, string> = {}) =>
      fetch(`${url}/~events?${query}`, { headers });
    expect((await open('page=/de/')).status).toBe(403);
    expect((await open('page=/de/&token=x')).status).toBe(403);
    const query = `page=/de/&token=${token}`;
    expect((await open(query, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await open(query, { origin: 'https://evil.example' })).status).toBe(403);
    const stream = await open(query);
    expect(stream.status).toBe(200);
    await stream.body?.cancel();
  });

  it('sends assets by their hash, and never as something that runs', async () => {
    const root = await sampleCopy();
    await writeFile(join(root, 'assets', 'seite.html'), '<script>1</script>');
    const { preview, served } = await servedPreviewOf(root);
    for (const { hash, path } of preview.knowledge.content.assets.values()) {
      const { status, headers } = await fetch(`${served.url}/~asset/${hash}/x`);
      expect(status).toBe(200);
      expect(headers.get('content-type'), path).toMatch(/^(image\/|application\/octet-stream)/);
      expect(headers.get('content-security-policy')).toContain('sandbox');
      const isImage = /\.(svg|png)$/.test(path);
      expect(headers.get('content-disposition'), path).toBe(isImage ? 'inline' : 'attachment');
    }
  });

  it('applies a fix once, and only one that is there', async () => {
    const root = await sampleCopy();
    const file = join(root, 'konto', 'rollen-und-rechte.de.md');
    const text = await readFile(file, 'utf8');
    await writeFile(file, `${text}\n[weiter](passwort-zuruecksetzn.de.md)\n`);
    const { preview, served } = await servedPreviewOf(root);
    const article = preview.knowledge.articleAt('konto/rollen-und-rechte');
    if (article === null) throw new Error('the article is gone');
    const finding = preview.knowledge.findingsOf(article).find((one) => one.fix !== null);
    if (finding === undefined) throw new Error('nothing to fix');
    const { rule, line, column, message } = finding;
    const key = JSON.stringify([rule, finding.file, line, column, message]);
    const token = await tokenOf(served.url);
    const fix = (body: string) =>
      fetch(`${served.url}/~fix`, {
        method: 'POST',
        headers: { origin: served.url, 'x-kb-token': token },
        body,
      });
    expect((await fix(JSON.stringify({ key: '["x"]' }))).status).toBe(409);
    expect((await fix('no json')).status).toBe(500);
    expect((await fix(JSON.stringify({ key }))).status).toBe(200);
    expect(await readFile(file, 'utf8')).toContain('[weiter](passwort-zuruecksetzen.de.md)');
    await expect
      .poll(async () => {
        await preview.watch.idle();
        const now = preview.knowledge.articleAt('konto/rollen-und-rechte');
        return now === null
          ? -1
          : preview.knowledge.findingsOf(now).filter((one) => one.fix).length;
      })
      .toBe(0);
    expect((await fix(JSON.stringify({ key }))).status).toBe(409);
  });
});

describe('before everything is read', () => {
  async function unreadPreview() {
    const preview = await openPreview(optionsFor(await sampleCopy()));
    onTestFinished(() => preview.close());
    const served = await servePreview(preview, 0);
    onTestFinished(() => served.close());
    return { preview, served };
  }

  it('a page is made of what it shows, under the same policy', async () => {
    const { preview, served } = await unreadPreview();
    const answer = await fetch(`${served.url}/de/konto/passwort-zuruecksetzen`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    const early = await answer.text();
    expect(early).toContain('Passwort zurücksetzen');
    expect(early).toContain('Reading …');
    for (const style of early.match(/\/~static\/[^"]+/g) ?? []) {
      expect((await fetch(`${served.url}${style}`)).status, style).toBe(200);
    }
    await preview.load();
    const whole = await (await fetch(`${served.url}/de/konto/passwort-zuruecksetzen`)).text();
    expect(whole).toContain('kb-section-findings');
    const bodyOf = (html: string) => /<article>.*<\/article>/s.exec(html)?.[0];
    expect(bodyOf(early)).toBe(bodyOf(whole));
  });

  it('foreign hosts and odd paths are refused all the same', async () => {
    const { served } = await unreadPreview();
    const { port } = served;
    const page = '/de/konto/passwort-zuruecksetzen';
    expect(statusOf(await get(port, page, 'evil.example'))).toBe(403);
    expect(statusOf(await get(port, '/de/..%2f..%2fetc/passwd'))).toBe(400);
    expect(statusOf(await get(port, '/de/%00'))).toBe(400);
  });

  it('the first address leads to the first page', async () => {
    const { served } = await unreadPreview();
    const answer = await fetch(served.url, { redirect: 'manual' });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/de/');
  });
});
