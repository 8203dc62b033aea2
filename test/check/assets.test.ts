import { describe, expect, it } from 'vitest';
import { checked, fixed, german } from './checked.ts';

const png = new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 0]);

describe('asset-missing', () => {
  it('mends a path where one file is clearly meant', async () => {
    const text = german(
      'a',
      'Text.\n\n![Bild](assets/bild.png)\n\n<img src="assets/bidl.svg" alt="b">\n',
    );
    const { findings } = await checked({
      'a.de.md': text,
      'assets/unter/bild.png': png,
      'assets/bild.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    });
    const found = findings.filter(({ rule }) => rule === 'asset-missing');
    expect(found.map(({ message, severity }) => [severity, message])).toEqual([
      ['error', '"assets/bild.png" does not exist. Did you mean "assets/unter/bild.png"?'],
      ['error', '"assets/bidl.svg" does not exist. Did you mean "assets/bild.svg"?'],
    ]);
    expect(fixed(text, found[0])).toBe(text.replace('assets/bild.png', 'assets/unter/bild.png'));
    expect(fixed(text, found[1])).toBe(text.replace('bidl.svg', 'bild.svg'));
  });

  it('tells missing downloads, anchors into files, and ways out', async () => {
    const { told } = await checked({
      'a.de.md': german(
        'a',
        '[d](assets/fehlt.pdf)\n\n[a](assets/da.pdf#page=2)\n\n![o](../../bild.png)\n\n![h](//cdn/bild.png)\n',
      ),
      'assets/da.pdf': 'x',
    });
    expect(told('asset-missing')).toEqual([
      'a.de.md:6 "assets/fehlt.pdf" does not exist',
      'a.de.md:8 "assets/da.pdf#page=2" is a file, which has no headings: link to "assets/da.pdf"',
      'a.de.md:10 "../../bild.png" leads out of the content folder',
      'a.de.md:12 "//cdn/bild.png" is not a complete address',
    ]);
    expect(told('link-target')).toEqual([]);
  });
});

describe('asset-type', () => {
  it('takes PNG, JPEG, SVG and GIF only, here and elsewhere', async () => {
    const { told } = await checked({
      'a.de.md': german(
        'a',
        '![a](assets/a.webp)\n\n![b](assets/b.png)\n\n![c](https://example.com/c.avif?x=1)\n\n![d](https://example.com/d)\n\n![e](assets/e)\n',
      ),
      'assets/a.webp': 'a',
      'assets/b.png': png,
      'assets/e': 'e',
    });
    expect(told('asset-type')).toEqual([
      'a.de.md:6 "assets/a.webp" is a .webp file: images are PNG, JPEG, SVG or GIF',
      'a.de.md:10 "https://example.com/c.avif?x=1" is a .avif file: images are PNG, JPEG, SVG or GIF',
      'a.de.md:14 "assets/e" is a file without a type: images are PNG, JPEG, SVG or GIF',
    ]);
  });
});

describe('asset-unused', () => {
  it('names files that no text and no include uses', async () => {
    const { told } = await checked({
      'a.de.md': german('a', '![b](assets/b.png)\n\n[c](assets/c.pdf)\n'),
      '_includes/i.de.md': '![d](../assets/d.png)\n',
      'assets/b.png': png,
      'assets/b.de.png': 'override',
      'assets/c.pdf': 'c',
      'assets/d.png': 'd',
      'assets/e.png': 'e',
    });
    expect(told('asset-unused').filter((line) => !line.startsWith('assets/b.png'))).toEqual([
      'assets/e.png:1 no text uses this file',
    ]);
  });
});

describe('alt-text', () => {
  it('names the image that has none, also in cells and includes', async () => {
    const { told } = await checked({
      'a.de.md': german(
        'a',
        '![gut](assets/b.png) ![](assets/b.png)\n\n| a |\n|---|\n| ![ ](assets/c.png) |\n\n{{> i }}\n',
      ),
      '_includes/i.de.md': 'Text.\n\n![](../assets/b.png)\n',
      'assets/b.png': png,
      'assets/c.png': 'c',
    });
    expect(told('alt-text')).toEqual([
      '_includes/i.de.md:3 the image "../assets/b.png" has no alt text',
      'a.de.md:6 the image "assets/b.png" has no alt text',
      'a.de.md:10 the image "assets/c.png" has no alt text',
    ]);
  });
});
