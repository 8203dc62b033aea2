import type { HtmlElement, HtmlNode } from './html-tree.ts';

export type Entities = 'plain' | 'named';

const VOID_TAGS: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'col', 'wbr']);

const TEXT_ALWAYS: readonly (readonly [RegExp, string])[] = [
  [/&/g, '&amp;'],
  [/</g, '&lt;'],
  [/>/g, '&gt;'],
];
const TEXT_NAMED: readonly (readonly [RegExp, string])[] = [
  [/\u00a0/g, '&nbsp;'],
  [/"/g, '&quot;'],
  [/'/g, '&#39;'],
];

/** Writes a body as HTML; `entities` says how characters that need no escape are written. */
export function serialise(nodes: readonly HtmlNode[], entities: Entities): string {
  return nodes.map((node) => serialiseNode(node, entities)).join('');
}

function serialiseNode(node: HtmlNode, entities: Entities): string {
  if (node.kind === 'text') return escapeText(node.text, entities);
  const opening = `<${node.tag}${serialiseAttributes(node)}>`;
  if (VOID_TAGS.has(node.tag)) return opening;
  const children = serialise(node.children, entities);
  // A parser drops the line feed right after <pre>: written twice, a leading one survives.
  const leading = node.tag === 'pre' && children.startsWith('\n') ? '\n' : '';
  return `${opening}${leading}${children}</${node.tag}>`;
}

function serialiseAttributes(node: HtmlElement): string {
  return Object.entries(node.attributes)
    .map(([name, value]) =>
      value === '' && name !== 'alt' ? ` ${name}` : ` ${name}="${escapeAttribute(value)}"`,
    )
    .join('');
}

function escapeText(text: string, entities: Entities): string {
  const rules = entities === 'named' ? [...TEXT_ALWAYS, ...TEXT_NAMED] : TEXT_ALWAYS;
  return rules.reduce((escaped, [character, entity]) => escaped.replace(character, entity), text);
}

function escapeAttribute(value: string): string {
  return value
    .replace(/&/g, '&amp;')
    .replace(/"/g, '&quot;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}
