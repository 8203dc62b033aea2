import {
  type AuditedSource,
  type AuditSummary,
  attestations,
  auditSources,
  auditSummary,
  type ComparedText,
  type LiveSource,
  type Resemblance,
  resemblances,
  syncAttestation,
} from '../fin/index.ts';
import { agents, nobody } from '../model/config.ts';
import { KbError } from '../model/kb-error.ts';
import type { RecordedTranslation } from '../model/recorded.ts';
import type { Approval } from '../model/review.ts';
import type { LiveArticle, LiveTranslation, Snapshot } from '../model/snapshot.ts';
import { treeText } from '../model/tree-text.ts';
import type { DesiredTranslation } from '../plan/desired.ts';
import { driftedFields, storedTree } from '../plan/live.ts';
import type { Workspace } from '../publish/ports.ts';
import { expiresOn } from '../review/index.ts';
import { type AvailabilityChange, applyAvailability, type Confirm } from './availability.ts';
import type { Context } from './context.ts';
import { type OpenedWorkspace, openWorkspace } from './workspace-state.ts';

export interface AuditResult {
  /** Its name in kb.yaml. */
  workspace: string;
  sources: AuditedSource[];
  attest: string[];
  summary: AuditSummary;
  /** What `--fix` took from the AI. */
  changes: AvailabilityChange[];
  /** The file that takes the changes back; null where there are none. */
  undo: string | null;
}

/**
 * Every text the AI can read now, with its approval or the violation.
 * @param wishes.fix take the violations from the AI
 * @param wishes.confirm is shown what would be taken and says whether to; null: nobody is asked
 */
export async function auditCommand(
  context: Context,
  wishes: { fix: boolean; confirm?: Confirm | null },
): Promise<AuditResult> {
  const opened = await openWorkspace(context);
  const { sources, attest, actual } = await readSources(context, opened);
  const violations = sources.filter((source) => source.isViolation);
  const shown = {
    workspace: opened.connection.config.name,
    sources,
    attest,
    summary: auditSummary(sources),
  };
  if (!wishes.fix || violations.length === 0) return { ...shown, changes: [], undo: null };
  const fixable = violations.filter(
    ({ kind }) => kind === 'article' || kind === 'internal_article',
  );
  const changes = fixable.map(withdrawal);
  const isWanted = changes.length === 0 || ((await wishes.confirm?.(changes)) ?? true);
  if (!isWanted) return { ...shown, changes: [], undo: null };
  const done = await applyAvailability(context, opened, actual, changes);
  return { ...shown, ...done };
}

/** The AI gets nothing of it. */
export function withdrawal(source: AuditedSource): AvailabilityChange {
  const before = Object.fromEntries(
    agents.map((agent) => [agent, source.agents.includes(agent)]),
  ) as unknown as AvailabilityChange['before'];
  const { id, intercomId, locale, title } = source;
  const kind = source.kind === 'internal_article' ? 'internal_article' : 'article';
  return { kind, id, intercomId, locale: locale ?? '', title, before, after: nobody, error: null };
}

