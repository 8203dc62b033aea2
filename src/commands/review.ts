import { isEmail } from '../check/email.ts';
import { invalidItems } from '../check/index.ts';
import type { Stamp } from '../model/article.ts';
import type { Content } from '../model/content.ts';
import { KbError } from '../model/kb-error.ts';
import type { ReviewStatus } from '../model/review.ts';
import { readContent, stampChange, writeFrontMatter } from '../repository/index.ts';
import { daysAfter, decide } from '../review/index.ts';
import { findingsOf } from './check.ts';
import { assertConfigured } from './configured.ts';
import type { Context } from './context.ts';
import { type ImportedLosses, readImportedLosses } from './import-losses.ts';
import { allTexts, type ItemText, textsOf } from './item-texts.ts';
import { resolveItems } from './items.ts';
import { noProofs, type ProofOf } from './proof/read-proofs.ts';
import { workingTreeProofs } from './proof/working-tree-proofs.ts';
import { dayFrom } from './today.ts';

/** One text with what stands behind it now. */
export interface ReviewedText {
  kind: 'article' | 'collection';
  id: string;
  locale: string;
  status: ReviewStatus;
  by: string | null;
  /** ISO date. */
  on: string | null;
  reason: string;
  file: string;
  path: string;
  title: string;
  stamped: boolean;
  /** Why it was not stamped; null when it was, or was not asked for. */
  refused: string | null;
  /** What an import lost of it; null where none is on record. */
  losses: ImportedLosses | null;
}

export interface ReviewOptions {
  items: readonly string[];
  by: string;
  baseline: boolean;
  /** ISO date. */
  until: string | null;
  /** All that an import brought and nobody has reviewed, instead of items. */
  imported?: boolean;
  /** Days before `until` over which the ends of a baseline are spread, the worst losses first. */
  spreadDays?: number | null;
}

/** What `kb review --status` shows: every text, or those named; what lost most in an import comes first. */
export async function reviewStatusCommand(
  context: Context,
  options: { items: readonly string[] },
): Promise<{ translations: ReviewedText[] }> {
  const content = await readContent(context.contentDir);
  const proofs = await workingTreeProofs(context, content);
  const losses = await readImportedLosses(context);
  const texts = asked(content, options.items, context).map((text) => ({
    ...shown(text, content, context, proofs),
    losses: losses.get(`${text.id}:${text.locale}`) ?? null,
  }));
  return { translations: texts.toSorted((a, b) => openWeight(b) - openWeight(a)) };
}

/**
 * Stamps texts as reviewed by a person, in exactly the version they are in now. Texts with an error
 * finding are refused: nobody can have read what is not readable as it stands.
 * @throws KbError `usage` for a name that is no e-mail address, or a baseline without its last day.
 */
export async function reviewCommand(
  context: Context,
  options: ReviewOptions,
): Promise<{ translations: ReviewedText[] }> {
  const stamp = stampFrom(context, options);
  const content = await readContent(context.contentDir);
  assertConfigured(content);
  if (content.config.review.require === 'github') {
    context.warn(
      'review.require is github: pull requests are what counts here, a stamp proves nothing.',
    );
  }
  const texts =
    options.imported === true
      ? importedTexts(content, context)
      : asked(content, options.items, context);
  const refusals = refusalsOf(content, context.today);
  const accepted = texts.filter((text) => refusals(text) === null);
  const losses = await readImportedLosses(context);
  const lastDayOf = staggered(accepted, losses, { ...options, ...stamp, today: context.today });
  for (const [file, group] of byFile(accepted)) {
    await writeFrontMatter(
      context.contentDir,
      file,
      group.map((text) =>
        stampChange(
          { ...stamp, until: lastDayOf(text), digest: text.digest },
          text.kind === 'collection' ? text.locale : null,
        ),
      ),
    );
  }
  const after = new Map(
    allTexts(await readContent(context.contentDir)).map((text) => [keyOf(text), text]),
  );
  return {
    translations: texts.map((text) => {
      const refused = refusals(text);
      const now = shown(after.get(keyOf(text)) ?? text, content, context);
      return refused === null ? { ...now, stamped: true } : { ...now, refused, reason: refused };
    }),
  };
}

function asked(content: Content, names: readonly string[], context: Context): ItemText[] {
  return names.length === 0
    ? allTexts(content)
    : textsOf(content, resolveItems(content, names, context));
}

