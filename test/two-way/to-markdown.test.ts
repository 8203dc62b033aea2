import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, predict, toMarkdown } from '../../src/markdown/index.ts';
import { defaultProfile } from '../../src/model/profile.ts';
import type { Block, Tree } from '../../src/model/tree.ts';
import { allBlocks, allInlines, treeText } from '../../src/model/tree-text.ts';
import { identify, parsed, rendered } from '../markdown/reading.ts';
import { arbitraryMarkdown, everyPair } from '../support/arbitrary-markdown.ts';
import { realSnippets } from './real-snippets.ts';

const runs = process.env.KB_PROVE === '1' ? 5000 : 400;

/** Trees as Markdown, every heading with the anchor it has. */
function written(tree: Tree): string {
  return toMarkdown(tree, {
    link: (target) =>
      target.kind === 'url'
        ? target.url
        : target.kind === 'anchor'
          ? `#${target.anchor}`
          : target.kind === 'asset'
            ? target.hash.replace('hash of ', '')
            : target.kind === 'broken'
              ? target.href
              : null,
    image: (source) =>
      source.kind === 'url' ? source.url : source.kind === 'broken' ? source.href : source.hash,
    anchor: (heading) => heading.anchor || null,
  }).value;
}

function again(tree: Tree): Tree {
  return parsed(written(tree)).tree;
}

/** What a workspace holds of a stored body that was read, written as Markdown, and sent again. */
function roundTrip(html: string): { before: Tree; after: Tree; markdown: string } {
  const stored = predict(html, defaultProfile);
  const before = canonical(stored, identify);
  const markdown = written(before);
  const sent = rendered(parsed(markdown).tree);
  return { before, after: canonical(predict(sent, defaultProfile), identify), markdown };
}

describe('a tree as Markdown', () => {
  test('is read again as the same tree, every construct in every other', () => {
    for (const { name, markdown } of everyPair()) {
      const { tree } = parsed(markdown);
      expect({ name, written: written(tree), tree: again(tree) }).toEqual({
        name,
        written: written(tree),
        tree,
      });
    }
  });

  test('is read again as the same tree, generated articles', () => {
    fc.assert(
      fc.property(arbitraryMarkdown(), (markdown) => {
        const { tree } = parsed(markdown);
        expect(again(tree), written(tree)).toEqual(tree);
      }),
      { numRuns: runs, seed: 61 },
    );
  });

  test('holds any text, whatever signs stand in it', () => {
    const pieces = [
      ...['*', '_', '`', '[', ']', '(', ')', '<', '>', '!', '#', '-', '+', '1.', '~', '~~', '|'],
      ...[
        '{{',
        '}}',
        '{#a}',
        '{.button}',
        '&amp;',
        '&',
        '\\',
        ':',
        'https://example.com',
        'a@b.de',
      ],
      ...['word', 'Wörter', '漢字', ' ', ' ', ' ', '\u00a0', '===', '---', '[x]', '[!NOTE]', '$'],
    ];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...pieces), fc.nat(7)), { minLength: 1, maxLength: 8 }),
        (parts) => {
          const html = parts
            .map(([piece, marks]) => {
              const text = piece.replace(/&/g, '&amp;').replace(/</g, '&lt;');
              const bold = marks % 4 === 1 ? `<b>${text}</b>` : text;
              const italic = marks % 4 === 2 ? `<i>${bold}</i>` : bold;
              return marks === 7 ? `<code>${italic}</code>` : italic;
            })
            .join('');
          const tree = canonical(
            `<p>${html}</p><h2>${html}</h2><ul><li>${html}</li></ul>`,
            identify,
          );
          const plain = withoutAnchors(again(tree));
          expect(plain, written(tree)).toEqual(withoutEmpty(tree));
        },
      ),
      { numRuns: runs, seed: 62 },
    );
  });
});

describe('real bodies', () => {
  const snippets = Object.entries(realSnippets);

  test.each(snippets)('%s comes back as it was', (_name, html) => {
    const { before, after, markdown } = roundTrip(html);
    expect(after, markdown).toEqual(before);
  });

  const containers: Record<string, (inner: string) => string> = {
    callout: (inner) =>
      `<div class="intercom-interblocks-callout" style="background-color: #feedaf80; border-color: #fbc91633;">${inner}</div>`,
    collapsible: (inner) =>
      `<details><summary><h2>Section</h2></summary><div class="collapsible-section-content">${inner}</div></details>`,
    cell: (inner) =>
      `<div class="intercom-interblocks-table-container"><table role="presentation"><tbody><tr><td>${inner}</td><td style="background-color: #e3e7fa80; width: 159px;"><p>B</p></td></tr></tbody></table></div>`,
    item: (inner) => `<ul><li>${inner}</li><li><p class="no-margin">last</p></li></ul>`,
  };

  for (const [place, wrap] of Object.entries(containers)) {
    test(`every one in a ${place} keeps all it holds`, () => {
      for (const [name, html] of snippets) {
        // Intercom stores no table in a list or in another table.
        if (html.includes('<t') && (place === 'cell' || place === 'item')) continue;
        const { before, after, markdown } = roundTrip(wrap(html));
        expect({ name, markdown, tree: after }).toEqual({ name, markdown, tree: before });
        expect(contentsOf(after)).toEqual(contentsOf(before));
      }
    });
  }

  test('side by side keep all they hold', () => {
    for (const [first, a] of snippets) {
      for (const [second, b] of snippets) {
        const { before, after, markdown } = roundTrip(a + b);
        expect({ first, second, markdown, tree: after }).toEqual({
          first,
          second,
          markdown,
          tree: before,
        });
      }
    }
  });
});

describe('losses', () => {
  test('are told, and their text is kept', () => {
    const tree = canonical('<p>a <u>b</u></p><section><p>c</p></section><p></p>', identify);
    const { value, losses } = toMarkdown(tree, { link: () => null, image: () => '' });
    expect(value).toBe('a b\n\nc');
    expect(losses.map(({ construct, action }) => `${action} ${construct}`)).toEqual([
      'transformed u',
      'transformed section',
      'dropped empty paragraph',
    ]);
  });
});

function contentsOf(tree: Tree): unknown {
  const count = (type: Block['type']) =>
    allBlocks(tree).filter((block) => block.type === type).length;
  return {
    text: treeText(tree),
    images: allInlines(tree).filter(({ type }) => type === 'image').length,
    links: allInlines(tree).filter((inline) => 'link' in inline || inline.type === 'button').length,
    callouts: count('callout'),
    videos: count('video'),
    code: count('code'),
    cells: allBlocks(tree).flatMap((block) => (block.type === 'table' ? block.rows.flat() : []))
      .length,
    headings: count('heading'),
    items: allBlocks(tree).flatMap((block) => (block.type === 'list' ? block.items : [])).length,
  };
}

function withoutAnchors(tree: Tree): Tree {
  return tree.map((block) => (block.type === 'heading' ? { ...block, anchor: null } : block));
}

/** Markdown has no empty paragraphs. */
function withoutEmpty(tree: Tree): Tree {
  return tree.filter((block) => block.type !== 'paragraph' || block.children.length > 0);
}