/** Reads what the AI can read. */
export async function readSources(
  context: Context,
  opened: OpenedWorkspace,
): Promise<{ sources: AuditedSource[]; attest: string[]; actual: Snapshot }> {
  const { workspace } = opened.connection;
  const { recorded } = await opened.ledger.read();
  const actual = await workspace.read({
    tags: false,
    audiences: false,
    internals: true,
    redirectsOf: () => null,
  });
  const { config } = opened.content;
  const isExpired = (approval: Approval | null): boolean => {
    const lastDay = approval === null ? null : expiresOn(approval, config.review);
    return lastDay !== null && context.today > lastDay;
  };
  const reviewed = reviewedSince(opened);
  const managedBy = (
    id: string | undefined,
    entry: RecordedTranslation | undefined,
    live: LiveTranslation,
  ) => {
    if (id === undefined || entry === undefined) return null;
    const approval = reviewed(id, live.locale, entry);
    return { isDrifted: isDrifted(entry, live), approval, isExpired: isExpired(approval) };
  };
  const articles = new Map(
    Object.entries(recorded.articles).map(([id, entry]) => [entry.intercomId, { id, entry }]),
  );
  const internals = new Map(
    Object.entries(recorded.internals).flatMap(([id, { texts }]) =>
      Object.entries(texts).map(
        ([, text]) => [text.intercomId, { id, entry: text.entry }] as const,
      ),
    ),
  );
  const looks = resemblancesIn(actual, articles);
  const live: LiveSource[] = [
    ...actual.articles.flatMap((article) =>
      Object.values(article.translations).map((text): LiveSource => {
        const known = articles.get(article.intercomId);
        return {
          kind: 'article',
          id: known?.id ?? article.intercomId,
          intercomId: article.intercomId,
          locale: text.locale,
          title: text.title,
          isPublished: text.publication === 'published',
          availability: text.availability,
          managed: managedBy(known?.id, known?.entry.translations[text.locale], text),
          resemblance: looks.get(`${article.intercomId} ${text.locale}`) ?? null,
        };
      }),
    ),
    ...actual.internals.map((internal): LiveSource => {
      const known = internals.get(internal.intercomId);
      return {
        kind: 'internal_article',
        id: known?.id ?? internal.intercomId,
        intercomId: internal.intercomId,
        locale: internal.text.locale,
        title: internal.text.title,
        isPublished: true,
        availability: internal.text.availability,
        managed: managedBy(known?.id, known?.entry, internal.text),
        resemblance: null,
      };
    }),
  ];
  const others = await readOthers(workspace);
  const policy = { baseline: config.ai.baseline, onExpiry: config.review.onExpiry };
  const sources = auditSources([...live, ...others.sources], policy);
  const isImported = opened.content.articles.some(({ source }) => source?.system === 'zendesk');
  const attest = [...attestations, ...(isImported ? [syncAttestation] : []), ...others.attest];
  return { sources, attest, actual };
}

/**
 * The approval behind a published text. What went live by break-glass counts as reviewed once these very
 * bytes are: the audit asks for that until then.
 */
function reviewedSince({ desired }: OpenedWorkspace) {
  const found = new Map<string, DesiredTranslation>();
  for (const { id, translations } of desired.articles) {
    for (const text of translations) found.set(`${id}\n${text.locale}`, text);
  }
  return (id: string, locale: string, entry: RecordedTranslation): Approval | null => {
    const { approval } = entry;
    if (approval?.breakGlass === undefined) return approval;
    const now = found.get(`${id}\n${locale}`)?.decision.approval ?? null;
    const isReviewed = now?.digest === entry.articleDigest && now.breakGlass === undefined;
    return isReviewed ? now : approval;
  };
}

/** Is what the AI reads another text than was published, or opened to more agents? */
function isDrifted(entry: RecordedTranslation, live: LiveTranslation): boolean {
  const drifted = driftedFields(live, entry.echo);
  const isOpened = agents.some(
    (agent) => live.availability[agent] && !entry.echo.availability[agent],
  );
  return isOpened || drifted.some((field) => ['title', 'description', 'body'].includes(field));
}

/** What unmanaged articles look like, beside ours. */
function resemblancesIn(
  actual: Snapshot,
  managed: ReadonlyMap<string, { id: string }>,
): ReadonlyMap<string, Resemblance> {
  const compared = (article: LiveArticle, id: string): ComparedText[] =>
    Object.values(article.translations).map(({ locale, title, body }) => ({
      id,
      locale,
      title,
      text: treeText(storedTree(body)),
      html: body,
    }));
  const others = actual.articles.filter(({ intercomId }) => !managed.has(intercomId));
  if (others.length === 0) return new Map();
  const ours = actual.articles.flatMap((article) => {
    const id = managed.get(article.intercomId)?.id;
    return id === undefined ? [] : compared(article, id);
  });
  return resemblances(
    ours,
    others.flatMap((article) => compared(article, article.intercomId)),
  );
}

/** Snippets, external pages and files, as the search over all content lists them. */
async function readOthers(
  workspace: Workspace,
): Promise<{ sources: LiveSource[]; attest: string[] }> {
  if (workspace.otherSources === undefined) return { sources: [], attest: [] };
  const found = new Map<string, LiveSource>();
  try {
    for (const agent of agents) {
      for (const item of await workspace.otherSources(agent)) {
        const key = `${item.kind} ${item.id}`;
        const before = found.get(key)?.availability ?? nobody;
        found.set(key, {
          ...item,
          intercomId: item.id,
          locale: null,
          isPublished: true,
          availability: { ...before, [agent]: true },
          managed: null,
          resemblance: null,
        });
      }
    }
  } catch (error) {
    if (!(error instanceof KbError)) throw error;
    return {
      sources: [],
      attest: [
        `Snippets, external pages and files: the token may not list them (${error.message})`,
      ],
    };
  }
  return { sources: [...found.values()], attest: [] };
}
