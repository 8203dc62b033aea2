import { parseFragment } from 'parse5';

/** One tag as it stands in Markdown. */
export interface HtmlTag {
  /** Lower case. */
  name: string;
  isClosing: boolean;
  isSelfClosing: boolean;
  /** Names in lower case, entities decoded; the first of equal names counts, as in HTML. */
  attributes: ReadonlyMap<string, string>;
}

const tagPattern = /^<(\/?)([A-Za-z][A-Za-z0-9-]*)([\s\S]*?)(\/?)>$/;
const attributePattern = /([^\s"'<>/=\u0000]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;

/** Reads the text of one opening or closing tag; null for comments, declarations and the like. */
export function parseTag(text: string): HtmlTag | null {
  const match = tagPattern.exec(text);
  if (match === null) return null;
  const [, slash = '', name = '', rest = '', selfClosing = ''] = match;
  const attributes = new Map<string, string>();
  for (const [, key = '', double, single, bare] of rest.matchAll(attributePattern)) {
    const attribute = key.toLowerCase();
    if (!attributes.has(attribute))
      attributes.set(attribute, decodeEntities(double ?? single ?? bare ?? ''));
  }
  return {
    name: name.toLowerCase(),
    isClosing: slash === '/',
    isSelfClosing: selfClosing === '/',
    attributes,
  };
}

function decodeEntities(value: string): string {
  if (!value.includes('&')) return value;
  const [node] = parseFragment(`<i title="${value.replaceAll('"', '&quot;')}">`).childNodes;
  return node !== undefined && 'attrs' in node ? (node.attrs[0]?.value ?? value) : value;
}
