import { describe, expect, test } from 'vitest';
import { canonical, canonicalHash, headingIds, predict } from '../../src/markdown/index.ts';
import { defaultProfile } from '../../src/model/profile.ts';
import type { Block } from '../../src/model/tree.ts';
import { innerBlocks, treeText } from '../../src/model/tree-text.ts';
import { identify, parsed, rendered } from './reading.ts';

function depthOf(blocks: readonly Block[]): number {
  return blocks.length === 0
    ? 0
    : 1 + Math.max(...blocks.map((block) => depthOf(innerBlocks(block))));
}

describe('what nests too deep is told, and read as text', () => {
  const deep = 200;
  test.each([
    ['quotes', `${'> '.repeat(deep)}innermost`],
    [
      'lists',
      `${Array.from({ length: deep }, (_, n) => `${'  '.repeat(n)}- x`).join('\n')} innermost`,
    ],
    ['lists on one line', `${'- '.repeat(deep)}innermost`],
    [
      'collapsibles',
      `${'<details><summary>x</summary>\n'.repeat(deep)}innermost\n${'</details>\n'.repeat(deep)}`,
    ],
    [
      'callouts',
      `${Array.from(
        { length: deep },
        (_, n) => `${'> '.repeat(n + 1)}[!NOTE]\n${'> '.repeat(n + 1)}`,
      ).join('\n')}innermost`,
    ],
    [
      'lists in an HTML table',
      `<table><tr><td>${'<ul><li>'.repeat(deep)}innermost</td></tr></table>`,
    ],
    [
      'marks in an HTML table',
      `<table><tr><td>${'<b><i>'.repeat(deep)}innermost</td></tr></table>`,
    ],
    [
      'tables in tables',
      `<table><tr><td>${'<table><tr><td>'.repeat(deep)}innermost${'</td></tr></table>'.repeat(deep)}</td></tr></table>`,
    ],
  ])('%s', (_name, markdown) => {
    const { tree, problems } = parsed(markdown);
    expect(problems.filter(({ rule }) => rule === 'nesting-depth').length).toBe(1);
    expect(treeText(tree)).toContain('innermost');
    expect(depthOf(tree)).toBeLessThan(100);
    const html = rendered(tree);
    expect(canonicalHash(canonical(predict(html, defaultProfile), identify))).toMatch(/^sha256:/);
  });
});

describe('large bodies are read whole', () => {
  test('300 KB of text', () => {
    const part = 'Some **bold** text with a [link](https://example.com) and {{ a }}.\n\n- item\n\n';
    const { tree, problems, references } = parsed(part.repeat(4000), { variables: { a: 'b' } });
    expect(tree).toHaveLength(8000);
    expect(references).toHaveLength(4000);
    expect(problems).toEqual([]);
  });

  test('tables of 5,000 cells, in Markdown and in HTML', () => {
    const row = `|${' **c** |'.repeat(10)}\n`;
    const markdown = `${row}|${'---|'.repeat(10)}\n${row.repeat(499)}`;
    const html = `<table>${`<tr>${'<td>c</td>'.repeat(10)}</tr>`.repeat(500)}</table>`;
    for (const { tree } of [parsed(markdown), parsed(html)]) {
      const [table] = tree;
      expect(table?.type === 'table' ? table.rows.flat() : []).toHaveLength(5000);
      expect(rendered(tree).match(/<td/g)).toHaveLength(5000);
    }
  });
});

describe('stored HTML without limits', () => {
  test.each([
    '<div>',
    '<ul><li>',
    '<b>',
    '<table><tr><td>',
    '<details><summary>',
    '<blockquote>',
    '<template>',
    '<svg>',
  ])('%s, thousands deep', (tag) => {
    const html = `${tag.repeat(5000)}x`;
    expect(canonicalHash(canonical(html, identify))).toMatch(/^sha256:/);
    expect(canonicalHash(canonical(html, identify))).not.toBe(
      canonicalHash(canonical(`${tag.repeat(5000)}y`, identify)),
    );
    expect(headingIds(html)).toEqual([]);
  });
});
