// Read by old versions of Node before anything else: only syntax that Node 14 parses.

/** The oldest Node this program runs on. */
export const oldestNode = '22.12';

/**
 * What is wrong with this version of Node (`v20.20.2`), or null when it will do. An install with
 * scripts switched off leaves the machine's old Node in charge, so it is asked at every start.
 */
export function nodeVersionProblem(version: string): string | null {
  const found = version.replace(/^v/, '').split('.').map(Number);
  const needed = oldestNode.split('.').map(Number);
  const newer =
    found[0] === needed[0]
      ? Number(found[1]) >= Number(needed[1])
      : Number(found[0]) > Number(needed[0]);
  return newer ? null : `kb needs Node ${oldestNode} or newer; this is ${version}.`;
}
