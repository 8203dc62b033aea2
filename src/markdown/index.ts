export { canonical, canonicalHash, type Identify } from './canonical.ts';
export { headingIds, type StoredHeading } from './heading-ids.ts';
export type { MarkdownContext, ParsedMarkdown } from './markdown-context.ts';
export { parseMarkdown } from './parse-markdown.ts';
export { predict } from './predict.ts';
export { type RenderOptions, renderHtml } from './render-html.ts';
export { signedHost, withoutSignature } from './signatures.ts';
export { storability } from './storability.ts';
export { substituteVariables } from './variables.ts';
