import { commitOnBranch, isBranch } from '../repository/history/commit-files.ts';
import type { Context } from './context.ts';
import type { Outcome } from './pull-outcome.ts';

const words = {
  updated: 'edited',
  conflict: 'in dispute',
  moved: 'moved',
  created: 'new',
  removed: 'removed',
} as const;

/** Commits what pull wrote on a branch of its own; the message lists it. @returns the branch */
export async function commitPulled(
  context: Context,
  outcomes: readonly Outcome[],
  assets: readonly string[],
): Promise<string> {
  const stem = `kb-pull/${context.today}`;
  let branch = stem;
  for (let number = 2; await isBranch(context.contentDir, branch); number++)
    branch = `${stem}-${number}`;
  const files = outcomes.map(({ pulled }) => pulled);
  const counts = (['updated', 'conflict', 'moved', 'created', 'removed'] as const).flatMap(
    (action) => {
      const count = files.filter((file) => file.action === action).length;
      return count === 0 ? [] : [`${count} ${words[action]}`];
    },
  );
  const lines = files.map(
    ({ file, action, from }) =>
      `- ${from === undefined ? file : `${from} → ${file}`}${action === 'updated' ? '' : ` (${action})`}`,
  );
  const message = `Bring edits made in Intercom into the files: ${counts.join(', ')}\n\n${lines.join('\n')}\n\nNot reviewed yet.\n`;
  const paths = files.flatMap(({ file, from }) => (from === undefined ? [file] : [from, file]));
  await commitOnBranch(context.contentDir, branch, [...paths, ...assets], message);
  return branch;
}
