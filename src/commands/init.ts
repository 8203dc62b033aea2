import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { KbError } from '../model/kb-error.ts';
import { isLocale, locales as knownLocales, type Locale } from '../model/locale.ts';
import { scaffoldKnowledgeBase, type ToolRelease } from '../repository/index.ts';
import { didYouMean } from '../repository/reading/nearest.ts';
import type { Context } from './context.ts';

export interface InitResult {
  /** The folder, absolute. */
  path: string;
  /** Files written, relative to it. */
  files: string[];
  /** What a person should do because a file was already there. */
  notes: string[];
}

const ignored = '# The ledger of the sandbox, its lock and journal.\n.kb/\n';

/**
 * A new knowledge base: content, editor schemas, workflows. What exists stays as it is.
 * @throws KbError `exists` where there is a knowledge base already, `usage` for a locale that is none.
 */
export async function initCommand(
  context: Context,
  options: { dir: string; locales: readonly string[]; release: ToolRelease },
): Promise<InitResult> {
  const locales = options.locales.map(localeFrom);
  const path = resolve(context.cwd, options.dir);
  await mkdir(path, { recursive: true });
  const { release } = options;
  const files = await scaffoldKnowledgeBase(path, {
    release,
    ...(locales.length === 0 ? {} : { locales }),
  });
  const ignore = join(path, '.gitignore');
  const existing = await readFile(ignore, 'utf8').catch(() => null);
  if (existing === null) {
    await writeFile(ignore, ignored, { flag: 'wx' });
    return { path, files: [...files, '.gitignore'], notes: [] };
  }
  const ignores = /^\/?\.kb\/?\s*$/m.test(existing);
  return {
    path,
    files,
    notes: ignores ? [] : ['Add .kb/ to your .gitignore: it was left as it is.'],
  };
}

/** One of Intercom's locales. KbError `usage` with the nearest. */
export function localeFrom(text: string): Locale {
  if (isLocale(text)) return text;
  throw new KbError('usage', `"${text}" is none of Intercom's locales.`, {
    hint: didYouMean(text, knownLocales) ?? `They are ${knownLocales.join(', ')}.`,
  });
}
