import { expect } from 'vitest';
import { type Agent, agents, type Config } from '../../src/model/config.ts';
import type { Profile } from '../../src/model/profile.ts';
import type { Approval } from '../../src/model/review.ts';
import { bodyHtml } from '../../src/plan/addresses.ts';
import type { Desired } from '../../src/plan/desired.ts';
import { visibleText } from '../../src/publish/resolve.ts';
import type { Situation } from './workspace.ts';

/** A version of a text that stood in the files at some publish, with the approval it had then. */
interface Version {
  title: string;
  words: string;
  approval: Approval;
  wanted: ReadonlySet<Agent>;
}

/**
 * Remembers every version of every text that a person approved, and holds against it what Fin may
 * read: the promise of the product, checked from the outside.
 */
export interface ApprovalWatch {
  /** What the files say when a publish begins: from then on it must be so. */
  observe(desired: Desired, config: Config, profile: Profile, today: string): void;
  /** What the files say when the ledger is built anew: these versions may be live. */
  remember(desired: Desired, profile: Profile): void;
  /** @param isLeftOut texts that are not ours to answer for, such as those a teammate edited */
  expectOnlyApproved(
    there: Situation,
    isLeftOut?: (intercomId: string, locale: string) => boolean,
  ): Promise<void>;
  /** Was this ever an approved version of the text? */
  wasApproved(id: string, locale: string, title: string, body: string): boolean;
}

export function createApprovalWatch(): ApprovalWatch {
  const approved = new Map<string, Version[]>();
  const outdated = new Set<string>();
  let policy: { config: Config; today: string } | null = null;

  function allows(version: Version, agent: Agent): boolean {
    if (policy === null || !version.wanted.has(agent)) return false;
    const { config, today } = policy;
    const { approval } = version;
    if (!config.ai[agent]) return false;
    if (approval.kind === 'baseline' && !config.ai.baseline) return false;
    const isExpired = lastDays(approval, config).some((day) => today > day);
    return !isExpired || config.review.onExpiry === 'warn';
  }

  function remember(desired: Desired, profile: Profile): void {
    for (const article of desired.articles) {
      for (const text of article.translations) {
        const key = `${article.id} ${text.locale}`;
        const { approval } = text.decision;
        if (approval === null || approval.digest !== text.articleDigest) continue;
        const version: Version = {
          title: text.title,
          words: visibleText(bodyHtml(text, nowhere, profile)),
          approval,
          wanted: new Set(agents.filter((agent) => text.fin[agent])),
        };
        approved.set(key, [...(approved.get(key) ?? []), version]);
      }
    }
  }

  return {
    remember,
    observe(desired, config, profile, today) {
      policy = { config, today };
      outdated.clear();
      for (const text of desired.articles.flatMap((article) => article.translations)) {
        if (text.outdated) outdated.add(`${text.articleId} ${text.locale}`);
      }
      remember(desired, profile);
    },
    wasApproved(id, locale, title, body) {
      const words = visibleText(body);
      return (approved.get(`${id} ${locale}`) ?? []).some(
        (version) => version.title === title && version.words === words,
      );
    },
    async expectOnlyApproved(there, isLeftOut = () => false) {
      const { articles, internals, tombstones } = await there.ledger();
      // An internal article has one locale, which the service does not tell.
      const internalKeys = new Map(
        Object.entries(internals).flatMap(([id, { texts }]) =>
          Object.entries(texts).map(([locale, text]) => [text.intercomId, `${id} ${locale}`]),
        ),
      );
      const ids = new Map(
        [
          ...Object.entries(articles),
          ...Object.entries(tombstones.articles).map(([id, stone]) => [id, stone.last] as const),
        ].map(([id, entry]) => [entry.intercomId, id]),
      );
      const live = new Map((await there.liveArticles()).map((item) => [String(item.id), item]));
      const isOutdatedClosed = policy?.config.translations.onOutdated === 'withhold-from-ai';
      const unapproved: string[] = [];
      for (const agent of agents) {
        for (const source of await there.fin(agent)) {
          if (isLeftOut(source.id, source.locale)) continue;
          const isInternal = source.kind === 'internal_article';
          const key = isInternal
            ? (internalKeys.get(source.id) ?? `undefined ${source.locale}`)
            : `${ids.get(source.id)} ${source.locale}`;
          const body: string = isInternal
            ? (await there.call('GET', `/internal_articles/${source.id}`)).body
            : (live.get(source.id)?.translated_content[source.locale].body ?? '');
          const words = visibleText(body);
          const isApproved = (approved.get(key) ?? []).some(
            (version) =>
              version.title === source.title && version.words === words && allows(version, agent),
          );
          const isClosed = isOutdatedClosed && outdated.has(key);
          if (!isApproved || isClosed) unapproved.push(`${agent}: ${source.title} (${key})`);
        }
      }
      expect(unapproved).toEqual([]);
    },
  };
}

/** Words do not depend on where links lead. */
export const nowhere = {
  helpCenterUrl: 'https://example.com',
  intercomId: () => '1',
  headingId: () => 'h_0123456789',
  asset: () => 'https://example.com/image.png',
};

function lastDays({ kind, on, until }: Approval, { review }: Config): string[] {
  const byDate = kind === 'baseline' && until !== null ? [until] : [];
  if (review.maxAgeDays === null) return byDate;
  const last = new Date(Date.parse(`${on}T00:00:00Z`) + review.maxAgeDays * 86_400_000);
  return [...byDate, last.toISOString().slice(0, 10)];
}
