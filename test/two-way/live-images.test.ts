import { describe, expect, test } from 'vitest';
import { type ImageStore, readLiveImage } from '../../src/assets/live-images.ts';

const gif = new TextEncoder().encode('GIF89a and more');

function storeWith(
  answer: () => Response | Promise<Response>,
  options: Partial<ImageStore> = {},
): { store: ImageStore; asked: { url: string; init: RequestInit | undefined }[] } {
  const asked: { url: string; init: RequestInit | undefined }[] = [];
  const store: ImageStore = {
    endpoint: 'https://api.eu.intercom.io',
    isLoopback: false,
    region: 'eu',
    signal: new AbortController().signal,
    fetch: async (url, init) => {
      asked.push({ url: String(url), init });
      return answer();
    },
    ...options,
  };
  return { store, asked };
}

const own = 'https://downloads.intercomcdn.eu/i/o/abc/1/ff/a.gif?expires=1&signature=2';

describe('reading an image of a stored body', () => {
  test("asks the region's store, without a token and without following redirects", async () => {
    const { store, asked } = storeWith(() => new Response(gif));
    expect(await readLiveImage(own, store)).toEqual({ bytes: gif, extension: 'gif' });
    expect(asked.map(({ url }) => url)).toEqual([own]);
    expect(asked[0]?.init).toMatchObject({ redirect: 'error' });
    expect(asked[0]?.init?.headers).toBeUndefined();
  });

  test.each([
    'http://downloads.intercomcdn.eu/i/o/abc/1/ff/a.gif',
    'https://downloads.intercomcdn.com/i/o/abc/1/ff/a.gif',
    'https://downloads.intercomcdn.eu.example.com/a.gif',
    'https://downloads.intercomcdn.eu:8443/a.gif',
    'https://user@downloads.intercomcdn.eu/a.gif',
    'https://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'data:image/gif;base64,R0lGODlh',
    'no address',
  ])('asks nobody for %s', async (address) => {
    const { store, asked } = storeWith(() => new Response(gif));
    expect(await readLiveImage(address, store)).toHaveProperty('refused');
    expect(asked).toEqual([]);
  });

  test('of the sandbox asks the sandbox, whatever host the body names', async () => {
    const endpoint = 'http://127.0.0.1:4400';
    const { store, asked } = storeWith(() => new Response(gif), { endpoint, isLoopback: true });
    expect(await readLiveImage(own, store)).toMatchObject({ extension: 'gif' });
    expect(asked.map(({ url }) => url)).toEqual([`${endpoint}/help/images/ff/a.gif`]);
    expect(await readLiveImage('https://example.com/a.gif', store)).toHaveProperty('refused');
  });

  test.each([
    ['no image', () => new Response('<svg onload="x()"/>')],
    ['an answer that is none', () => new Response('gone', { status: 404 })],
    ['too much', () => new Response(gif, { headers: { 'content-length': '99999999' } })],
    ['too much unannounced', () => new Response(new Uint8Array(21 * 1024 * 1024))],
    ['no answer', () => Promise.reject(new TypeError('fetch failed'))],
  ])('%s is refused, and nothing thrown', async (_, answer) => {
    const { store } = storeWith(answer);
    expect(await readLiveImage(own, store)).toHaveProperty('refused');
  });
});