function shown(
  text: ItemText,
  content: Content,
  { today }: Context,
  proofOf: ProofOf = noProofs,
): ReviewedText {
  const { status, approval, reason } = decide({
    stamp: text.review,
    digest: text.digest,
    policy: content.config.review,
    today,
    proof: proofOf(text.kind, text.id, text.locale),
  });
  const { kind, id, locale, file, path, title } = text;
  return {
    kind,
    id,
    locale,
    status,
    by: approval?.by ?? null,
    on: approval?.on ?? null,
    reason,
    file,
    path,
    title,
    stamped: false,
    refused: null,
    losses: null,
  };
}

/** What is not reviewed weighs by what it lost; a reader's loss more than any number of looks. */
function openWeight({ status, losses }: ReviewedText): number {
  return status === 'proven' || status === 'declared' ? 0 : weight(losses);
}

function weight(losses: ImportedLosses | null | undefined): number {
  return losses ? losses.content * 1000 + losses.look : 0;
}

/** Texts of articles that an import brought, and of the collections they lie in, with no review at all. */
function importedTexts(content: Content, context: Context): ItemText[] {
  const articles = content.articles.filter(({ source }) => source !== null);
  const ids = new Set(articles.map(({ id }) => id));
  const isAround = (folder: string): boolean =>
    articles.some(({ path }) => path.startsWith(`${folder}/`));
  return allTexts(content).filter(
    (text) =>
      (text.kind === 'article' ? ids.has(text.id) : isAround(text.path)) &&
      shown(text, content, context).status === 'unreviewed',
  );
}

/** The last day of each text's baseline: spread evenly, what lost most is to be read first. */
function staggered(
  texts: readonly ItemText[],
  losses: ReadonlyMap<string, ImportedLosses>,
  { until, spreadDays, today }: Pick<ReviewOptions, 'until' | 'spreadDays'> & { today: string },
): (text: ItemText) => string | null {
  if (until === null || !spreadDays) return () => until;
  const weights = new Map<string, number>();
  for (const { id, locale } of texts)
    weights.set(id, (weights.get(id) ?? 0) + weight(losses.get(`${id}:${locale}`)));
  const order = [...weights].toSorted(([, a], [, b]) => b - a).map(([id]) => id);
  const places = new Map(order.map((id, index) => [id, index]));
  return ({ id }) => {
    const left = 1 - (places.get(id) ?? 0) / Math.max(1, order.length - 1);
    const day = daysAfter(until, -Math.round(spreadDays * left));
    return day < today ? today : day;
  };
}

function stampFrom(
  { today }: Context,
  { by, baseline, until, spreadDays = null }: ReviewOptions,
): Omit<Stamp, 'digest'> {
  if (!isEmail(by)) {
    throw new KbError('usage', `--by needs the e-mail address of a person, found "${by}".`, {
      hint: 'Write it as in --by anna@example.com.',
    });
  }
  if (spreadDays !== null && !baseline)
    throw new KbError('usage', '--spread is of a baseline, and --baseline is missing.');
  if (!baseline) {
    if (until === null) return { by, on: today, baseline: false, until: null };
    throw new KbError(
      'usage',
      '--until is the last day of a baseline, and --baseline is missing.',
      {
        hint: 'A review of read text lasts as long as review.maxAge in kb.yaml says.',
      },
    );
  }
  if (until === null) {
    throw new KbError('usage', '--baseline needs --until <date>, the last day it counts.', {
      hint: 'Migrated text is accepted for a time: --baseline --until 2027-05-31.',
    });
  }
  const lastDay = dayFrom('--until', until);
  if (lastDay < today) {
    throw new KbError('usage', `--until ${lastDay} has passed: today is ${today}.`);
  }
  return { by, on: today, baseline: true, until: lastDay };
}

function refusalsOf(content: Content, today: string): (text: ItemText) => string | null {
  const invalid = invalidItems(findingsOf(content, today), content);
  return ({ kind, id, locale }) => {
    if (kind === 'collection') return invalid.collections.get(id) ?? null;
    const article = invalid.articles.get(id);
    return article?.whole ?? article?.locales.get(locale) ?? null;
  };
}

function byFile(texts: readonly ItemText[]): Map<string, ItemText[]> {
  const files = new Map<string, ItemText[]>();
  for (const text of texts) files.set(text.file, [...(files.get(text.file) ?? []), text]);
  return files;
}

function keyOf({ kind, id, locale }: ItemText): string {
  return `${kind}\n${id}\n${locale}`;
}
