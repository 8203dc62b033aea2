import MarkdownItParser, { type MarkdownIt, type Token } from 'markdown-it';
import { useBlockRules } from './block-rules.ts';
import { useInlineRules } from './inline-rules.ts';
import { useMarkerRules } from './marker-rules.ts';
import { type LineProblem, notedProblems } from './parse-notes.ts';

const parser = dialectParser();

/** The tokens of a Markdown text in our dialect, and the problems its lines have by themselves. */
export function tokensOf(source: string): { tokens: Token[]; problems: readonly LineProblem[] } {
  const env = {};
  return { tokens: parser.parse(source, env), problems: notedProblems(env) };
}

function dialectParser(): MarkdownIt {
  const md = new MarkdownItParser({ html: true, linkify: true, maxNesting: 120 });
  // Addresses stay as written: they are checked and resolved when the tree is built.
  md.validateLink = () => true;
  md.normalizeLink = (url) => url;
  md.normalizeLinkText = (text) => text;
  md.linkify.set({ fuzzyLink: false, fuzzyIP: false, fuzzyEmail: true });
  for (const scheme of ['ftp:', '//']) md.linkify.add(scheme, null);
  linkifyWhatMayBeAddresses(md);
  md.core.ruler.disable(['replacements', 'smartquotes', 'text_join']);
  useBlockRules(md);
  useInlineRules(md);
  useMarkerRules(md);
  return md;
}

/**
 * What linkify looks for, schemes with slashes and mail addresses, has one of these marks. Its own
 * `test` begins with long patterns, whose compilation takes as long as the rest of a first page.
 */
function linkifyWhatMayBeAddresses({ linkify }: MarkdownIt): void {
  const match = linkify.match.bind(linkify);
  linkify.test = (text) => text.includes('://') || text.includes('@');
  linkify.match = (text) => match(text) ?? [];
}
