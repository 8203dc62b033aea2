import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';

type Element = DefaultTreeAdapterTypes.Element;

/** Written down apart from the renderer, so that a mistake in its list is seen here. */
const allowedElements = new Set(
  'p h1 h2 h3 h4 br hr ul ol li table thead tbody tr td th pre code b strong i em s del u a img div span details summary section iframe'.split(
    ' ',
  ),
);
const allowedAttributes = new Set(
  'class id href src alt width height start role colspan rowspan style frameborder allowfullscreen target rel data-tag data-align'.split(
    ' ',
  ),
);
const videoHosts =
  /^https:\/\/(?:www\.youtube\.com|www\.youtube-nocookie\.com|player\.vimeo\.com|fast\.wistia\.net|fast\.wistia\.com|www\.loom\.com|play\.vidyard\.com|streamio\.com)\//;

/**
 * Fails where HTML, read as a browser reads it, holds an element, attribute or address that could do
 * more than show text, an image or a known video player.
 */
export function assertInert(html: string): void {
  for (const element of elementsIn(parseFragment(html).childNodes)) {
    const { tagName, namespaceURI, attrs } = element;
    if (namespaceURI !== 'http://www.w3.org/1999/xhtml' || !allowedElements.has(tagName)) {
      throw new Error(`<${tagName}> stands in ${html}`);
    }
    for (const { name, value } of attrs) {
      if (!allowedAttributes.has(name)) throw new Error(`${name} of <${tagName}> in ${html}`);
      if (!isHarmless(tagName, name, value)) {
        throw new Error(`${name}=${JSON.stringify(value)} of <${tagName}> in ${html}`);
      }
    }
  }
}

function isHarmless(tag: string, name: string, value: string): boolean {
  if (name === 'style') return !/url\(|expression|import|position|@|\\/i.test(value);
  if (name === 'href') return ['https:', 'http:', 'mailto:', 'tel:'].includes(schemeOf(value));
  if (name === 'src' && tag === 'iframe') return videoHosts.test(value);
  if (name === 'src') return ['https:', 'http:'].includes(schemeOf(value));
  return true;
}

/** The scheme that a browser would follow: white space and control characters do not save it. */
function schemeOf(address: string): string {
  return URL.parse(address, 'https://base.example/')?.protocol ?? 'https:';
}

function* elementsIn(nodes: readonly DefaultTreeAdapterTypes.ChildNode[]): Generator<Element> {
  for (const node of nodes) {
    if (!('tagName' in node)) continue;
    yield node;
    yield* elementsIn(node.childNodes);
    if ('content' in node) yield* elementsIn(node.content.childNodes);
  }
}
