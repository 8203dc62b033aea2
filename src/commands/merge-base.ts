import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { MarkdownContext } from '../markdown/index.ts';
import { parseMarkdown } from '../markdown/index.ts';
import { textDigest } from '../model/digest.ts';
import type { RecordedTranslation } from '../model/recorded.ts';
import { unknownDigest } from '../model/recorded.ts';
import type { Tree } from '../model/tree.ts';
import type { Outcome } from '../publish/outcome.ts';
import { fileAt, uncommittedFiles } from '../repository/index.ts';
import { findFrontMatter } from '../repository/reading/front-matter.ts';
import type { Context } from './context.ts';
import { stateDir } from './ledger-store.ts';
import type { OpenedWorkspace } from './workspace-state.ts';

/** The source that what is live was made from. */
export interface MergeBase {
  /** Markdown, without front matter. */
  text: string;
  tree: Tree;
}

/** A base as it is kept beside the ledger. */
interface KeptBase {
  version: 1;
  /** The echo it belongs to: another one, and it is of no use. */
  echo: string;
  text: string;
}

/**
 * The base of a merge: the copy kept beside the ledger, the file itself where it has not changed since,
 * else the file in the commit that was published. null when none of them is what was published.
 */
export async function readBase(
  context: Context,
  workspace: string,
  text: {
    id: string;
    locale: string;
    file: string;
    path: string;
    body: string;
    /** As the file has it; articles for teammates are stored without. */
    description?: string;
    recorded: RecordedTranslation;
    markdown: MarkdownContext;
  },
): Promise<MergeBase | null> {
  const { recorded, markdown } = text;
  const parsed = (body: string): MergeBase => ({
    text: body,
    tree: parseMarkdown(body, markdown).tree,
  });
  const kept = await keptBase(context, workspace, text.id, text.locale);
  if (kept?.echo === recorded.echo.body) return parsed(kept.text);
  if (recorded.textDigest === unknownDigest) return null;
  const { title } = recorded;
  const descriptions = [recorded.description, text.description ?? recorded.description];
  const isPublished = (base: MergeBase): boolean =>
    descriptions.some(
      (description) => textDigest({ title, description, body: base.tree }) === recorded.textDigest,
    );
  const own = parsed(text.body);
  if (isPublished(own)) return own;
  if (recorded.commit === null) return null;
  for (const file of new Set([text.file, `${text.path}.${text.locale}.md`])) {
    const bytes = await fileAt(context.contentDir, recorded.commit, file).catch(() => null);
    if (bytes === null) continue;
    const base = parsed(bodyOf(new TextDecoder().decode(bytes)));
    if (isPublished(base)) return base;
  }
  return null;
}

/** Keeps the base of a later merge: for what no commit holds. */
export async function keepBase(
  context: Context,
  workspace: string,
  base: { id: string; locale: string; echo: string; text: string },
): Promise<void> {
  const file = baseFile(context, workspace, base.id, base.locale);
  const kept: KeptBase = { version: 1, echo: base.echo, text: base.text };
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(kept)}\n`);
}

/**
 * Keeps the source of what a publish wrote, where no commit holds it: outside git, and for files that
 * are not committed.
 */
export async function keepPublished(
  context: Context,
  workspace: string,
  { desired, ledger }: Pick<OpenedWorkspace, 'desired' | 'ledger'>,
  outcomes: readonly Outcome[],
): Promise<void> {
  const written = outcomes.filter(
    ({ kind, status, locale }) => kind === 'article' && status === 'applied' && locale !== null,
  );
  if (written.length === 0) return;
  const loose = desired.commit === null ? null : await uncommittedFiles(context.contentDir);
  const isKept = (file: string) => loose === null || loose.includes(file);
  const { recorded } = await ledger.read();
  for (const { id, locale } of written) {
    const text = desired.articles
      .find((article) => article.id === id)
      ?.translations.find((item) => item.locale === locale);
    const entry = recorded.articles[id]?.translations[locale ?? ''];
    if (text === undefined || entry?.textDigest !== text.textDigest || !isKept(text.file)) continue;
    const source = await readFile(join(context.contentDir, text.file), 'utf8');
    const base = { id, locale: text.locale, echo: entry.echo.body, text: bodyOf(source) };
    await keepBase(context, workspace, base);
  }
}

async function keptBase(
  context: Context,
  workspace: string,
  id: string,
  locale: string,
): Promise<KeptBase | null> {
  const text = await readFile(baseFile(context, workspace, id, locale), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const data = JSON.parse(text) as Partial<KeptBase>;
    const isWhole = typeof data.echo === 'string' && typeof data.text === 'string';
    return data.version === 1 && isWhole ? (data as KeptBase) : null;
  } catch {
    return null;
  }
}

function baseFile(context: Context, workspace: string, id: string, locale: string): string {
  return join(stateDir(context), 'base', workspace, `${encodeURIComponent(id)}.${locale}.json`);
}

/** A file's text after its front matter. */
export function bodyOf(text: string): string {
  const found = findFrontMatter(text);
  return 'problem' in found ? text : text.slice(found.split.bodyStart);
}
