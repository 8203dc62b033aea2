import GithubSlugger from 'github-slugger';
import type { MarkdownProblem, OutlineHeading } from '../model/article.ts';
import type { Block } from '../model/tree.ts';
import { inlineText } from '../model/tree-text.ts';
import type { MarkdownContext, ParsedMarkdown } from './markdown-context.ts';
import { maxNesting } from './nesting.ts';
import { BlockBuilder } from './parse/build-blocks.ts';
import { conflictLines } from './parse/conflict-markers.ts';
import { tokensOf } from './parse/dialect-parser.ts';
import { type MetHeading, Reading, SourceReading } from './parse/reading.ts';
import type { Place } from './parse/source-text.ts';
import { nearest } from './variables.ts';

const maxIncludeDepth = 10;
const maxExpansions = 500;

/**
 * Reads an article's Markdown body as the canonical tree of what readers get: includes and variables
 * put in, links and images resolved by the context. Never throws on any text: what is wrong is in
 * `problems`, and what the dialect does not allow is in the tree as plain text at most.
 */
export function parseMarkdown(source: string, context: MarkdownContext): ParsedMarkdown {
  const reading = new Reading(context);
  const article = new SourceReading(reading, {
    text: source,
    firstLine: context.firstLine,
    chain: [],
    hostPlace: null,
  });
  const { blocks, lines } = blocksOf(article, 0);
  const outline = anchorHeadings(reading.headings);
  return {
    tree: blocks,
    outline,
    references: reading.references,
    problems: distinct(reading.problems).toSorted(byPlace),
    includes: [...reading.includes],
    assets: [...reading.assets],
    blockLines: lines.map((line) => context.firstLine + line),
  };
}

/** An include that stands in an article twice has its problems once. */
function distinct(problems: readonly MarkdownProblem[]): MarkdownProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function byPlace(a: Place & { include: string | null }, b: Place & { include: string | null }) {
  if (a.include !== b.include) return (a.include ?? '') < (b.include ?? '') ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}

function blocksOf(source: SourceReading, depth: number): { blocks: Block[]; lines: number[] } {
  const { tokens, problems } = tokensOf(source.text.text);
  for (const { line, problem } of problems) source.report(source.text.lineStart(line), problem);
  for (const line of conflictLines(source.text.text, tokens))
    source.report(source.text.lineStart(line), {
      rule: 'conflict-marker',
      message: 'a merge is not finished here: both versions stand in the text',
      hint: 'keep one, and remove the lines with <<<<<<<, ======= and >>>>>>>',
    });
  const builder = new BlockBuilder(source, tokens, {
    depth,
    readInclude: (name, place, includeDepth) => includedBlocks(source, name, place, includeDepth),
  });
  const blocks = builder.build();
  return { blocks, lines: builder.rootLines };
}

function includedBlocks(host: SourceReading, name: string, place: Place, depth: number): Block[] {
  const { reading } = host;
  const { context } = reading;
  if (host.chain.includes(name)) {
    const chain = [...host.chain.slice(host.chain.indexOf(name)), name].join(' → ');
    host.report(place, {
      rule: 'include-cycle',
      message: `include "${name}" includes itself: ${chain}`,
      hint: 'take one of these includes out',
    });
    return [];
  }
  if (host.chain.length >= maxIncludeDepth || reading.expansions >= maxExpansions) {
    host.report(place, {
      rule: 'include-cycle',
      message: `include "${name}" is not put in: ${
        host.chain.length >= maxIncludeDepth
          ? `includes stand in each other at most ${maxIncludeDepth} deep`
          : `an article holds at most ${maxExpansions} includes`
      }`,
      hint: 'write the text itself instead of an include',
    });
    return [];
  }
  const text = context.include(name);
  if (text === null) {
    const suggestion = nearest(name, context.includeNames);
    host.report(place, {
      rule: 'include-missing',
      message: `there is no include "${name}" in ${context.locale}`,
      hint:
        suggestion === null
          ? /^[\p{L}\p{N}][\p{L}\p{N}/_-]*$/u.test(name)
            ? `add _includes/${name}.${context.locale}.md`
            : 'an include is named by its path in _includes, without locale and .md'
          : `did you mean {{> ${suggestion} }}?`,
    });
    return [];
  }
  reading.expansions++;
  reading.includes.add(name);
  const included = new SourceReading(reading, {
    text,
    firstLine: 1,
    chain: [...host.chain, name],
    hostPlace: host.hostPlace ?? place,
  });
  return blocksOf(included, Math.min(depth, maxNesting)).blocks;
}

/** Gives each heading its anchor: the written one, else GitHub's slug of its text, each only once. */
function anchorHeadings(headings: readonly MetHeading[]): OutlineHeading[] {
  const slugger = new GithubSlugger();
  const taken = new Set<string>();
  for (const { explicitAnchor } of headings)
    if (explicitAnchor !== null) slugger.occurrences[explicitAnchor] ??= 0;
  return headings.map(({ heading, explicitAnchor, place, report }) => {
    const text = inlineText(heading.children).replace(/\s+/g, ' ').trim();
    if (explicitAnchor !== null && taken.has(explicitAnchor)) {
      report({
        rule: 'anchor-duplicate',
        message: `anchor {#${explicitAnchor}} is used by another heading above`,
        hint: 'links find only the first one: give this heading an anchor of its own',
      });
    }
    const isFree = explicitAnchor !== null && !taken.has(explicitAnchor);
    const anchor = isFree
      ? explicitAnchor
      : slugger.slug(explicitAnchor ?? (text === '' ? 'section' : text));
    taken.add(anchor);
    heading.anchor = anchor;
    return { level: heading.level, anchor, text, ...place };
  });
}
