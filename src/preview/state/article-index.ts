import type { Article } from '../../model/article.ts';

/** The articles of a knowledge base by what asks for them, kept up with changes. */
export interface ArticleIndex {
  byId(id: string): Article | null;
  byPath(path: string): Article | null;
  inCollection(id: string | null): Iterable<Article>;
  /** All of them as far as paths and files go: the same array until one of these changes. */
  roster(): readonly Article[];
  /** The ones with these ids, in the order of the content. */
  inOrder(ids: ReadonlySet<string>): Article[];
  /** Takes the next articles; returns what went and what came. */
  take(next: readonly Article[]): Difference;
}

export interface Difference {
  gone: readonly Article[];
  fresh: readonly Article[];
}

export function createArticleIndex(): ArticleIndex {
  let all: readonly Article[] = [];
  let roster = all;
  const ids = new Map<string, Article>();
  const paths = new Map<string, Article>();
  const members = new Map<string | null, Set<Article>>();
  let places = new Map<string, number>();

  function remove(article: Article): void {
    ids.delete(article.id);
    paths.delete(article.path);
    members.get(article.collectionId)?.delete(article);
  }

  function add(article: Article): void {
    ids.set(article.id, article);
    paths.set(article.path, article);
    const known = members.get(article.collectionId);
    if (known === undefined) members.set(article.collectionId, new Set([article]));
    else known.add(article);
  }

  return {
    byId: (id) => ids.get(id) ?? null,
    byPath: (path) => paths.get(path) ?? null,
    inCollection: (id) => members.get(id) ?? [],
    roster: () => roster,
    inOrder: (wanted) =>
      [...wanted]
        .flatMap((id) => places.get(id) ?? [])
        .sort((a, b) => a - b)
        .flatMap((place) => all[place] ?? []),
    take(next) {
      const difference = differenceOf(all, next);
      const { gone, fresh } = difference;
      gone.forEach(remove);
      fresh.forEach(add);
      const isInPlace =
        all.length === next.length &&
        gone.every((article, index) => filesOf(article) === filesOf(fresh[index]));
      if (!isInPlace) {
        places = new Map(next.map(({ id }, place) => [id, place]));
        roster = next;
      }
      all = next;
      return difference;
    },
  };
}

/** What an article is called and where its texts lie. */
function filesOf(article: Article | undefined): string {
  if (article === undefined) return '';
  const { id, path, translations } = article;
  return [id, path, ...translations.map(({ file }) => file)].join('\n');
}

/** Where single articles changed in their places, without asking about all others. */
function differenceOf(before: readonly Article[], after: readonly Article[]): Difference {
  if (before.length === after.length) {
    const places = otherPlaces(before, after);
    const at = (articles: readonly Article[]) => places.flatMap((place) => articles[place] ?? []);
    if (places.length < 20) return { gone: at(before), fresh: at(after) };
  }
  const [kept, old] = [new Set(after), new Set(before)];
  return {
    gone: before.filter((article) => !kept.has(article)),
    fresh: after.filter((article) => !old.has(article)),
  };
}

function otherPlaces(before: readonly Article[], after: readonly Article[]): number[] {
  const places: number[] = [];
  for (let place = 0; place < before.length; place += 1) {
    if (before[place] !== after[place]) places.push(place);
  }
  return places;
}
