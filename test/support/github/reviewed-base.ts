import type { Context } from '../../../src/commands/context.ts';
import { parseLedger } from '../../../src/ledger/ledger-format.ts';
import type { Recorded } from '../../../src/model/recorded.ts';
import {
  article,
  type Situation,
  type SituationOptions,
  situation,
  workspaceConfig,
} from '../workspace.ts';
import type { Driver } from './driver.ts';
import { type Github, openGithub, type TokenWish } from './emulator.ts';
import { git } from './git-repository.ts';
import type { MergeMethod, PullRequest } from './world.ts';

/** A knowledge base in a clone of a repository on GitHub, reviewed there, and the Intercom it goes to. */
export interface ReviewedBase {
  github: Github;
  driver: Driver;
  base: Situation;
  /** Lines that everybody is shown. */
  warnings: string[];
  context(env?: Readonly<Record<string, string>>): Context;
  /** Brings the clone up to main. */
  pull(): Promise<void>;
  /** Opens, has approved and merges a change: the honest way. Paths are content paths. */
  mergeApproved(
    files: Readonly<Record<string, string | null>>,
    wish?: Partial<MergeWish>,
  ): Promise<PullRequest>;
  /** The ledger on its branch; null before there is one. */
  branchLedger(): Promise<Recorded | null>;
  /** What the plan says of a text: `approved`, or why it is withheld. */
  verdict(id: string, locale?: string): Promise<string>;
}

export interface MergeWish {
  author: string;
  approver: string;
  method: MergeMethod;
}

export interface ReviewedBaseOptions {
  /** Content path → text, merged before the test by an approved pull request. */
  files?: Readonly<Record<string, string | Uint8Array>>;
  /** Lines of kb.yaml under `review:`, beside `require: github`. */
  policy?: string;
  /** Further lines of kb.yaml. */
  config?: string;
  token?: TokenWish;
  sandbox?: SituationOptions['sandbox'];
  /** Other files of the repository. */
  repositoryFiles?: Readonly<Record<string, string>>;
  beside?: Situation;
}

/** The day of these tests: GitHub's clock stands two days before. */
export const today = '2026-11-22';
export const startText = 'start.de.md';

/** One article of its own, `start`. */
export const startArticle = article('start', { de: { title: 'Start', body: 'Erster Satz.\n' } });

/** An article's file with another body. */
export function startWith(body: string): Record<string, string> {
  return article('start', { de: { title: 'Start', body: `${body}\n` } }) as Record<string, string>;
}

export async function openReviewedBase(options: ReviewedBaseOptions = {}): Promise<ReviewedBase> {
  const github = await openGithub();
  const driver = await github.repository('example/help');
  for (const login of ['anna', 'jo', 'mia']) driver.user(login, 'write');
  driver.user('chef', 'admin');
  driver.user('leser', 'read');
  const config = workspaceConfig(
    `review: { require: github${options.policy === undefined ? '' : `, ${options.policy}`} }\n${options.config ?? ''}`,
  );
  const content = { 'kb.yaml': config, ...(options.files ?? startArticle) };
  await driver.push('chef', 'main', {
    files: { 'README.md': 'Hilfe\n', ...options.repositoryFiles },
  });
  const pull = await driver.open('anna', { branch: 'begin', files: below('content', content) });
  driver.approve('jo', pull);
  await driver.merge('jo', pull, 'squash');
  return attach(github, driver, options);
}

/** A clone of its own with its own token: another machine. */
export async function attach(
  github: Github,
  driver: Driver,
  options: ReviewedBaseOptions = {},
): Promise<ReviewedBase> {
  const warnings: string[] = [];
  const token = github.token(options.token);
  const env = github.env(driver, token);
  const base = await situation({
    env,
    today,
    isWatched: false,
    onWarn: (line) => warnings.push(line),
    ...(options.sandbox === undefined ? {} : { sandbox: options.sandbox }),
    ...(options.beside === undefined ? {} : { beside: options.beside }),
  });
  const { dir } = driver.repository.git;
  await git(base.root, ['init', '--quiet', '--initial-branch=main']);
  await git(base.root, ['remote', 'add', 'origin', `file://${dir}`]);
  await driver.pull(base.root);
  let branches = 0;

  const self: ReviewedBase = {
    github,
    driver,
    base,
    warnings,
    context: (more = {}) => ({ ...base.context(), env: { ...base.context().env, ...more } }),
    pull: () => driver.pull(base.root),
    async mergeApproved(files, { author = 'anna', approver = 'jo', method = 'squash' } = {}) {
      branches += 1;
      const branch = `${author}-${branches}-${driver.repository.lastNumber}`;
      const pull = await driver.open(author, { branch, files: below('content', files) });
      driver.approve(approver, pull);
      await driver.merge(approver, pull, method);
      await self.pull();
      return pull;
    },
    async branchLedger() {
      const { git: store } = driver.repository;
      const found = await store.object('kb-ledger:sandbox.json');
      if (found === null) return null;
      return parseLedger(
        Buffer.from(await store.bytes(found.oid)).toString('utf8'),
        'sandbox.json',
      );
    },
    async verdict(id, locale = 'de') {
      const { planCommand } = await import('../../../src/commands/plan.ts');
      const { plan } = await planCommand(base.context(), { only: [], allow: [], recreate: [] });
      const withheld = plan.withheld.find((item) => item.id === id && item.locale === locale);
      if (withheld !== undefined) return withheld.reason;
      const change = plan.changes.find((item) => item.id === id && item.locale === locale);
      if (change === undefined) return 'unchanged';
      return change.approval?.kind === 'proven'
        ? 'approved'
        : `not proven (${change.approval?.kind})`;
    },
  };
  return self;
}

/** Paths below a folder. */
export function below<T>(folder: string, files: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]),
  );
}
