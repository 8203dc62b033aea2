import type { Driver } from './driver.ts';

/**
 * The gate that is written first: the file's last commit belongs to a merged pull request, or its
 * author's last merged one, and somebody said yes in it, once. Scorecard and its like ask no more.
 */
export async function naiveGate({ repository }: Driver, path: string): Promise<boolean> {
  const { git, pullRequests } = repository;
  const [last = ''] = await git.history('refs/heads/main', path);
  const merged = pullRequests.filter(({ state }) => state === 'MERGED');
  const found =
    merged.find(({ introduced }) => introduced.has(last)) ??
    merged.toSorted((a, b) => a.number - b.number).at(-1);
  return (
    found?.reviews.some(({ state }) => state === 'APPROVED') === true ||
    found?.events.some((event) => event.kind === 'dismissed' && event.from === 'APPROVED') === true
  );
}
