/**
 * Maps with at most `limit` calls under way: thousands of files must not open thousands of handles.
 * Results keep the order of the items.
 */
export async function boundedMap<Item, Result>(
  items: readonly Item[],
  limit: number,
  convert: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = new Array(items.length);
  const entries = items.entries();
  async function work(): Promise<void> {
    for (const [index, item] of entries) results[index] = await convert(item);
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  return results;
}
