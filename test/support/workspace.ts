import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { type AdoptResult, adoptCommand } from '../../src/commands/adopt.ts';
import type { Context } from '../../src/commands/context.ts';
import { readDesired } from '../../src/commands/desired.ts';
import { type Drift, driftCommand } from '../../src/commands/drift.ts';
import { planCommand } from '../../src/commands/plan.ts';
import { publishCommand } from '../../src/commands/publish.ts';
import { reviewCommand } from '../../src/commands/review.ts';
import { readProfile } from '../../src/commands/workspace-state.ts';
import type { Profile } from '../../src/model/profile.ts';
import type { Recorded } from '../../src/model/recorded.ts';
import type { Plan } from '../../src/plan/plan.ts';
import type { PublishResult } from '../../src/publish/outcome.ts';
import {
  createSandbox,
  type Sandbox,
  type SandboxOptions,
  serveSandbox,
} from '../../src/sandbox/index.ts';
import { validateExchange } from '../sandbox/contract.ts';
import { type ApprovalWatch, createApprovalWatch } from './approval-watch.ts';
import { articleText, emptyFolder, type Files, writeFiles } from './content-builder.ts';

/** A JSON value from the sandbox; tests look into it freely. */
// biome-ignore lint/suspicious/noExplicitAny: what the service stores is looked into, not built on
export type Loose = any;

export interface Wishes {
  breakGlass?: string;
  only?: readonly string[];
  allow?: readonly string[];
  recreate?: readonly string[];
  planFile?: string;
  today?: string;
  signal?: AbortSignal;
}

export interface Published {
  plan: Plan;
  result: PublishResult;
  /** Requests the sandbox counted. */
  counted: Counted;
}

export interface Counted {
  total: number;
  byMethod: Record<string, number>;
  byRoute: Record<string, number>;
}

export interface SituationOptions {
  files?: Files;
  /** kb.yaml; `workspaceConfig` gives one that fits. */
  config?: string;
  today?: string;
  sandbox?: Partial<SandboxOptions>;
  /** Hold every exchange against the API description. Off where thousands are made. */
  isValidated?: boolean;
  /** Check after each publish that Fin reads approved texts only. Off where a test edits in Intercom. */
  isWatched?: boolean;
  /** Told of each request to the API before it is answered. */
  onRequest?: (method: string, path: string) => void;
  /** Told what everybody should see beside a result. */
  onWarn?: (line: string) => void;
  /** More of the environment, such as what a workflow is told of GitHub. */
  env?: Readonly<Record<string, string>>;
  /** Another sandbox already served; this situation is a second clone of the same knowledge base. */
  beside?: Situation;
}

/** A knowledge base in a folder, and the Intercom it is published to, served in this process. */
export interface Situation {
  readonly root: string;
  readonly contentDir: string;
  readonly url: string;
  readonly sandbox: Sandbox;
  readonly watch: ApprovalWatch;
  context(wishes?: Wishes): Context;
  write(files: Files): Promise<void>;
  remove(...paths: readonly string[]): Promise<void>;
  change(path: string, from: string | RegExp, to: string): Promise<void>;
  /** Stamps items as reviewed; all of them when none is named. */
  review(
    items?: readonly string[],
    wishes?: { by?: string; today?: string; until?: string },
  ): Promise<void>;
  plan(wishes?: Wishes): Promise<Plan>;
  /** Plans and saves it. */
  save(name: string, wishes?: Wishes): Promise<Plan>;
  /** Publishes; holds announced against counted calls, and Fin's sources against approvals. */
  publish(wishes?: Wishes): Promise<Published>;
  /** Publishes without any expectation; errors come through. */
  publishFreely(wishes?: Wishes): Promise<Published>;
  adopt(
    match?: Record<string, string>,
    wishes?: Wishes,
  ): Promise<AdoptResult & { counted: Counted }>;
  drift(): Promise<Drift[]>;
  /** Habits of the sandbox, and the profile file the tool reads. */
  setHabits(profile: Partial<Profile>): Promise<void>;
  ledger(): Promise<Recorded>;
  forgetLedger(): Promise<void>;
  /** Articles and collections as the service has them. */
  liveArticles(): Promise<Loose[]>;
  liveArticle(title: string): Promise<Loose>;
  liveCollections(): Promise<Loose[]>;
  /** What a teammate does in Intercom. */
  editThere(intercomId: string, fields: Loose): Promise<Loose>;
  createThere(fields: Loose): Promise<Loose>;
  deleteThere(intercomId: string): Promise<void>;
  /** A call to the API or to `/_sandbox`. */
  call(method: string, path: string, body?: unknown): Promise<Loose>;
  /** The requests made while something runs. */
  counting<T>(run: () => Promise<T>): Promise<{ value: T; counted: Counted }>;
  fin(agent: string): Promise<{ kind: string; id: string; locale: string; title: string }[]>;
  close(): Promise<void>;
}

