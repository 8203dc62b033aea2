import { type MarkdownContext, parseMarkdown, substituteVariables } from '../../markdown/index.ts';
import type { Article, MarkdownProblem, Stamp, Translation } from '../../model/article.ts';
import { type Availability, both, type Config, nobody } from '../../model/config.ts';
import { articleDigest, textDigest } from '../../model/digest.ts';
import type { AvailabilityInFile, StampInFile } from '../schema/front-matter-schema.ts';
import type { ArticleFile, ParsedFile } from './article-file.ts';
import type { ArticleGroup } from './article-group.ts';
import type { Place } from './line-index.ts';

export type ContextOf = (text: {
  file: string;
  articleId: string | null;
  locale: ArticleFile['locale'];
  firstLine: number;
}) => MarkdownContext;

/**
 * An article with its translations, as readers get them. Where a value could not be read, the side
 * that shows less is taken: internal, draft, nobody's AI.
 */
export function buildArticle(
  group: ArticleGroup & { id: string },
  parts: { config: Config; collectionId: string | null; contextOf: ContextOf },
): Article {
  const { config, collectionId, contextOf } = parts;
  const { frontMatter, wrong } = group.source.parsed ?? nothing;
  const visibility = frontMatter.visibility ?? (wrong.has('visibility') ? 'internal' : 'public');
  const finAudiences = frontMatter.finAudiences ?? [];
  const translations = config.locales.flatMap((locale) =>
    group.files
      .filter((file) => file.locale === locale)
      .flatMap(({ path, parsed }): Translation[] => {
        if (parsed === null) return [];
        const context = contextOf({
          file: path,
          articleId: group.id,
          locale,
          firstLine: parsed.bodyLine,
        });
        const text = readTexts(parsed, context);
        const body = parseMarkdown(parsed.body, context);
        const fin = wrong.has('finAudiences') ? nobody : effectiveFin(parsed, config.ai);
        const digest = textDigest({ ...text, body: body.tree });
        return [
          {
            articleId: group.id,
            locale,
            file: path,
            title: text.title,
            description: text.description,
            body: body.tree,
            outline: body.outline,
            references: body.references,
            problems: [...text.problems, ...body.problems],
            includes: body.includes,
            assets: body.assets,
            publication:
              parsed.frontMatter.publication ??
              (parsed.wrong.has('publication') ? 'draft' : 'published'),
            fin,
            questions: parsed.frontMatter.questions ?? [],
            redirects: parsed.frontMatter.redirects ?? [],
            translationOf: parsed.frontMatter.translationOf ?? null,
            review: stampFrom(parsed.frontMatter.review),
            textDigest: digest,
            articleDigest: articleDigest({ textDigest: digest, visibility, fin, finAudiences }),
          },
        ];
      }),
  );
  return {
    id: group.id,
    path: group.path,
    sourceLocale: group.source.locale,
    collectionId,
    author: frontMatter.author ?? null,
    visibility,
    tags: frontMatter.tags ?? null,
    finAudiences,
    order: frontMatter.order ?? null,
    source: sourceFrom(frontMatter.source),
    translations,
  };
}

const nothing: Pick<ParsedFile, 'frontMatter' | 'wrong'> = { frontMatter: {}, wrong: new Set() };

function readTexts(
  { frontMatter, titlePlace, descriptionPlace }: ParsedFile,
  context: MarkdownContext,
) {
  const title = readText(frontMatter.title ?? '', titlePlace, context);
  const description = readText(frontMatter.description ?? '', descriptionPlace, context);
  return {
    title: title.text,
    description: description.text,
    problems: [...title.problems, ...description.problems],
  };
}

/** A title or description as readers see it: variables put in, white space as one space. */
export function readText(
  written: string,
  place: Place,
  context: Pick<MarkdownContext, 'variable' | 'variableNames'>,
): { text: string; problems: MarkdownProblem[] } {
  const { text, problems } = substituteVariables(oneLine(written), context);
  return {
    text: oneLine(text),
    problems: problems.map((it) => ({
      ...it,
      line: place.line,
      column: place.column + it.column - 1,
    })),
  };
}

/** White space does not count; a no-break space does (a reader sees it). */
function oneLine(text: string): string {
  return text.replace(/[ \t\r\n\f]+/g, ' ').replace(/^ | $/g, '');
}

function effectiveFin({ frontMatter, wrong }: ParsedFile, ceilings: Availability): Availability {
  if (wrong.has('fin')) return nobody;
  return both(wanted(frontMatter.fin ?? {}, ceilings), ceilings);
}

function wanted(fin: AvailabilityInFile, defaults: Availability): Availability {
  return {
    agent: fin.agent ?? defaults.agent,
    copilot: fin.copilot ?? defaults.copilot,
    salesAgent: fin.salesAgent ?? defaults.salesAgent,
  };
}

/** A stamp as the program uses it. */
export function stampFrom(stamp: StampInFile | undefined): Stamp | null {
  if (stamp === undefined) return null;
  const { by, on, digest } = stamp;
  return { by, on, digest, baseline: stamp.baseline ?? false, until: stamp.until ?? null };
}

function sourceFrom(source: NonNullable<ArticleFile['parsed']>['frontMatter']['source']) {
  if (source === undefined) return null;
  const { system, id, segment } = source;
  return {
    system,
    id: String(id),
    segment: segment === undefined || segment === null ? null : String(segment),
  };
}
