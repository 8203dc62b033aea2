import { shellWord } from '../../model/shell-word.ts';
import { type ArticleGroup, identityProblems, type ProblemIn } from './article-group.ts';
import { collectionFileOf } from './collection-files.ts';
import { folderOf } from './content-path.ts';
import { type Problem, problem } from './problem.ts';

/** The articles whose identity is clear, and what stands in the way of the others. */
export interface IdentifiedArticles {
  articles: (ArticleGroup & { id: string })[];
  problems: ProblemIn[];
  /** Files that stand for an article nobody can name: without id, or with one that is taken. */
  unreadable: string[];
}

/** Who is who: ids, source-locale files, duplicates, and folders that are no collection. */
export function identifyArticles(
  groups: readonly ArticleGroup[],
  collectionIds: ReadonlyMap<string, string>,
): IdentifiedArticles {
  const problems: ProblemIn[] = [];
  const unreadable: string[] = [];
  const articles: (ArticleGroup & { id: string })[] = [];
  const byId = new Map<string, ArticleGroup>();
  const takenIds = new Set(groups.flatMap(({ id }) => id ?? []));
  for (const group of groups) {
    const identity = identityProblems(group, takenIds);
    problems.push(...identity, ...collectionProblems(group, collectionIds));
    for (const { problem: it } of identity) {
      if (it.fix?.kind === 'front-matter') takenIds.add(String(it.fix.value));
    }
    const { id } = group;
    if (id === null) {
      unreadable.push(...group.files.map(({ path }) => path));
      continue;
    }
    unreadable.push(...otherSources(group));
    const first = byId.get(id);
    if (first === undefined) {
      byId.set(id, group);
      articles.push({ ...group, id });
    } else {
      unreadable.push(...group.files.map(({ path }) => path));
      problems.push(duplicateId(id, group, first), duplicateId(id, first, group));
    }
  }
  return { articles, problems, unreadable };
}

/** Files with an id of their own beside the one that counts: theirs must not look removed. */
function otherSources({ files, source, id }: ArticleGroup): string[] {
  return files
    .filter(({ parsed }) => parsed !== null && parsed.id !== null && parsed.id !== id)
    .filter((file) => file !== source)
    .map(({ path }) => path);
}

function duplicateId(id: string, { source }: ArticleGroup, other: ArticleGroup): ProblemIn {
  return {
    file: source.path,
    problem: problem('id-duplicate', `the article ${other.source.path} has the id "${id}", too`, {
      ...(source.parsed === null ? {} : { at: source.parsed.idPlace }),
      hint: 'Give the newer of the two another id; the older one keeps its history.',
    }),
  };
}

/** Each file of the article is told, as its place in the help center is unknown. */
function collectionProblems(
  group: ArticleGroup,
  collectionIds: ReadonlyMap<string, string>,
): ProblemIn[] {
  const folder = folderOf(group.path);
  if (folder === '' || collectionIds.has(folder)) return [];
  const it: Problem = problem(
    'collection-missing',
    `the folder ${folder} has no usable _collection.yaml`,
    {
      hint: `If ${collectionFileOf(folder)} is there, kb check says what is wrong with it; else kb new collection ${shellWord(folder)}`,
    },
  );
  return [{ file: group.source.path, problem: it }];
}
