import {
  element,
  type HtmlElement,
  type HtmlNode,
  hasClass,
  mapElements,
  withAttribute,
  withClass,
  withoutAttribute,
} from './html-tree.ts';

/** Habits that change attributes only. */

function mapTag(
  nodes: readonly HtmlNode[],
  tag: string,
  change: (node: HtmlElement) => HtmlElement,
): readonly HtmlNode[] {
  return mapElements(nodes, (node) => [node.tag === tag ? change(node) : node]);
}

/** `paragraphClass: added` */
export function markParagraphs(nodes: readonly HtmlNode[]): readonly HtmlNode[] {
  return mapTag(nodes, 'p', (node) => withClass(node, 'no-margin'));
}

/** `linkAttributes: added` */
export function markLinks(nodes: readonly HtmlNode[]): readonly HtmlNode[] {
  return mapTag(nodes, 'a', (node) => {
    if (node.attributes.href === undefined) return node;
    const opened = withAttribute(node, 'target', '_blank');
    return hasClass(node, 'intercom-h2b-button')
      ? opened
      : withClass(opened, 'intercom-content-link');
  });
}

/** `imageStyle: rewritten` */
export function restyleImages(nodes: readonly HtmlNode[]): readonly HtmlNode[] {
  return mapTag(nodes, 'img', (node) => {
    const plain = withoutAttribute(node, 'style');
    return plain.attributes.width === undefined
      ? plain
      : withAttribute(plain, 'style', 'height: auto;');
  });
}

/** `olStart: stripped` */
export function dropListStarts(nodes: readonly HtmlNode[]): readonly HtmlNode[] {
  return mapTag(nodes, 'ol', (node) => withoutAttribute(node, 'start'));
}

/** Replaces the address of every image. */
export function readdressImages(
  nodes: readonly HtmlNode[],
  addressOf: (source: string) => string,
): readonly HtmlNode[] {
  return mapTag(nodes, 'img', (node) =>
    element('img', { ...node.attributes, src: addressOf(node.attributes.src ?? '') }, []),
  );
}
