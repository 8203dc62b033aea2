import { parse } from 'yaml';
import { KbError } from '../model/kb-error.ts';
import type { RecordedTranslation } from '../model/recorded.ts';
import type { Approval } from '../model/review.ts';
import { fileAt, fileHistory } from '../repository/index.ts';
import { findFrontMatter } from '../repository/reading/front-matter.ts';
import type { Context } from './context.ts';
import { resolveItems } from './items.ts';
import { openWorkspace } from './workspace-state.ts';

/** Something that happened to one text. */
export interface LogVersion {
  locale: string;
  /** approved: a stamp in git; published: by a program; edited: by hand in Intercom. */
  event: 'approved' | 'published' | 'edited';
  /** ISO date or time. */
  at: string;
  by: string | null;
  via: string | null;
  title: string;
  commit: string | null;
  /** Is this what is live now? */
  isLive: boolean;
  /** For what is live: the approval it was published with. */
  approval: Approval | null;
}

const mostCommits = 200;

/**
 * Who approved what, and what was live since when, for each locale of one article, newest first.
 * @throws KbError `item-unknown`, `item-ambiguous`, `not-an-article`
 */
export async function logCommand(
  context: Context,
  name: string,
): Promise<{ versions: LogVersion[] }> {
  const opened = await openWorkspace(context);
  const [item] = resolveItems(opened.content, [name], context);
  const article = opened.content.articles.find(({ id }) => id === item?.id);
  if (item === undefined || article === undefined) {
    throw new KbError('not-an-article', `${name} is a collection; versions are kept of articles.`, {
      hint: 'Name an article.',
    });
  }
  const { recorded } = await opened.ledger.read();
  const entry = recorded.articles[article.id];
  const versions: LogVersion[] = [];
  for (const text of article.translations) {
    if (item.locale !== null && item.locale !== text.locale) continue;
    const known = entry?.translations[text.locale];
    // Under `github` a stamp says nothing: what is recorded of the pull request does.
    const isProven = opened.content.config.review.require === 'github';
    versions.push(
      ...(isProven
        ? provenBy(known, text.locale)
        : await approvals(context, text.file, text.locale)),
    );
    if (entry === undefined || known === undefined) continue;
    versions.push(
      ...(await liveVersions(
        opened.connection.workspace,
        entry.intercomId,
        text.locale,
        known.approval,
        known.commit,
      )),
    );
  }
  return { versions: versions.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)) };
}

async function liveVersions(
  workspace: Awaited<ReturnType<typeof openWorkspace>>['connection']['workspace'],
  intercomId: string,
  locale: string,
  approval: Approval | null,
  commit: string | null,
): Promise<LogVersion[]> {
  const found = (await workspace.versions?.(intercomId, locale)) ?? [];
  return found.map((version, index): LogVersion => {
    const isLive = index === 0;
    const isOurs = version.via === 'api';
    return {
      locale,
      event: isOurs ? 'published' : 'edited',
      at: new Date(version.createdAt * 1000).toISOString(),
      by: version.by,
      via: version.via,
      title: version.title,
      commit: isLive && isOurs ? commit : null,
      isLive,
      approval: isLive && isOurs ? approval : null,
    };
  });
}

/** Who approved the file of a published text in its pull request, or let it pass without. */
function provenBy(entry: RecordedTranslation | undefined, locale: string): LogVersion[] {
  const approval = entry?.approval ?? null;
  if (entry === undefined || approval === null) return [];
  const event = (at: string, by: string, via: string, commit: string | null): LogVersion => ({
    locale,
    event: 'approved',
    at,
    by,
    via,
    title: entry.title,
    commit,
    isLive: false,
    approval: null,
  });
  if (approval.breakGlass !== undefined) {
    return [
      event(approval.on, approval.by, `break-glass: ${approval.breakGlass.reason}`, entry.commit),
    ];
  }
  const [own] = approval.proof ?? [];
  return (own?.approvers ?? []).map(({ submittedAt, login }) =>
    event(submittedAt, login, `#${own?.pr ?? 0}`, own?.commit ?? null),
  );
}

/** The stamps that commits brought into a file. */
async function approvals(context: Context, file: string, locale: string): Promise<LogVersion[]> {
  const commits = ((await fileHistory(context.contentDir, file)) ?? []).slice(0, mostCommits);
  const found: LogVersion[] = [];
  let before: string | null = null;
  for (const commit of commits.toReversed()) {
    const bytes = await fileAt(context.contentDir, commit.hash, file);
    const stamp = bytes === null ? null : stampIn(new TextDecoder().decode(bytes));
    if (stamp !== null && stamp.digest !== before) {
      found.push({
        locale,
        event: 'approved',
        at: stamp.on,
        by: stamp.by,
        via: 'git',
        title: stamp.title,
        commit: commit.hash,
        isLive: false,
        approval: null,
      });
    }
    before = stamp?.digest ?? null;
  }
  return found;
}

function stampIn(text: string): { by: string; on: string; digest: string; title: string } | null {
  const found = findFrontMatter(text);
  if ('problem' in found) return null;
  try {
    const data: unknown = parse(text.slice(found.split.start, found.split.end), { schema: 'core' });
    if (!isRecord(data) || !isRecord(data.review)) return null;
    const { by, on, digest } = data.review;
    const isWhole = typeof by === 'string' && typeof digest === 'string';
    return isWhole ? { by, on: String(on), digest, title: String(data.title ?? '') } : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
