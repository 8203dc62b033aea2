import type { Locale } from '../../model/locale.ts';
import { type ArticleFile, strayArticleKeys } from './article-file.ts';
import { freeId } from './item-id.ts';
import { compareText, type Problem, problem } from './problem.ts';

/** The files that share a path up to the locale. */
export interface ArticleGroup {
  /** Path without locale and extension. */
  path: string;
  files: readonly ArticleFile[];
  /** The file with the id, or the one that should have it. */
  source: ArticleFile;
  /** Null where no readable file has one. */
  id: string | null;
}

/** A problem together with the file it lies in. */
export interface ProblemIn {
  file: string;
  problem: Problem;
}

/** Groups article files by path, and finds the source-locale file of each group. */
export function groupArticles(
  files: readonly ArticleFile[],
  defaultLocale: Locale,
): ArticleGroup[] {
  const byPath = new Map<string, ArticleFile[]>();
  for (const file of files) {
    const path = file.path.slice(0, -`.${file.locale}.md`.length);
    const group = byPath.get(path);
    if (group === undefined) byPath.set(path, [file]);
    else group.push(file);
  }
  return [...byPath]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([path, group]) => {
      const inDefaultLocale = group.filter(({ locale }) => locale === defaultLocale);
      const ranked = [...inDefaultLocale, ...group.filter((it) => !inDefaultLocale.includes(it))];
      const withId = ranked.find(({ parsed }) => parsed !== null && parsed.id !== null);
      const source = withId ?? ranked[0];
      if (source === undefined) return [];
      return [{ path, files: group, source, id: source.parsed?.id ?? null }];
    });
}

/** What is wrong with the identity of one article, by file. */
export function identityProblems(group: ArticleGroup, takenIds: ReadonlySet<string>): ProblemIn[] {
  const withId = group.files.filter(({ parsed }) => parsed !== null && parsed.id !== null);
  if (withId.length > 1) return withId.map((file) => secondSource(file, withId));
  if (withId.length === 1) {
    return group.files
      .filter((file) => file !== group.source)
      .flatMap((file) =>
        strayArticleKeys(file, group.source).map((it) => ({ file: file.path, problem: it })),
      );
  }
  // An unreadable file may hold the id: telling its sibling to make one up would split the article.
  if (group.files.some(({ parsed }) => parsed === null || parsed.wrong.has('id'))) return [];
  return [{ file: group.source.path, problem: missingId(group, takenIds) }];
}

function secondSource(file: ArticleFile, all: readonly ArticleFile[]): ProblemIn {
  const others = all.filter((it) => it !== file).map(({ path }) => path);
  return {
    file: file.path,
    problem: problem(
      'source-locale',
      `an article has one id, in one file; ${others.join(' and ')} ${others.length === 1 ? 'has' : 'have'} one, too`,
      {
        ...(file.parsed === null ? {} : { at: file.parsed.idPlace }),
        hint: 'Keep the id in the file the article is written in first, remove it from the others.',
      },
    ),
  };
}

function missingId(group: ArticleGroup, takenIds: ReadonlySet<string>): Problem {
  const value = freeId(group.path, takenIds, 'article');
  return problem('id-missing', 'no file of this article has an id', {
    hint: `kb check --fix adds it: id: ${value}`,
    fix: { kind: 'front-matter', file: group.source.path, path: ['id'], value },
  });
}
