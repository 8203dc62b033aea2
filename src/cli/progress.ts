import type { Progress } from '../publish/outcome.ts';
import type { Output } from './output.ts';

/** What takes less shows no progress. */
const firstShownAfterMs = 300;
const betweenPaintsMs = 100;

/** Shows how far a run is on one line of stderr, where somebody watches; `clear` before anything else is written. */
export function createProgress(
  output: Output,
  now: () => number,
  render: (phases: readonly Progress[]) => string,
): { tell(progress: Progress): void; clear(): void } {
  const phases = new Map<string, Progress>();
  let startedAt: number | null = null;
  let paintedAt: number | null = null;
  return {
    tell: (progress) => {
      phases.set(progress.phase, progress);
      if (!output.watched) return;
      const at = now();
      startedAt ??= at;
      if (at - startedAt < firstShownAfterMs) return;
      if (paintedAt !== null && at - paintedAt < betweenPaintsMs) return;
      paintedAt = at;
      output.status(render([...phases.values()]));
    },
    clear: () => {
      if (paintedAt !== null) output.status('');
      paintedAt = null;
    },
  };
}
