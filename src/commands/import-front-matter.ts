import { mergedValue } from '../merge/index.ts';
import { type Publication, type Visibility, visibilities } from '../model/article.ts';
import type { KeyChange } from '../repository/index.ts';
import type { FrontMatter } from '../repository/schema/front-matter-schema.ts';
import type { ImportedArticle, ImportedText } from '../zendesk/index.ts';

/** The front matter that an import brings: of a text, and in the source-locale file of its article. */
export interface IncomingKeys {
  title: string;
  publication: Publication;
  redirects: readonly string[];
  /** null in a translation's file. */
  article: {
    id: string;
    sourceId: string;
    author: string | null;
    visibility: Visibility;
    segment: string | null;
    tags: readonly string[];
    order: number | null;
  } | null;
}

/** What Zendesk says of a text. */
export function incomingKeys(article: ImportedArticle, text: ImportedText): IncomingKeys {
  const { title, publication, redirects } = text;
  return {
    ...{ title, publication, redirects },
    article: text.locale === article.sourceLocale ? article : null,
  };
}

/** The front matter of a new file. */
export function newKeys({ title, publication, redirects, article }: IncomingKeys): KeyChange[] {
  const own: [string, unknown][] =
    article === null
      ? []
      : [
          ['id', article.id],
          ['author', article.author],
          ['visibility', article.visibility === 'public' ? null : article.visibility],
          ['tags', article.tags.length === 0 ? null : article.tags],
          ['order', article.order],
          ['source', { system: 'zendesk', id: article.sourceId, segment: article.segment }],
        ];
  const keys: [string, unknown][] = [
    ...own,
    ['title', title],
    ['description', ''],
    ['publication', publication],
    ['redirects', redirects.length === 0 ? null : redirects],
  ];
  return keys.filter(([, value]) => value !== null).map(([key, value]) => ({ path: [key], value }));
}

export interface MergedKeys {
  changes: KeyChange[];
  /** Keys that both sides changed: ours stay. */
  disputed: string[];
  /** What a person should know; null: nothing. */
  note: string | null;
}

/**
 * Merges front matter three ways: lists by their entries, single values by who changed them. Who may
 * read an article is different: it only ever becomes fewer by an import, whatever stands here.
 *
 * @param base front matter as imported last; null: not on record, and then only visibility is looked at
 */
export function mergedKeys(
  base: FrontMatter | null,
  ours: FrontMatter,
  incoming: IncomingKeys,
): MergedKeys {
  const changes: KeyChange[] = [];
  const disputed: string[] = [];
  const set = (path: readonly string[], value: unknown): void => {
    changes.push({ path, value });
  };
  const single = (key: 'title' | 'publication' | 'author' | 'order', theirs: unknown): void => {
    const [before, now] = [base?.[key] ?? usual[key], ours[key] ?? usual[key]];
    const merged = mergedValue<unknown>(before, now, theirs ?? undefined);
    if (merged === undefined && theirs !== null) disputed.push(key);
    else if (merged !== undefined && merged !== now) set([key], merged);
  };
  const list = (key: 'tags' | 'redirects', theirs: readonly string[]): void => {
    const now = ours[key] ?? [];
    const merged = mergedList(base?.[key] ?? [], now, theirs);
    if (merged.join('\n') !== now.join('\n')) set([key], merged);
  };
  const { article } = incoming;
  if (base !== null) {
    single('title', incoming.title);
    single('publication', incoming.publication);
    list('redirects', incoming.redirects);
    if (article !== null) {
      single('author', article.author);
      single('order', article.order);
      list('tags', article.tags);
    }
  }
  const note = article === null ? null : restrict(ours, article, set);
  return { changes, disputed, note };
}

const usual: Partial<FrontMatter> = { publication: 'published' };

/** Entries that came are added, entries that went are taken out; what else stands here stays. */
function mergedList(
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
): string[] {
  const gone = base.filter((entry) => !theirs.includes(entry));
  const come = theirs.filter((entry) => !base.includes(entry) && !ours.includes(entry));
  return [...ours.filter((entry) => !gone.includes(entry)), ...come];
}

function restrict(
  ours: FrontMatter,
  article: NonNullable<IncomingKeys['article']>,
  set: (path: readonly string[], value: unknown) => void,
): string | null {
  const now = ours.visibility ?? 'public';
  if (ours.source !== undefined && String(ours.source.segment ?? '') !== (article.segment ?? ''))
    set(['source', 'segment'], article.segment);
  if (rank(article.visibility) > rank(now)) {
    set(['visibility'], article.visibility);
    return `only some may read it in Zendesk now, so it is ${article.visibility} here`;
  }
  const wasOpened = rank(article.visibility) < rank(now) && (ours.source?.segment ?? null) !== null;
  return wasOpened && article.segment === null
    ? `everybody may read it in Zendesk now; it stays ${now} here until somebody changes that`
    : null;
}

function rank(visibility: Visibility): number {
  return visibilities.indexOf(visibility);
}
