import { describe, expect, test } from 'vitest';
import { isImageAddress, isLinkAddress, schemeOf } from '../../src/markdown/address-scheme.ts';
import { signedHost, withoutSignature } from '../../src/markdown/index.ts';
import { embedAddress, videoOf } from '../../src/markdown/videos.ts';

describe('hosts that sign addresses', () => {
  test.each([
    'https://downloads.intercomcdn.com/i/o/1/2/image.png?expires=1&signature=2&req=3',
    'https://downloads.intercomcdn.eu/i/o/ws/1/2/image.png?expires=1',
    'https://uploads.intercom-attachments-7.com/i/o/1/a.png?expires=1',
    'https://downloads.intercom-attachments.eu/i/o/1/a.png?expires=1',
    'https://static.au.intercom-attachments.com/i/o/1/a.png?expires=1',
  ])('%s', (url) => {
    expect(signedHost(url)).toBe(true);
    expect(withoutSignature(url)).toBe(url.slice(0, url.indexOf('?')));
  });

  test.each([
    'https://example.com/a.png?expires=1',
    'https://intercomcdn.com.example.com/a.png?x=1',
    'https://notintercomcdn.com/a.png?x=1',
    'a.png?x=1',
    '',
  ])('not %s', (url) => {
    expect(signedHost(url)).toBe(false);
    expect(withoutSignature(url)).toBe(url);
  });
});

describe('videos', () => {
  test.each([
    ['https://www.youtube.com/watch?v=abc-DEF_123&t=5', 'youtube', 'abc-DEF_123'],
    ['https://youtu.be/abcdefghijk?si=x', 'youtube', 'abcdefghijk'],
    ['https://www.youtube.com/shorts/abcdefghijk', 'youtube', 'abcdefghijk'],
    ['https://www.youtube-nocookie.com/embed/abcdefghijk', 'youtube', 'abcdefghijk'],
    ['//www.youtube.com/embed/abcdefghijk?rel=0', 'youtube', 'abcdefghijk'],
    ['https://vimeo.com/123456789', 'vimeo', '123456789'],
    ['https://vimeo.com/123456789/abcdef1234', 'vimeo', '123456789/abcdef1234'],
    ['https://player.vimeo.com/video/123456789?h=abcdef1234', 'vimeo', '123456789/abcdef1234'],
    ['https://firm.wistia.com/medias/abcdefghij', 'wistia', 'abcdefghij'],
    ['https://fast.wistia.net/embed/iframe/abcdefghij', 'wistia', 'abcdefghij'],
    [
      'https://www.loom.com/share/0123456789abcdef0123456789abcdef',
      'loom',
      '0123456789abcdef0123456789abcdef',
    ],
    ['https://play.vidyard.com/abcDEF123.html', 'vidyard', 'abcDEF123'],
    ['https://share.vidyard.com/watch/abcDEF123', 'vidyard', 'abcDEF123'],
    [
      'https://streamio.com/api/v1/videos/0123456789abcdef/public_show',
      'streamio',
      '0123456789abcdef',
    ],
  ])('%s', (address, provider, id) => {
    const video = videoOf(address);
    expect(video).toEqual({ type: 'video', provider, id });
    if (video !== null) expect(videoOf(embedAddress(video))).toEqual(video);
  });

  test.each([
    'https://www.youtube.com/',
    'https://www.youtube.com/@channel',
    'https://youtube.com.example.com/watch?v=abcdefghijk',
    'https://example.com/?u=https://youtu.be/abcdefghijk',
    'javascript:https://youtu.be/abcdefghijk',
    'https://vimeo.com/channels/staffpicks',
    'youtu.be/abcdefghijk',
  ])('none: %s', (address) => {
    expect(videoOf(address)).toBeNull();
  });
});

describe('schemes', () => {
  test.each([
    'https://a',
    'HTTP://a',
    'mailto:a@b',
    'tel:+49',
    'a/b.md#c:d',
    '#x',
    '?a:b',
    '/a:b',
    '//a',
    '',
  ])('links may use %j', (address) => {
    expect(isLinkAddress(address)).toBe(true);
  });

  test.each([
    'javascript:x',
    ' java\tscript:x',
    '\u0001javascript:x',
    'JAVASCRIPT:x',
    'data:x',
    'vbscript:x',
    'file:///x',
    'ftp://x',
    'c:\\x',
    'blob:x',
    ':x',
  ])('links may not use %j', (address) => {
    expect(isLinkAddress(address)).toBe(false);
  });

  test('images are stricter', () => {
    expect(isImageAddress('https://a/b.png')).toBe(true);
    expect(isImageAddress('../b.png')).toBe(true);
    expect(isImageAddress('mailto:a@b')).toBe(false);
    expect(schemeOf('MailTo:a')).toBe('mailto');
  });
});
