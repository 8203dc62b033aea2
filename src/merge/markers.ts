import { diffArrays } from 'diff';

/** Two texts as one, with standard conflict markers around the lines in which they differ. */
export function withMarkers(
  ours: string,
  theirs: string,
  labels: { ours: string; theirs: string },
): { text: string; lines: number[] } {
  const marked: string[] = [];
  const lines: number[] = [];
  let open: { ours: string[]; theirs: string[] } | null = null;
  const close = (): void => {
    if (open === null) return;
    lines.push(marked.length + 1);
    marked.push(`<<<<<<< ${labels.ours}`, ...open.ours, '=======', ...open.theirs);
    marked.push(`>>>>>>> ${labels.theirs}`);
    open = null;
  };
  for (const part of diffArrays(ours.split('\n'), theirs.split('\n'))) {
    if (!part.added && !part.removed) {
      close();
      marked.push(...part.value);
      continue;
    }
    const hunk: { ours: string[]; theirs: string[] } = open ?? { ours: [], theirs: [] };
    open = hunk;
    (part.removed ? hunk.ours : hunk.theirs).push(...part.value);
  }
  close();
  return { text: marked.join('\n'), lines };
}
