import { join } from 'node:path';
import { expect } from 'vitest';
import { checkOut, filesBelow, runStep } from './action.ts';
import { emptyFolder } from './content-builder.ts';
import type { Driver } from './github/driver.ts';
import { type Github, openGithub, type TokenWish } from './github/emulator.ts';
import type { PullRequest } from './github/world.ts';
import {
  article,
  collection,
  type Situation,
  type SituationOptions,
  situation,
  workspaceConfig,
} from './workspace.ts';

export const secret = 'dG9rOnNlY3JldC1vZi10aGUtd29ya3NwYWNl';
export const all: TokenWish = {
  contents: 'write',
  pullRequests: 'write',
  issues: 'write',
  checks: 'write',
};

export const files = {
  ...collection('konto', { de: 'Konto' }),
  ...article(
    'konto/passwort',
    { de: { title: 'Passwort ändern', body: 'Der Link ist 24 Stunden gültig.\n' } },
    { questions: '[Wie lange gilt der Link?]' },
  ),
  ...article('konto/sso', { de: { title: 'Einmal anmelden' } }),
  ...Object.assign({}, ...[1, 2, 3].map((n) => article(`konto/x${n}`, { de: { title: `X${n}` } }))),
};

/** A repository on GitHub with reviewed content, and the Intercom it goes to. */
export interface Scene {
  github: Github;
  driver: Driver;
  there: Situation;
  /** Below the top of the repository. */
  content: string;
  ledger: string;
  /** Runs the action's job on a working copy. */
  step(
    workspace: string,
    job: string,
    event: { name: string; payload: unknown },
    more?: {
      token?: TokenWish;
      inputs?: Record<string, string>;
      env?: Record<string, string>;
      ref?: string;
    },
  ): ReturnType<typeof runStep>;
  /** Reviews what stands in the situation's folder, and its files as a commit has them. */
  reviewed(): Promise<Record<string, Buffer>>;
}

export async function scene(
  options: SituationOptions & { content?: string; isEnterprise?: boolean; isProven?: boolean } = {},
): Promise<Scene> {
  const { content = 'content', isEnterprise = false, isProven = false } = options;
  const there = await situation({
    config: workspaceConfig(
      `guards: { updatePercent: 100 }\n${isProven ? 'review: { require: github }\nledger: github\n' : ''}`,
    ).replace('[de, en]', '[de]'),
    files,
    isWatched: false,
    ...options,
  });
  const github = await openGithub();
  const driver = await github.repository('acme/help');
  driver.user('anna', 'write');
  driver.user('jo', 'write');
  const reviewed = async () => {
    if (!isProven) await there.review();
    return filesBelow(there.contentDir, content);
  };
  if (isProven) {
    await driver.push('jo', 'main', { files: { 'README.md': 'Hilfe\n' } });
    const begin = await driver.open('anna', { branch: 'begin', files: await reviewed() });
    driver.approve('jo', begin);
    await driver.merge('jo', begin, 'squash');
  } else {
    await driver.push('anna', 'main', { files: await reviewed() });
  }
  const ledger = join(await emptyFolder(), 'ledger.json');
  return {
    ...{ github, driver, there, content, ledger, reviewed },
    step: (
      workspace,
      job,
      event,
      { token = all, inputs = {}, env = {}, ref = 'refs/heads/main' } = {},
    ) =>
      runStep({
        ...{ workspace, event, ref },
        inputs: {
          ...{ job, content, today: '2026-11-22', ...inputs },
          ...(isProven ? {} : { ledger }),
        },
        env: {
          ...github.env(driver, github.token(token), { isEnterprise }),
          ...{ KB_SANDBOX_TOKEN: secret, KB_ENDPOINT: there.url, ...env },
        },
      }),
  };
}

export const push = { name: 'push', payload: {} };
export const schedule = { name: 'schedule', payload: {} };

/** Publishes main, so that later plans have something to compare with. */
export async function published(on: Scene): Promise<void> {
  const run = await on.step(await checkOut(on.driver), 'publish', push);
  expect(run).toMatchObject({ code: 0, outputs: { state: 'published', failed: '0' } });
}

/** Opens a pull request that edits one article; the edit is reviewed where that is asked. */
export async function edited(
  on: Scene,
  from: string,
  to: string,
  isReviewed = true,
): Promise<PullRequest> {
  await on.there.change('konto/passwort.de.md', from, to);
  const now = isReviewed ? await on.reviewed() : await filesBelow(on.there.contentDir, on.content);
  return on.driver.open('anna', { branch: `edit-${on.driver.repository.lastNumber}`, files: now });
}

/** Lines of a log that the runner would act on, but for masks and debug lines. */
export function commandsIn(log: string): string[] {
  return log
    .split('\n')
    .filter((line) => /^\s*::(?!debug|add-mask)/.test(line) || line.includes('##['));
}
