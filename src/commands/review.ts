import { isEmail } from '../check/email.ts';
import { invalidItems } from '../check/index.ts';
import type { Stamp } from '../model/article.ts';
import type { Content } from '../model/content.ts';
import { KbError } from '../model/kb-error.ts';
import type { ReviewStatus } from '../model/review.ts';
import { readContent, stampChange, writeFrontMatter } from '../repository/index.ts';
import { decide } from '../review/index.ts';
import { findingsOf } from './check.ts';
import { assertConfigured } from './configured.ts';
import type { Context } from './context.ts';
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
}

/** What `kb review --status` shows: every text, or those named. */
export async function reviewStatusCommand(
  context: Context,
  options: { items: readonly string[] },
): Promise<{ translations: ReviewedText[] }> {
  const content = await readContent(context.contentDir);
  const proofs = await workingTreeProofs(context, content);
  return {
    translations: asked(content, options.items, context).map((text) =>
      shown(text, content, context, proofs),
    ),
  };
}

/**
 * Stamps texts as reviewed by a person, in exactly the version they are in now. Texts with an error
 * finding are refused: nobody can have read what is not readable as it stands.
 * @throws KbError `usage` for a name that is no e-mail address, or a baseline without its last day.
 */
export async function reviewCommand(
  context: Context,
  options: { items: readonly string[]; by: string; baseline: boolean; until: string | null },
): Promise<{ translations: ReviewedText[] }> {
  const stamp = stampFrom(context, options);
  const content = await readContent(context.contentDir);
  assertConfigured(content);
  if (content.config.review.require === 'github') {
    context.warn(
      'review.require is github: pull requests are what counts here, a stamp proves nothing.',
    );
  }
  const texts = asked(content, options.items, context);
  const refusals = refusalsOf(content, context.today);
  const accepted = texts.filter((text) => refusals(text) === null);
  for (const [file, group] of byFile(accepted)) {
    await writeFrontMatter(
      context.contentDir,
      file,
      group.map((text) =>
        stampChange(
          { ...stamp, digest: text.digest },
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
  };
}

function stampFrom(
  { today }: Context,
  { by, baseline, until }: { by: string; baseline: boolean; until: string | null },
): Omit<Stamp, 'digest'> {
  if (!isEmail(by)) {
    throw new KbError('usage', `--by needs the e-mail address of a person, found "${by}".`, {
      hint: 'Write it as in --by anna@example.com.',
    });
  }
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
