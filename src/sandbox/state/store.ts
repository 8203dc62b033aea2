import type { ArticleVersion, StoredImage } from './entities.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { createTable, type Table, type WritableTable } from './table.ts';
import type { Op, TableName, Tables } from './tables.ts';

/** First ids, apart from each other: a mixed-up id then fails instead of finding something else. */
const FIRST_ID = {
  articles: 1001,
  contents: 50_001,
  versions: 70_001,
  collections: 201,
  internalArticles: 8001,
  tags: 301,
  audiences: 1,
  redirects: 21,
  images: 34_463_001,
} as const;
export type Sequence = keyof typeof FIRST_ID;

export interface Store {
  readonly tables: { readonly [Name in TableName]: Table<Tables[Name]> };
  /** Draws an id. It is used up for good with the next commit. */
  nextId(sequence: Sequence): string;
  /** No id up to this one is drawn any more. */
  reserveIds(sequence: Sequence, upTo: number): void;
  /** Applies all operations or none: in memory, and as one line of the journal. */
  commit(ops: readonly Op[]): void;
  /** Versions of one article, oldest first. */
  versionsOf(articleId: string): readonly ArticleVersion[];
  /** The image taken from an address, if it was taken before. */
  imageOf(source: string): StoredImage | undefined;
  /** Every change so far: something derived from the rows is good while this number stands. */
  readonly revision: number;
  reset(): void;
  close(): void;
}

/** A store that starts with what its journal remembers. */
export function openStore(journal: Journal): Store {
  const tables: { readonly [Name in TableName]: WritableTable<Tables[Name]> } = {
    articles: createTable(),
    versions: createTable(),
    collections: createTable(),
    internalArticles: createTable(),
    tags: createTable(),
    audiences: createTable(),
    redirects: createTable(),
    images: createTable(),
    assets: createTable(),
    settings: createTable(),
  };
  const versions = new Map<string, ArticleVersion[]>();
  const imagesBySource = new Map<string, StoredImage>();
  let counters: Record<string, number> = {};
  let revision = 0;

  function clear(): void {
    for (const table of Object.values(tables)) table.clear();
    versions.clear();
    imagesBySource.clear();
    counters = {};
  }

  function index(op: Op): void {
    if (op.table === 'versions' && op.row !== null) indexVersion(op.row as ArticleVersion);
    if (op.table === 'articles' && op.row === null) {
      for (const version of versions.get(op.id) ?? []) tables.versions.remove(version.id);
      versions.delete(op.id);
    }
    if (op.table === 'images' && op.row !== null) {
      const image = op.row as StoredImage;
      imagesBySource.set(image.source, image);
    }
  }

  function indexVersion(version: ArticleVersion): void {
    const known = versions.get(version.articleId) ?? [];
    const place = known.findIndex((other) => other.id === version.id);
    if (place >= 0) known[place] = version;
    else known.push(version);
    versions.set(version.articleId, known);
  }

  function applyOp(op: Op): void {
    const table = tables[op.table] as WritableTable<Tables[TableName]>;
    if (op.row === null) table.remove(op.id);
    else table.put(op.row);
    index(op);
  }

  function applyEntry(entry: JournalEntry): void {
    if (entry.reset === true) clear();
    for (const op of entry.ops) applyOp(op);
    counters = { ...counters, ...entry.counters };
  }

  for (const entry of journal.entries()) applyEntry(entry);
  journal.compact(currentState());

  function currentState(): JournalEntry[] {
    const lines: JournalEntry[] = [{ ops: [], counters }];
    for (const name of Object.keys(tables) as TableName[]) {
      for (const row of tables[name].rows())
        lines.push({ ops: [{ table: name, id: row.id, row }], counters: {} });
    }
    return lines;
  }

  return {
    tables,
    nextId(sequence) {
      const next = (counters[sequence] ?? FIRST_ID[sequence] - 1) + 1;
      counters = { ...counters, [sequence]: next };
      return String(next);
    },
    reserveIds(sequence, upTo) {
      const last = counters[sequence] ?? FIRST_ID[sequence] - 1;
      if (upTo > last) counters = { ...counters, [sequence]: upTo };
    },
    commit(ops) {
      journal.append({ ops, counters });
      for (const op of ops) applyOp(op);
      revision += 1;
    },
    versionsOf: (articleId) => versions.get(articleId) ?? [],
    imageOf: (source) => imagesBySource.get(source),
    get revision() {
      return revision;
    },
    reset() {
      journal.append({ reset: true, ops: [], counters: {} });
      clear();
      revision += 1;
    },
    close: () => journal.close(),
  };
}
