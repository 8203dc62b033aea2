import { check, invalidItems } from '../check/index.ts';
import type { Config } from '../model/config.ts';
import type { Content } from '../model/content.ts';
import type { Approval } from '../model/review.ts';
import type { Desired } from '../plan/desired.ts';
import { lastCommit, readContent } from '../repository/index.ts';
import { decide, expiresOn, gates, isOutdated } from '../review/index.ts';
import { assertConfigured } from './configured.ts';
import { noProofs, type ProofOf } from './proof/read-proofs.ts';

/** The content tree with what checks, reviews and gates say of each text. */
export interface ReadDesired {
  content: Content;
  desired: Desired;
}

/**
 * Reads the content tree for planning, as it stands without asking GitHub: under `review.require: github`
 * nothing is proven then.
 * @throws KbError `config` when kb.yaml has an error: nothing is compared under a guessed configuration
 */
export async function readDesired(contentDir: string, today: string): Promise<ReadDesired> {
  const content = await readConfigured(contentDir);
  return { content, desired: desiredOf(content, today, await lastCommit(contentDir)) };
}

/** The content tree, under a configuration that could be read. @throws KbError `config` */
export async function readConfigured(contentDir: string): Promise<Content> {
  const content = await readContent(contentDir);
  assertConfigured(content);
  return content;
}

/** Pure part of {@link readDesired}. @param proofOf what git and GitHub say of each text */
export function desiredOf(
  content: Content,
  today: string,
  commit: string | null,
  proofOf: ProofOf = noProofs,
): Desired {
  assertConfigured(content);
  const findings = check(content, today);
  const invalid = invalidItems(findings, content);
  const { config } = content;
  const blocked = content.unreadable.filter((item) => item.holdsRemovals).map((item) => item.file);
  return {
    commit,
    assets: content.assets,
    removalsHeld:
      blocked.length === 0
        ? null
        : `${blocked[0]} cannot be read, so it is unknown what was removed`,
    articles: content.articles.map((article) => {
      const source = article.translations.find((text) => text.locale === article.sourceLocale);
      const errors = invalid.articles.get(article.id);
      return {
        ...article,
        invalid: errors?.whole ?? null,
        translations: article.translations.map((text) => {
          const outdated = source !== undefined && isOutdated(text, source);
          const proof = proofOf('article', article.id, text.locale);
          const decision = decideText(text.review, text.articleDigest, config, today, proof);
          return {
            ...text,
            decision,
            outdated,
            gates: gates({ decision, config, outdated }),
            invalid: errors?.locales.get(text.locale) ?? null,
          };
        }),
      };
    }),
    collections: content.collections.map((collection) => ({
      ...collection,
      invalid: invalid.collections.get(collection.id) ?? null,
      texts: collection.texts.map((text) => {
        const proof = proofOf('collection', collection.id, text.locale);
        const decision = decideText(text.review, text.textDigest, config, today, proof);
        return { ...text, decision, gates: gates({ decision, config, outdated: false }) };
      }),
    })),
  };
}

function decideText(
  stamp: Parameters<typeof decide>[0]['stamp'],
  digest: string,
  config: Config,
  today: string,
  proof: ReturnType<ProofOf>,
): ReturnType<typeof decide> {
  return decide({ stamp, digest, policy: config.review, today, proof });
}

/** Does a recorded approval still open the AI today? For text that stays live while its edit waits. */
export function approvalOpensAi(
  config: Config,
  today: string,
): (approval: Approval | null) => boolean {
  return (approval) => {
    if (approval === null) return false;
    const lastDay = expiresOn(approval, config.review);
    const isExpired = lastDay !== null && today > lastDay;
    if (isExpired && config.review.onExpiry === 'withhold-from-ai') return false;
    return approval.kind !== 'baseline' || config.ai.baseline;
  };
}
