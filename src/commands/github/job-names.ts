/** The jobs of a workflow. In a file of its own: help and parser need no more than their names. */
export const jobs = ['pr', 'publish', 'nightly'] as const;
export type Job = (typeof jobs)[number];

export function isJob(name: string): name is Job {
  return (jobs as readonly string[]).includes(name);
}
