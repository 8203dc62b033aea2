import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/markdown/index.ts';
import { habits, type Profile } from '../../src/model/profile.ts';
import type { Block, Tree } from '../../src/model/tree.ts';
import { convertBody } from '../../src/zendesk/index.ts';
import { parsed } from '../markdown/reading.ts';
import { dialectContext } from './contexts.ts';

const fixtures = join(import.meta.dirname, '../fixtures/zendesk');
const corpora = join(import.meta.dirname, '../../../shared/corpora');
const isWhole = process.env.KB_PROVE === '1';
const noRewriting = Object.fromEntries(
  Object.entries(habits).map(([habit, { values }]) => [habit, values[0]]),
) as Profile;

describe('importing the rendered result again', () => {
  it('changes nothing: every markup class', () => {
    for (const name of readdirSync(fixtures))
      expectSame(readFileSync(join(fixtures, name, 'input.html'), 'utf8'), name);
  });

  for (const corpus of ['zendesk-mackerelio', 'zendesk-reddit']) {
    const file = join(corpora, corpus, 'articles.json');
    it.skipIf(!existsSync(file))(`changes nothing: ${corpus}`, () => {
      const { articles } = JSON.parse(readFileSync(file, 'utf8')) as {
        articles: { id: number; body: string | null }[];
      };
      const chosen = isWhole ? articles : articles.filter((_, index) => index % 4 === 1);
      for (const { id, body } of chosen) expectSame(body ?? '', String(id));
    });
  }
});

function expectSame(html: string, name: string): void {
  const first = parsed(convertBody(html, dialectContext).markdown).tree;
  const again = parsed(convertBody(rendered(first), dialectContext).markdown).tree;
  expect(again.map(asStored), name).toEqual(first.map(asStored));
}

function rendered(tree: Tree): string {
  return renderHtml(tree, {
    profile: noRewriting,
    headingId: (anchor) => anchor,
    link: (target) =>
      target.kind === 'url' ? target.url : target.kind === 'anchor' ? `#${target.anchor}` : null,
    image: (source) => (source.kind === 'url' ? source.url : ''),
  });
}

/** What the rendering cannot tell apart: quotes are grey boxes, header cells bold ones, code has no language, boxes to tick are signs. */
function asStored(block: Block): unknown {
  switch (block.type) {
    case 'quote':
      return {
        type: 'callout',
        kind: 'important',
        style: null,
        blocks: block.blocks.map(asStored),
      };
    case 'callout':
      return { ...block, blocks: block.blocks.map(asStored) };
    case 'collapsible':
      return { ...block, blocks: block.blocks.map(asStored) };
    case 'code':
      return { ...block, language: null };
    case 'list':
      return {
        ...block,
        items: block.items.map(({ checked, blocks }) => {
          const sign = checked === null ? '' : checked ? '☑ ' : '☐ ';
          return [sign, ...blocks.map(asStored)]
            .map((it) => JSON.stringify(it))
            .join('')
            .replace(/"text":"[☑☐] /g, '"text":"')
            .replace(/^"[☑☐]? ?"/, '');
        }),
      };
    case 'table':
      return block.rows.map((row) =>
        row.map((cell) =>
          JSON.stringify([cell.colspan, cell.rowspan, cell.blocks.map(asStored)])
            .replaceAll('"bold":true,', '')
            .replaceAll(',"bold":true', ''),
        ),
      );
    default:
      return block;
  }
}