/** A kb.yaml for a situation; `rest` are further lines. */
export function workspaceConfig(rest = '', workspace = ''): string {
  return `defaultLocale: de
locales: [de, en]
workspaces:
  sandbox: { region: eu, endpoint: "http://127.0.0.1:4400", tokenEnv: KB_SANDBOX_TOKEN, author: redaktion@example.com${workspace} }
assets: { store: sandbox }
${rest}`;
}

/** An article's files: path without locale, then what each locale says. The first locale is the source. */
export function article(
  path: string,
  texts: Readonly<Record<string, { title: string; body?: string; keys?: Record<string, string> }>>,
  keys: Readonly<Record<string, string>> = {},
): Files {
  const id = path.replaceAll('/', '-');
  return Object.fromEntries(
    Object.entries(texts).map(([locale, text], index) => [
      `${path}.${locale}.md`,
      articleText(
        {
          ...(index === 0 ? { id, ...keys } : {}),
          title: JSON.stringify(text.title),
          ...text.keys,
        },
        text.body ?? `Ein Satz über ${text.title}.\n`,
      ),
    ]),
  );
}

/** A collection's file; its id is its path with dashes. */
export function collection(path: string, titles: Readonly<Record<string, string>>): Files {
  const texts = Object.entries(titles).map(
    ([locale, title]) =>
      `${locale}:\n  title: ${JSON.stringify(title)}\n  description: ${JSON.stringify(`Alles über ${title}.`)}\n`,
  );
  return { [`${path}/_collection.yaml`]: `id: k-${path.replaceAll('/', '-')}\n${texts.join('')}` };
}

