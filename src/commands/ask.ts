import { ask, retrievalIndex } from '../fin/index.ts';
import type { Agent } from '../model/config.ts';
import { KbError } from '../model/kb-error.ts';
import type { Approval } from '../model/review.ts';
import { readContent } from '../repository/index.ts';
import { didYouMean } from '../repository/reading/nearest.ts';
import type { Context } from './context.ts';
import { agentTexts } from './readable-texts.ts';

/** A passage that would ground an answer, and who stands behind it. */
export interface AskHit {
  id: string;
  locale: string;
  heading: string;
  score: number;
  excerpt: string;
  path: string;
  title: string;
  approval: Approval | null;
}

const mostHits = 5;

/**
 * Which passages of the working tree would ground an answer. Without a locale the one whose passages
 * answer best counts, as a customer's question comes in one language.
 * @throws KbError `usage` for a locale that kb.yaml does not have.
 */
export async function askCommand(
  context: Context,
  options: { question: string; locale: string | null; agent: Agent },
): Promise<{ hits: AskHit[]; locales: string[] }> {
  const content = await readContent(context.contentDir);
  const locales = localesAsked(content.config.locales, options.locale);
  const all = await agentTexts(context, content, options.agent);
  const texts = all.filter(({ reason }) => reason === null);
  const index = retrievalIndex(texts.map(({ translation }) => translation));
  const [best = []] = locales
    .map((locale) => ask(index, options.question, locale, mostHits))
    .sort((a, b) => (b[0]?.score ?? 0) - (a[0]?.score ?? 0));
  const hits = best.flatMap(({ id, locale, heading, score, excerpt }): AskHit[] => {
    const text = texts.find(
      ({ translation }) => translation.articleId === id && translation.locale === locale,
    );
    if (text === undefined) return [];
    const { path } = text.article;
    const { title } = text.translation;
    return [{ id, locale, heading, score, excerpt, path, title, approval: text.approval }];
  });
  return { hits, locales };
}

function localesAsked(known: readonly string[], asked: string | null): string[] {
  if (asked === null) return [...known];
  if (known.includes(asked)) return [asked];
  throw new KbError('usage', `kb.yaml has no locale "${asked}": it has ${known.join(', ')}.`, {
    hint: didYouMean(asked, known),
  });
}
