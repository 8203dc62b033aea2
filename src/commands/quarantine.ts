import { KbError } from '../model/kb-error.ts';
import { readSources, withdrawal } from './audit.ts';
import {
  type AvailabilityChange,
  applyAvailability,
  type Confirm,
  readUndo,
} from './availability.ts';
import type { Context } from './context.ts';
import { openWorkspace } from './workspace-state.ts';

export interface QuarantineResult {
  changes: AvailabilityChange[];
  undo: string | null;
}

/**
 * Takes items from the AI now, whatever their approval says; or gives back what an undo file holds.
 * Items are named by id, path, file or Intercom id, with `:locale` for one text.
 * @throws KbError `item-unknown` for a name that the AI reads nothing of
 */
export async function quarantineCommand(
  context: Context,
  wishes: { items: readonly string[]; undo: string | null; confirm?: Confirm | null },
): Promise<QuarantineResult> {
  const opened = await openWorkspace(context);
  const { sources, actual } = await readSources(context, opened);
  const confirmed = async (changes: readonly AvailabilityChange[]): Promise<QuarantineResult> =>
    changes.length === 0 || ((await wishes.confirm?.(changes)) ?? true)
      ? applyAvailability(context, opened, actual, changes)
      : { changes: [], undo: null };
  if (wishes.undo !== null) {
    return confirmed(await readUndo(context, wishes.undo, actual));
  }
  const { articles } = opened.content;
  const chosen = wishes.items.flatMap((name) => {
    const [, base = name, locale = null] = /^(.+):([A-Za-z]{2}(?:-[A-Za-z]{2})?)$/.exec(name) ?? [];
    const article = articles.find(({ id, path }) => id === base || path === base);
    const byFile = articles
      .flatMap(({ translations }) => translations)
      .find(({ file }) => name.endsWith(file));
    const id = byFile?.articleId ?? article?.id ?? base;
    const only = byFile?.locale ?? locale;
    const found = sources.filter(
      (source) =>
        (source.id === id || source.intercomId === id) && (only === null || source.locale === only),
    );
    if (found.length > 0) return found;
    throw new KbError('item-unknown', `The AI reads nothing called "${name}".`, {
      hint: 'kb audit lists every source with its id.',
    });
  });
  const kinds = new Set(['article', 'internal_article']);
  const foreign = chosen.find(({ kind }) => !kinds.has(kind));
  if (foreign !== undefined) {
    throw new KbError(
      'not-ours',
      `"${foreign.title}" is a ${foreign.kind}: take it from Fin in Intercom.`,
      {
        hint: 'Knowledge › Sources lists it.',
      },
    );
  }
  return confirmed([...new Set(chosen)].map(withdrawal));
}
