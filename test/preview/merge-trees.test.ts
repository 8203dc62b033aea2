import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../../src/markdown/index.ts';
import type { Tree } from '../../src/model/tree.ts';
import { articleHtml, type Showing } from '../../src/preview/render/article-html.ts';
import { mergeTrees } from '../../src/preview/render/merge-trees.ts';

const showing: Showing = {
  link: () => null,
  image: () => ({ kind: 'missing', href: '' }),
  words: { video: '', zoom: '', foreignImage: '', missingImage: '', code: '', table: '' },
};

function tree(markdown: string): Tree {
  return parseMarkdown(markdown, {
    locale: 'de',
    firstLine: 1,
    link: (href) => ({ kind: 'url', url: href }),
    image: (src) => ({ kind: 'broken', href: src }),
    variable: () => null,
    variableNames: [],
    include: () => null,
    includeNames: [],
  }).tree;
}

function shown(before: string, after: string): string {
  const { tree: merged, changes } = mergeTrees(tree(before), tree(after), 'de');
  return articleHtml(merged, { ...showing, changes }).html;
}

describe('two versions in one text', () => {
  it('marks words', () => {
    expect(
      shown(
        'Der Link gilt 24 Stunden und nur einmal.',
        'Der Link gilt eine Stunde und nur einmal.',
      ),
    ).toBe('<p>Der Link gilt <del>24 Stunden</del><ins>eine Stunde</ins> und nur einmal.</p>');
  });

  it('marks whole blocks that are new or gone', () => {
    expect(shown('Eins.', 'Eins.\n\n- a')).toBe(
      '<p>Eins.</p><ins class="block"><ul><li><p>a</p></li></ul></ins>',
    );
    expect(shown('Eins.\n\n## Zwei', 'Eins.')).toBe(
      '<p>Eins.</p><del class="block"><h2 id="zwei">Zwei</h2></del>',
    );
  });

  it('marks inside lists, tables, callouts and collapsibles', () => {
    expect(shown('- a\n- b c', '- a\n- b d')).toContain('b <del>c</del><ins>d</ins>');
    expect(shown('| a b |\n|---|\n| c d |', '| a b |\n|---|\n| c e |')).toContain(
      'c <del>d</del><ins>e</ins>',
    );
    expect(shown('> [!NOTE]\n> a b', '> [!NOTE]\n> a c')).toContain('a <del>b</del><ins>c</ins>');
    expect(
      shown(
        '<details><summary>x</summary>\n\na b\n\n</details>',
        '<details><summary>x</summary>\n\na c\n\n</details>',
      ),
    ).toContain('a <del>b</del><ins>c</ins>');
  });

  it('marks a change of form or target alone', () => {
    expect(shown('ein wort hier', 'ein **wort** hier')).toBe(
      '<p>ein <del>wort</del><ins><strong>wort</strong></ins> hier</p>',
    );
  });

  it('says of equal texts that nothing changed', () => {
    fc.assert(
      fc.property(fc.array(fc.lorem({ maxCount: 6 }), { maxLength: 6 }), (lines) => {
        const one = tree(lines.join('\n\n'));
        return !mergeTrees(one, one, 'de').changed;
      }),
      { seed: 20_261_122 },
    );
  });

  it('holds both versions: without what is new it is the old one, without what is gone the new one', () => {
    const block = fc.oneof(
      fc.lorem({ maxCount: 8 }),
      fc.lorem({ maxCount: 3 }).map((text) => `## ${text}`),
      fc
        .array(fc.lorem({ maxCount: 3 }), { minLength: 1, maxLength: 4 })
        .map((items) => items.map((item) => `- ${item}`).join('\n')),
    );
    const text = fc.array(block, { maxLength: 7 }).map((blocks) => blocks.join('\n\n'));
    const words = (html: string) =>
      html
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim();
    const without = (html: string, tag: string) =>
      html.replace(new RegExp(`<${tag}[ >].*?</${tag}>`, 'gs'), ' ');
    fc.assert(
      fc.property(text, text, (before, after) => {
        const html = shown(before, after);
        expect(words(without(html, 'ins'))).toBe(words(articleHtml(tree(before), showing).html));
        expect(words(without(html, 'del'))).toBe(words(articleHtml(tree(after), showing).html));
      }),
      { seed: 20_261_122 },
    );
  });
});
