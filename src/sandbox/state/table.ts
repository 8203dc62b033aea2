/** Rows of one kind, found by id and walked newest first. */

export interface Row {
  readonly id: string;
  readonly updatedAt: number;
}

export interface Table<R extends Row> {
  find(id: string): R | undefined;
  /** A stretch of the rows, last updated first; of two updated at once the higher id first. */
  newest(offset: number, count: number): readonly R[];
  rows(): IterableIterator<R>;
  readonly size: number;
}

export interface WritableTable<R extends Row> extends Table<R> {
  put(row: R): void;
  remove(id: string): void;
  clear(): void;
}

/**
 * An in-memory table. Its order is kept up to date by moving one entry on each write, so a listing
 * costs its page and not the table.
 */
export function createTable<R extends Row>(): WritableTable<R> {
  const byId = new Map<string, R>();
  let oldestFirst: R[] = [];

  function placeOf(row: R): number {
    let low = 0;
    let high = oldestFirst.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = oldestFirst[middle];
      if (other !== undefined && isBefore(other, row)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function remove(id: string): void {
    const row = byId.get(id);
    if (row === undefined) return;
    byId.delete(id);
    oldestFirst.splice(placeOf(row), 1);
  }

  return {
    find: (id) => byId.get(id),
    newest(offset, count) {
      const end = Math.max(0, oldestFirst.length - offset);
      return oldestFirst.slice(Math.max(0, end - count), end).reverse();
    },
    rows: () => byId.values(),
    get size() {
      return byId.size;
    },
    put(row) {
      remove(row.id);
      byId.set(row.id, row);
      oldestFirst.splice(placeOf(row), 0, row);
    },
    remove,
    clear() {
      byId.clear();
      oldestFirst = [];
    },
  };
}

function isBefore(left: Row, right: Row): boolean {
  if (left.updatedAt !== right.updatedAt) return left.updatedAt < right.updatedAt;
  return compareIds(left.id, right.id) < 0;
}

/** Numeric ids by number, others by text. */
export function compareIds(left: string, right: string): number {
  const difference = Number(left) - Number(right);
  if (!Number.isNaN(difference) && difference !== 0) return difference;
  return left < right ? -1 : left > right ? 1 : 0;
}
