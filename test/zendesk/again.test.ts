import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/markdown/index.ts';
import { normaliseInlines } from '../../src/markdown/normalise-inlines.ts';
import { habits, type Profile } from '../../src/model/profile.ts';
import type { Block, Tree } from '../../src/model/tree.ts';
import { convertBody } from '../../src/zendesk/index.ts';
import { parsed } from '../markdown/reading.ts';
import { isProof, proof } from '../support/proof.ts';
import { arbitraryBody } from './arbitrary-bodies.ts';
import { dialectContext } from './contexts.ts';

const fixtures = join(import.meta.dirname, '../fixtures/zendesk');
const corpora = join(import.meta.dirname, '../../../shared/corpora');
const noRewriting = Object.fromEntries(
  Object.entries(habits).map(([habit, { values }]) => [habit, values[0]]),
) as Profile;

describe('importing the rendered result again', () => {
  it('changes nothing: every markup class', () => {
    for (const name of readdirSync(fixtures))
      expectSame(readFileSync(join(fixtures, name, 'input.html'), 'utf8'), name);
  });

  it('changes nothing: constructs in one another', () => {
    const runs = isProof ? 5000 : 60;
    fc.assert(
      fc.property(arbitraryBody, (html) => {
        // A list with a table in it is shown as paragraphs, so it cannot come back.
        const { losses } = convertBody(html, dialectContext);
        fc.pre(losses.every(({ construct }) => construct !== 'nesting'));
        expectSame(html, html);
      }),
      { numRuns: runs, seed: 20_261_122 },
    );
    proof('bodies of constructs in one another, imported again', runs);
  });

  for (const corpus of ['zendesk-mackerelio', 'zendesk-reddit']) {
    const file = join(corpora, corpus, 'articles.json');
    it.skipIf(!existsSync(file))(`changes nothing: ${corpus}`, () => {
      const { articles } = JSON.parse(readFileSync(file, 'utf8')) as {
        articles: { id: number; body: string | null }[];
      };
      const chosen = isProof ? articles : articles.filter((_, index) => index % 4 === 1);
      for (const { id, body } of chosen) expectSame(body ?? '', String(id));
      proof(`${corpus}: results imported again without a change`, chosen.length);
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

/** Header cells are bold ones. */
function unboldened(block: Block): Block {
  if (block.type === 'list')
    return {
      ...block,
      items: block.items.map((item) => ({ ...item, blocks: item.blocks.map(unboldened) })),
    };
  if (block.type !== 'paragraph') return block;
  const children = block.children.map((inline) => {
    if (inline.type !== 'text') return inline;
    const { bold: _, ...rest } = inline;
    return rest;
  });
  return { ...block, children: normaliseInlines(children) };
}

function asBox({ blocks }: Extract<Block, { type: 'quote' }>): Block {
  return { type: 'callout', kind: 'important', style: null, blocks };
}

/** What the rendering cannot tell apart: quotes are grey boxes, header cells bold ones, code has no language, boxes to tick are signs. */
function asStored(block: Block): unknown {
  switch (block.type) {
    case 'quote':
      return asStored(asBox(block));
    case 'callout': {
      const [first, ...others] = block.blocks;
      const only = first?.type === 'quote' ? asBox(first) : first;
      // Readers see no box in a box of its colour.
      const isDouble = only?.type === 'callout' && others.length === 0 && only.kind === block.kind;
      return isDouble ? asStored(only) : { ...block, blocks: block.blocks.map(asStored) };
    }
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
            .replaceAll('{"type":"text","text":""},', '')
            .replace(/^"[☑☐]? ?"/, '');
        }),
      };
    case 'table':
      return block.rows.map((row) =>
        row.map((cell) =>
          JSON.stringify([cell.colspan, cell.rowspan, cell.blocks.map(unboldened).map(asStored)]),
        ),
      );
    default:
      return block;
  }
}
