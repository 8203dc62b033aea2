import {
  element,
  type HtmlElement,
  type HtmlNode,
  hasClass,
  isBlank,
  isBlock,
} from './html-tree.ts';

export const CALLOUT = 'intercom-interblocks-callout';
export const SECTION_CONTENT = 'collapsible-section-content';

/** Text that stands between blocks becomes paragraphs; the blocks stay as they are. */
export function inParagraphs(nodes: readonly HtmlNode[]): readonly HtmlNode[] {
  const blocks: HtmlNode[] = [];
  let run: HtmlNode[] = [];
  const closeRun = (): void => {
    if (run.some((node) => !isBlank(node))) blocks.push(element('p', {}, trimmedRun(run)));
    run = [];
  };
  for (const node of nodes) {
    if (isFlow(node)) run.push(node);
    else {
      closeRun();
      blocks.push(node);
    }
  }
  closeRun();
  return blocks;
}

/** A bare video stands as a block of its own; other inline content flows. */
function isFlow(node: HtmlNode): boolean {
  if (node.kind === 'element' && node.tag === 'iframe') return false;
  return !isBlock(node);
}

function trimmedRun(run: readonly HtmlNode[]): readonly HtmlNode[] {
  const first = run.findIndex((node) => !isBlank(node));
  const last = run.findLastIndex((node) => !isBlank(node));
  return run.slice(first, last + 1).map((node, index, kept) => {
    if (node.kind !== 'text') return node;
    const start = index === 0 ? node.text.replace(/^[ \t\r\n\f]+/, '') : node.text;
    return {
      ...node,
      text: index === kept.length - 1 ? start.replace(/[ \t\r\n\f]+$/, '') : start,
    };
  });
}

/** Containers of paragraphs: white space between blocks counts here. */
export function holdsParagraphs(node: HtmlElement): boolean {
  if (node.tag === 'div') return !hasClass(node, 'intercom-interblocks-table-container');
  return ['td', 'th', 'li', 'blockquote'].includes(node.tag);
}

/** Containers of other blocks only: white space between those means nothing. */
export function holdsOnlyParts(node: HtmlElement): boolean {
  return [
    'table',
    'thead',
    'tbody',
    'tfoot',
    'tr',
    'ul',
    'ol',
    'details',
    'colgroup',
    'dl',
  ].includes(node.tag);
}
