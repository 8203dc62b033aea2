import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { evaluate, questionCases, retrievalIndex } from '../fin/index.ts';
import type { Content } from '../model/content.ts';
import type { Finding } from '../model/finding.ts';
import type { Locale } from '../model/locale.ts';
import { readContent, writeFrontMatter } from '../repository/index.ts';
import { exists, writeNewFiles } from '../repository/scaffolding/new-file.ts';
import { findHelpCenter, localeFor, type Skipped } from '../zendesk/index.ts';
import { findingsOf } from './check.ts';
import type { Context } from './context.ts';
import { ImportReport } from './import-report.ts';
import type { ImportOptions, ImportResult } from './import-result.ts';
import { networkOf } from './import-source.ts';
import { importZendeskCommand } from './import-zendesk.ts';

export interface TryResult {
  result: ImportResult;
  /** The folder of the knowledge base, absolute. */
  folder: string;
  /** Context of that knowledge base, for what comes next. */
  context: Context;
  /** The report to open, absolute. */
  report: string;
  findings: readonly Finding[];
  questions: FoundQuestions;
}

/** How often the article that asks a question itself was found with it. */
export interface FoundQuestions {
  asked: number;
  first: number;
  amongThree: number;
}

/** An article asks a few questions; a page of many is a list of links. */
const mostQuestions = 5;

/**
 * Makes a knowledge base of a public help center, in a folder of its own: what is there to see, what
 * was lost, what is to be mended, and whether its own questions find their answers. Tokens of the
 * environment are not used.
 *
 * @throws KbError `address`, `zendesk`, `zendesk-denied`, `exists`
 */
export async function tryCommand(
  outer: Context,
  options: {
    address: string;
    /** null: a new temporary folder. */
    into: string | null;
    progress: NonNullable<ImportOptions['progress']>;
  },
): Promise<TryResult> {
  const address = /^[a-z]+:\/\//i.test(options.address)
    ? options.address
    : `https://${options.address}`;
  const visitor = { ...outer, env: {} };
  const { origin, locales: found } = await findHelpCenter(address, networkOf(visitor));
  const { mapped, skipped } = chosenLocales(found);
  const folder = await newFolder(outer.cwd, options.into);
  const context = { ...visitor, contentDir: join(folder, 'content'), ledgerPath: null };
  await writeNewFiles(folder, [
    { path: 'content/kb.yaml', text: configText(mapped) },
    { path: '.gitignore', text: '.kb/\n' },
  ]);
  const report = new ImportReport(join(folder, 'report'));
  const imported = await importZendeskCommand(context, {
    from: origin,
    dryRun: false,
    locales: [...mapped.keys()],
    page: (page) => report.page(page),
    progress: options.progress,
  });
  const result = { ...imported, skipped: [...skipped, ...imported.skipped] };
  await writeQuestions(await readContent(context.contentDir));
  const content = await readContent(context.contentDir);
  return {
    ...{ result, folder, context },
    report: await report.end(result),
    findings: findingsOf(content, context.today),
    questions: answered(content),
  };
}

/** Our locale for each of theirs; of two that would be the same the first is taken. */
function chosenLocales(found: readonly string[]): {
  mapped: Map<string, Locale>;
  skipped: Skipped[];
} {
  const mapped = new Map<string, Locale>();
  const skipped: Skipped[] = [];
  for (const name of found) {
    const locale = localeFor(name, {});
    if (locale !== null && ![...mapped.values()].includes(locale)) mapped.set(name, locale);
    else
      skipped.push({
        kind: 'locale',
        id: name,
        title: '',
        reason:
          locale === null
            ? "is none of Intercom's locales, so its texts were left out"
            : `would become ${locale} as another one does, so its texts were left out`,
      });
  }
  if (mapped.size === 0) mapped.set(found[0] ?? 'en-us', 'en');
  return { mapped, skipped };
}

async function newFolder(cwd: string, into: string | null): Promise<string> {
  if (into === null) return mkdtemp(join(tmpdir(), 'reviewed-kb-try-'));
  const folder = resolve(cwd, into);
  if ((await mkdir(folder, { recursive: true })) === undefined) throw exists(into);
  return folder;
}

function configText(mapped: ReadonlyMap<string, Locale>): string {
  const [first = 'en'] = mapped.values();
  const pairs = [...mapped].map(([name, locale]) => `${name}: ${locale}`).join(', ');
  return `defaultLocale: ${first}
locales: [${[...new Set(mapped.values())].join(', ')}]

workspaces:
  # Start it with: kb sandbox
  sandbox:
    region: eu
    endpoint: "http://127.0.0.1:4400"
    tokenEnv: KB_SANDBOX_TOKEN # the name of the variable, never the token
    author: editor@example.com

import: { locales: { ${pairs} }, authors: {} }
`;
}

/** Titles and headings that are questions: what customers ask, in the words of the help center. */
async function writeQuestions({ root, articles }: Content): Promise<void> {
  for (const { title, outline, file } of articles.flatMap(({ translations }) => translations)) {
    const texts = [title, ...outline.map(({ text }) => text)].map((text) => text.trim());
    const asked = [...new Set(texts.filter((text) => /[?？]$/.test(text)))].slice(0, mostQuestions);
    if (asked.length > 0)
      await writeFrontMatter(root, file, [{ path: ['questions'], value: asked }]);
  }
}

/** Asks as if everything were reviewed: nothing of it is, so the AI may read none of it yet. */
function answered({ articles }: Content): FoundQuestions {
  const texts = articles
    .flatMap(({ translations }) => translations)
    .filter(({ publication }) => publication === 'published');
  const { cases } = evaluate(retrievalIndex(texts), questionCases(texts));
  const within = (worst: number): number =>
    cases.filter(({ rank }) => rank !== null && rank <= worst).length;
  return { asked: cases.length, first: within(1), amongThree: within(3) };
}
