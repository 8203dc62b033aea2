import { beforeEach, expect, it } from 'vitest';
import { newArticle, openTestSandbox, type TestSandbox } from './sandbox-client.ts';

const BASE = 'http://127.0.0.1:4400';
let test: TestSandbox;
beforeEach(() => {
  test = openTestSandbox();
});

const withImage = (src: string): Record<string, unknown> => ({
  body: `<p><img src="${src}" alt="Plan"></p>`,
});
const sourceIn = (html: string): string =>
  /src="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';

it('rehosts an image and signs its address anew on every read', async () => {
  const { id, body } = await newArticle(test, withImage('https://cdn.example.com/plan.png'));
  const first = new URL(sourceIn(body));
  expect(first.host).toBe('downloads.intercomcdn.eu');
  expect(first.pathname).toMatch(/^\/i\/o\/abc123\/\d+\/[0-9a-f]+\/plan\.png$/);
  const second = new URL(sourceIn((await test.call('GET', `/articles/${id}`)).body.body));
  expect(second.pathname).toBe(first.pathname);
  for (const name of ['expires', 'signature', 'req']) {
    expect(second.searchParams.get(name)).not.toBe(first.searchParams.get(name));
  }
});

it.each([
  ['us', 'downloads.intercomcdn.com'],
  ['au', 'downloads.au.intercomcdn.com'],
] as const)('hosts them in the region: %s', async (region, host) => {
  const there = openTestSandbox({ region });
  const { body } = await newArticle(there, withImage('https://cdn.example.com/plan.png'));
  expect(new URL(sourceIn(body)).host).toBe(host);
});

it('takes its own address back, with or without a signature', async () => {
  const { id, body } = await newArticle(test, withImage('https://cdn.example.com/plan.png'));
  const address = new URL(sourceIn(body));
  for (const sent of [address.href, `${address.origin}${address.pathname}`]) {
    const again = await test.call(
      'PUT',
      `/articles/${id}`,
      withImage(sent.replaceAll('&', '&amp;')),
    );
    expect(new URL(sourceIn(again.body.body)).pathname).toBe(address.pathname);
  }
});

it.each([
  'data:image/png;base64,AAAA',
  'plan.png',
  `${BASE}/_sandbox/assets/missing.png`,
  'https://downloads.intercomcdn.eu/i/o/abc123/1/abcdef/x.png',
  'ftp://example.com/a.png',
  'https://example.com/a.webp',
])('refuses the whole article for %s', async (src) => {
  const { id } = await newArticle(test);
  const answer = await test.call('PUT', `/articles/${id}`, { title: 'Neu', ...withImage(src) });
  expect(answer.status).toBe(400);
  expect((await test.call('GET', `/articles/${id}`)).body.title).toBe('Passwort zurücksetzen');
});

it('takes the bytes once: what changes at the same address later goes unseen', async () => {
  const put = async (bytes: string) => test.call('PUT', '/_sandbox/assets/plan.png', bytes);
  expect((await put('first')).body.url).toBe(`${BASE}/_sandbox/assets/plan.png`);
  const { id, body } = await newArticle(test, withImage(`${BASE}/_sandbox/assets/plan.png`));
  await put('second');
  const again = await test.call(
    'PUT',
    `/articles/${id}`,
    withImage(`http://localhost:4400/_sandbox/assets/plan.png`),
  );
  expect(again.status).toBe(200);
  await test.call('PUT', `/articles/${id}`, withImage(`${BASE}/_sandbox/assets/plan.png`));
  const page = (await test.call('GET', `/help/de/articles/${id}`)).body;
  const local = /src="(\/help\/images\/[^"]+)"/.exec(page)?.[1] ?? '';
  expect((await test.call('GET', local)).body).toBe('first');
  expect(local).toContain(new URL(sourceIn(body)).pathname.split('/').at(-2));
  expect((await test.call('GET', '/_sandbox/assets/plan.png')).body).toBe('second');
});

it('stores one address for an image used twice', async () => {
  const img = '<img src="https://cdn.example.com/a.png">';
  const { body } = await newArticle(test, { body: `<p>${img}</p><p>${img}</p>` });
  const paths = [...body.matchAll(/src="([^"?]+)/g)].map(([, address]) => address);
  expect(new Set(paths).size).toBe(1);
});

it('serves an uploaded SVG so that it cannot act', async () => {
  await test.call(
    'PUT',
    '/_sandbox/assets/a.svg',
    '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
  );
  const { headers } = await test.call('GET', '/_sandbox/assets/a.svg');
  expect(headers.get('content-type')).toBe('image/svg+xml');
  expect(headers.get('content-security-policy')).toContain('sandbox');
});
