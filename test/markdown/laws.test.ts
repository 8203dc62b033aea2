import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canonical,
  canonicalHash,
  headingIds,
  predict,
  storability,
} from '../../src/markdown/index.ts';
import { headingId } from '../../src/model/address.ts';
import { defaultProfile } from '../../src/model/profile.ts';
import type { Block } from '../../src/model/tree.ts';
import { allBlocks } from '../../src/model/tree-text.ts';
import { arbitraryMarkdown, everyPair } from '../support/arbitrary-markdown.ts';
import { someProfiles } from './profiles.ts';
import { identify, parsed, rendered } from './reading.ts';

const profiles = someProfiles(20);
const anyProfile = fc.constantFrom(...profiles.map(({ profile }) => profile));

describe('reading Markdown', () => {
  const pieces = fc.constantFrom(
    ...[
      '<details>',
      '</details>',
      '<summary>',
      '</summary>',
      '<table>',
      '<td>',
      '</table>',
      '<p align="center">',
    ],
    ...[
      '</p>',
      '<!--',
      '-->',
      '<script>',
      '{{',
      '}}',
      '{{> a }}',
      '{{ a }}',
      '> ',
      '- ',
      '1. ',
      '# ',
      '[!NOTE]',
    ],
    ...[
      '|',
      '|-|',
      '```',
      '    ',
      '\n',
      '\n\n',
      '[',
      '](',
      ')',
      '![',
      '{.button}',
      '{#a}',
      '**',
      '*',
      '~~',
      '`',
    ],
    ...[
      '<b>',
      '</b>',
      '<a href="',
      '">',
      '\\',
      '&amp;',
      '\u0000',
      '\ud800',
      'text',
      'https://youtu.be/abcdefghijk',
    ],
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
    fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('\n')),
  );

  test('works for any text, and keeps its promises', () => {
    fc.assert(
      fc.property(text, anyProfile, (markdown, profile) => {
        const given = {
          variables: { a: '<b>*x*</b>' },
          includes: { a: `${markdown}\n\n{{> a }}` },
        };
        const body = parsed(markdown, given);
        expect(body.blockLines).toHaveLength(body.tree.length);
        const lines = markdown.split(/\r\n?|\n/).length;
        for (const line of body.blockLines) expect(line).toBeLessThanOrEqual(lines);
        for (const { line, column } of [...body.problems, ...body.references]) {
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
        }
        const anchors = body.outline.map(({ anchor }) => anchor);
        expect(new Set(anchors).size).toBe(anchors.length);
        const html = rendered(body.tree, profile);
        expect(html).not.toMatch(/[\r\n]/);
        expect(headingIds(html).map(({ id }) => id)).toEqual(
          anchors.map((anchor) => headingId('article', anchor)),
        );
      }),
      { numRuns: 3000, seed: 20261122 },
    );
  });

  test('gives one tree for one text', () => {
    fc.assert(
      fc.property(arbitraryMarkdown(), (markdown) => {
        expect(parsed(markdown)).toEqual(parsed(markdown));
      }),
      { numRuns: 100 },
    );
  });
});

describe('reading stored HTML', () => {
  test('a prediction is a fixed point, whatever the habits', () => {
    fc.assert(
      fc.property(arbitraryMarkdown(), anyProfile, (markdown, profile) => {
        const html = predict(rendered(parsed(markdown).tree, profile), profile);
        const tree = canonical(html, identify);
        expect(canonical(predict(html, profile), identify)).toEqual(tree);
        expect(canonicalHash(canonical(html, identify))).toBe(canonicalHash(tree));
      }),
      { numRuns: 500, seed: 20261122 },
    );
  });

  test('works for any text', () => {
    const tags = fc.constantFrom(
      ...[
        '<p>',
        '</p>',
        '<div class="intercom-container">',
        '</div>',
        '<ul>',
        '<li>',
        '</ul>',
        '<h2 id="a">',
        '</h2>',
      ],
      ...[
        '<table>',
        '<tr>',
        '<td>',
        '</table>',
        '<details>',
        '<summary>',
        '</details>',
        '<pre>',
        '<br>',
        '<b>',
        '</b>',
      ],
      ...[
        '<a href="#a">',
        '</a>',
        '<img src="x">',
        '<iframe src="y">',
        '<svg>',
        '<template>',
        'text',
        ' ',
        '\u0336',
      ],
    );
    fc.assert(
      fc.property(fc.array(tags, { maxLength: 40 }), anyProfile, (parts, profile) => {
        const html = parts.join('');
        const tree = canonical(html, identify);
        expect(canonicalHash(tree)).toMatch(/^sha256:[0-9a-f]{64}$/);
        expect(typeof predict(html, profile)).toBe('string');
        expect(Array.isArray(headingIds(html))).toBe(true);
      }),
      { numRuns: 1000, seed: 20261122 },
    );
  });
});

describe('every pair of constructs', () => {
  const pairs = everyPair();

  test('has a name of its own', () => {
    expect(pairs.length).toBeGreaterThan(200);
    expect(new Set(pairs.map(({ name }) => name)).size).toBe(pairs.length);
  });

  test.each(pairs)(
    '$name: nothing is wrong, and the inner stands in the outer',
    ({ name, markdown }) => {
      const { tree, problems } = parsed(markdown);
      expect(problems).toEqual([]);
      expect(storability(tree, defaultProfile)).toEqual([]);
      const [inner, outer] = name.split(' in ');
      if (inner === undefined || outer === undefined || name.includes(' in text')) return;
      const types = allBlocks(tree).map((block: Block) => block.type);
      const [type] = Object.entries(outerTypes).find(([words]) => outer.includes(words)) ?? [];
      expect(type).toBeDefined();
      expect(types).toContain(outerTypes[type ?? '']);
      expect(tree).toHaveLength(1);
    },
  );

  const outerTypes: Readonly<Record<string, Block['type']>> = {
    list: 'list',
    quote: 'quote',
    collapsible: 'collapsible',
    callout: 'callout',
    cell: 'table',
  };
});
