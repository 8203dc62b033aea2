import { resolve } from 'node:path';
import type { Context } from '../commands/context.ts';
import { todayFrom } from '../commands/today.ts';
import { shellWord } from '../model/shell-word.ts';
import type { Values } from './values.ts';

/** Where this run stands: folders, day, workspace. KbError `usage` for a day that is none. */
export function contextFrom(
  values: Values,
  place: {
    cwd: string;
    env: NodeJS.ProcessEnv;
    now: Date;
    signal: AbortSignal;
    verbose: (line: string) => void;
    warn: (line: string) => void;
  },
): Context {
  const ledger = values.text('ledger');
  return {
    contentDir: resolve(place.cwd, values.text('content') ?? 'content'),
    ledgerPath: ledger === null ? null : resolve(place.cwd, ledger),
    cwd: place.cwd,
    today: todayFrom(values.text('today'), place.now),
    workspaceName: values.texts('workspace').at(-1) ?? null,
    env: place.env,
    signal: place.signal,
    verbose: place.verbose,
    warn: place.warn,
  };
}

/** The flags that name the same place again, so that a next step can be copied as it stands. */
export function placeFlags(values: Values): { place: string; content: string } {
  const flag = (name: string): string => {
    const value = values.texts(name).at(-1) ?? null;
    return value === null ? '' : ` --${name} ${shellWord(value)}`;
  };
  const content = flag('content') + flag('today');
  return { place: content + flag('ledger') + flag('workspace'), content };
}