/** Opens a situation; everything is gone after the test. */
export async function situation(options: SituationOptions = {}): Promise<Situation> {
  const root = await emptyFolder();
  const contentDir = join(root, 'content');
  await mkdir(contentDir);
  await writeFiles(contentDir, {
    'kb.yaml': options.config ?? workspaceConfig(),
    ...options.files,
  });
  const problems = new Set<string>();
  const { sandbox, url, close } =
    options.beside === undefined
      ? await served(options, problems)
      : { sandbox: options.beside.sandbox, url: options.beside.url, close: async () => {} };
  onTestFinished(async () => {
    await close();
    expect([...problems]).toEqual([]);
  });
  const watch = createApprovalWatch();
  const isWatched = options.isWatched ?? true;
  const ledgerFile = join(root, '.kb/sandbox.json');

  function context(wishes: Wishes = {}): Context {
    const warn = options.onWarn ?? (() => {});
    return {
      contentDir,
      ledgerPath: null,
      cwd: root,
      today: wishes.today ?? options.today ?? '2026-11-22',
      workspaceName: null,
      env: { KB_SANDBOX_TOKEN: 'any', KB_ENDPOINT: url, ...options.env },
      signal: wishes.signal ?? new AbortController().signal,
      verbose: () => {},
      warn,
    };
  }

  async function call(method: string, path: string, body?: unknown): Promise<Loose> {
    const response = await sandbox.fetch(
      new Request(`${url}${path}`, {
        method,
        headers: { authorization: 'Bearer test', 'intercom-version': '2.16' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  }

  async function listed(path: string): Promise<Loose[]> {
    const items: Loose[] = [];
    for (let page = 1; ; page += 1) {
      const answer = await call('GET', `${path}?page=${page}&per_page=50`);
      items.push(...answer.data);
      if (page >= (answer.pages?.total_pages ?? 1)) return items;
    }
  }

  async function counting<T>(run: () => Promise<T>): Promise<{ value: T; counted: Counted }> {
    await call('POST', '/_sandbox/requests/reset');
    const value = await run();
    return { value, counted: await call('GET', '/_sandbox/requests') };
  }

  async function publishFreely(wishes: Wishes = {}): Promise<Published> {
    const { today } = context(wishes);
    const { content, desired } = await readDesired(contentDir, today);
    const profile = await readProfile(context(wishes), 'sandbox');
    watch.observe(desired, content.config, profile, today);
    const { value, counted } = await counting(() =>
      publishCommand(context(wishes), {
        ...wishesOf(wishes),
        planFile: wishes.planFile ?? null,
        onProgress: () => {},
      }),
    );
    return { ...value, counted };
  }

  const self: Situation = {
    root,
    contentDir,
    url,
    sandbox,
    watch,
    context,
    call,
    counting,
    close,
    publishFreely,
    write: (files) => writeFiles(contentDir, files),
    async remove(...paths) {
      for (const path of paths) await rm(join(contentDir, path), { recursive: true });
    },
    async change(path, from, to) {
      const file = join(contentDir, path);
      const before = await readFile(file, 'utf8');
      const after = before.replace(from, to);
      if (after === before) throw new Error(`${path} does not say ${String(from)}`);
      await writeFile(file, after);
    },
    async review(items = [], wishes = {}) {
      const { translations } = await reviewCommand(context(wishes), {
        items,
        by: wishes.by ?? 'anna@example.com',
        baseline: wishes.until !== undefined,
        until: wishes.until ?? null,
      });
      const refused = translations.filter((text) => text.refused !== null);
      if (refused.length > 0) {
        throw new Error(`not stamped: ${refused.map((t) => `${t.file}: ${t.refused}`).join('; ')}`);
      }
    },
    async plan(wishes = {}) {
      return (await planCommand(context(wishes), wishesOf(wishes))).plan;
    },
    async save(name, wishes = {}) {
      const plan = await self.plan(wishes);
      await writeFile(join(root, name), JSON.stringify(plan));
      return plan;
    },
    async publish(wishes = {}) {
      const done = await publishFreely(wishes);
      const wrong = done.result.outcomes.filter((outcome) => outcome.status !== 'applied');
      expect(wrong).toEqual([]);
      expect({ calls: done.counted.total }).toEqual({ calls: done.plan.calls });
      expect(done.result.calls).toBe(done.plan.calls);
      if (isWatched) await watch.expectOnlyApproved(self);
      return done;
    },
    async adopt(match = {}, wishes = {}) {
      const { desired } = await readDesired(contentDir, context(wishes).today);
      watch.remember(desired, await readProfile(context(wishes), 'sandbox'));
      const { value, counted } = await counting(() => adoptCommand(context(wishes), { match }));
      expect(writesOf(counted)).toBe(0);
      return { ...value, counted };
    },
    async drift() {
      return (await driftCommand(context())).drift;
    },
    async setHabits(profile) {
      await call('PUT', '/_sandbox/profile', profile);
      await mkdir(join(root, '.kb'), { recursive: true });
      await writeFile(join(root, '.kb/sandbox.profile.json'), JSON.stringify(profile));
    },
    async ledger() {
      return (JSON.parse(await readFile(ledgerFile, 'utf8')) as { recorded: Recorded }).recorded;
    },
    async forgetLedger() {
      if (existsSync(ledgerFile)) await rm(ledgerFile);
    },
    liveArticles: () => listed('/articles'),
    async liveArticle(title) {
      const found = (await listed('/articles')).filter((item) => item.title === title);
      if (found.length !== 1)
        throw new Error(`${found.length} live articles are called "${title}"`);
      return found[0];
    },
    liveCollections: () => listed('/help_center/collections'),
    editThere: (id, fields) => call('POST', `/_sandbox/ui/articles/${id}`, fields),
    createThere: (fields) => call('POST', '/_sandbox/ui/articles', fields),
    deleteThere: (id) => call('DELETE', `/_sandbox/ui/articles/${id}`),
    async fin(agent) {
      return (await call('GET', `/_sandbox/fin?agent=${agent}`)).sources;
    },
  };
  return self;
}

/** Requests that change something. */
export function writesOf({ byMethod }: Counted): number {
  return Object.entries(byMethod)
    .filter(([method]) => method !== 'GET')
    .reduce((sum, [, count]) => sum + count, 0);
}

function wishesOf({ only = [], allow = [], recreate = [], breakGlass }: Wishes) {
  return { only, allow, recreate, breakGlass: breakGlass ?? null };
}

async function served(
  options: SituationOptions,
  problems: Set<string>,
): Promise<{ sandbox: Sandbox; url: string; close(): Promise<void> }> {
  const sandbox = createSandbox({
    name: 'Example Help',
    region: 'eu',
    workspaceId: 'abc123',
    locales: ['de', 'en'],
    defaultLocale: 'de',
    teammates: [{ email: 'redaktion@example.com' }, { email: 'anna@example.com' }],
    seed: 7,
    limits: { appCallsPerWindow: 1_000_000, workspaceCallsPerWindow: 1_000_000 },
    ...options.sandbox,
  });
  const isValidated = options.isValidated ?? true;
  const validated = isValidated ? validating(sandbox, problems) : sandbox.fetch;
  const fetch: Sandbox['fetch'] = (request) => {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith('/_sandbox')) options.onRequest?.(request.method, pathname);
    return validated(request);
  };
  const server = await serveSandbox({ ...sandbox, fetch }, { port: 0 });
  return { sandbox, url: server.url, close: server.close };
}

/** Holds what the tool sends, and what it gets, against the API description. */
function validating(sandbox: Sandbox, problems: Set<string>): Sandbox['fetch'] {
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    if (pathname.startsWith('/_sandbox') || pathname.startsWith('/help/')) {
      return sandbox.fetch(request);
    }
    const sent = await request.clone().text();
    const response = await sandbox.fetch(request);
    const answered = await response.clone().text();
    const found = validateExchange(
      request.method,
      `${pathname}${search}`,
      response.status,
      sent === '' ? undefined : JSON.parse(sent),
      answered === '' ? undefined : JSON.parse(answered),
    );
    for (const problem of found) problems.add(problem);
    return response;
  };
}
