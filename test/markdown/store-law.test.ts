import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, headingIds, predict } from '../../src/markdown/index.ts';
import { headingId } from '../../src/model/address.ts';
import type { Profile } from '../../src/model/profile.ts';
import { INITIAL_PROFILE } from '../../src/sandbox/habits/profile.ts';
import { saveBody } from '../../src/sandbox/habits/save-body.ts';
import { arbitraryMarkdown, everyPair } from '../support/arbitrary-markdown.ts';
import { someProfiles } from './profiles.ts';
import { expectedTree, identify, parsed, rendered } from './reading.ts';

/** What a store with these habits holds after an article was sent, and sent again with the ids it gave. */
function storedTwice(markdown: string, profile: Profile): string {
  const { tree, outline } = parsed(markdown);
  const known: string[] = [];
  let count = 0;
  const save = (html: string): string => {
    const saved = saveBody(html, {
      profile: { ...INITIAL_PROFILE, ...profile },
      knownHeadingIds: known,
      nextHeadingId: () => `h_${(count++).toString(16).padStart(10, 'f')}`,
      hostImage: (source) => source,
    });
    known.push(...saved.generatedHeadingIds);
    return saved.html;
  };
  const first = save(rendered(tree, profile));
  const ids = headingIds(first);
  const live = new Map(outline.map(({ anchor }, index) => [anchor, ids[index]?.id ?? anchor]));
  const idOf = (anchor: string) => live.get(anchor) ?? headingId('article', anchor);
  return save(rendered(tree, profile, idOf));
}

describe('what a store holds is what was predicted', () => {
  for (const { name, profile } of someProfiles(12)) {
    test(`every pair of constructs: ${name}`, () => {
      for (const { name: pair, markdown } of everyPair()) {
        const stored = canonical(storedTwice(markdown, profile), identify);
        expect(stored, pair).toEqual(expectedTree(parsed(markdown).tree, profile));
      }
    });
  }

  test('any article, any habits', () => {
    const profiles = fc.constantFrom(...someProfiles(40).map(({ profile }) => profile));
    fc.assert(
      fc.property(arbitraryMarkdown(), profiles, (markdown, profile) => {
        const stored = canonical(storedTwice(markdown, profile), identify);
        expect(stored).toEqual(expectedTree(parsed(markdown).tree, profile));
      }),
      { numRuns: 1000, seed: 20261122 },
    );
  });
});

describe('a body written for another workspace', () => {
  const [plain] = someProfiles(0);
  const others = someProfiles(20).map(({ name, profile }) => ({
    name,
    // A body sent once can not hold the ids that a store will give.
    profile: { ...profile, headingIds: 'kept', nestedLists: 'kept' } as const,
  }));

  const storedOnce = (html: string, profile: Profile): string =>
    saveBody(html, {
      profile: { ...INITIAL_PROFILE, ...profile },
      knownHeadingIds: [],
      nextHeadingId: () => 'h_ffffffffff',
      hostImage: (source) => source,
    }).html;

  test.each(others)('is stored as predicted: $name', ({ profile }) => {
    for (const { name: pair, markdown } of everyPair()) {
      const html = rendered(parsed(markdown).tree, plain?.profile);
      const predicted = canonical(predict(html, profile), identify);
      expect(canonical(storedOnce(html, profile), identify), pair).toEqual(predicted);
    }
  });

  const byHand = [
    '<h2>A</h2><h3>B</h3><details><summary><h2>S</h2></summary><p>x</p></details>',
    '<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>',
    '<table><tr><td>a <b>b</b></td><td><ul><li>c</li></ul></td></tr></table>',
    '<p>a</p>\n<p>b</p>\n\n<ul>\n<li>c</li>\n</ul>',
    '<p>a <s>b</s> <kbd>c</kbd> <u>d</u><sup>2</sup></p><blockquote><p>e</p></blockquote>',
    '<blockquote>bare</blockquote><p>after</p>',
    '<pre><code>a\n  b<br>c</code></pre>',
    '<ol start="4"><li>a</li></ol>',
    '<div class="intercom-interblocks-callout" style="background-color: #d7efdc80; border-color: #1bb15733;">bare <b>text</b></div><p>x</p>',
    '<details><summary>Title</summary>bare<p>x</p></details>text',
    '<p>a&nbsp;b "c" &amp; \'d\'</p><p></p><p><br></p>',
    '<p><img src="a.png" width="50" style="width: 50px"></p><iframe src="https://www.loom.com/embed/0123456789abcdef"></iframe>',
    '<h2 id="own">A</h2><p><a href="#own">x</a></p><h2 id="h_0123456789">B</h2><p><a href="#h_0123456789">y</a></p>',
  ];

  test.each(byHand)('%s', (html) => {
    for (const { name, profile } of others) {
      const predicted = canonical(predict(html, profile), identify);
      expect(canonical(storedOnce(html, profile), identify), name).toEqual(predicted);
    }
  });
});
