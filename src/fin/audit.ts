import type { Agent, Availability } from '../model/config.ts';
import { agents } from '../model/config.ts';
import type { Approval } from '../model/review.ts';
import type { Resemblance } from './copies.ts';

export const sourceStatuses = [
  'proven',
  'declared',
  'baseline',
  'drifted',
  'expired',
  'unmanaged',
] as const;
export type SourceStatus = (typeof sourceStatuses)[number];
export type SourceKind = 'article' | 'internal_article' | 'snippet' | 'external_page' | 'file';

/** What is known of one text that is live. */
export interface LiveSource {
  kind: SourceKind;
  /** Our id; Intercom's where it is not from here. */
  id: string;
  intercomId: string;
  locale: string | null;
  title: string;
  isPublished: boolean;
  availability: Availability;
  /** null: not from here. */
  managed: { isDrifted: boolean; approval: Approval | null; isExpired: boolean } | null;
  /** What a text that is not from here looks like; null where nothing is known of it. */
  resemblance: Resemblance | null;
}

/** A text that the AI can read, and what stands behind it. */
export interface AuditedSource {
  kind: SourceKind;
  id: string;
  intercomId: string;
  locale: string | null;
  title: string;
  agents: readonly Agent[];
  status: SourceStatus;
  approval: Approval | null;
  isViolation: boolean;
  /** One sentence: why this status. */
  reason: string;
}

export interface AuditPolicy {
  /** May the AI read texts that were only accepted as migrated? */
  baseline: boolean;
  onExpiry: 'warn' | 'withhold-from-ai';
}

/** Every source the AI can read now, with its approval or the violation. */
export function auditSources(sources: readonly LiveSource[], policy: AuditPolicy): AuditedSource[] {
  return sources
    .filter((source) => source.isPublished)
    .flatMap((source) => {
      const readers = agents.filter((agent) => source.availability[agent]);
      return readers.length === 0 ? [] : [audited(source, readers, policy)];
    });
}

function audited(
  source: LiveSource,
  readers: readonly Agent[],
  policy: AuditPolicy,
): AuditedSource {
  const { kind, id, intercomId, locale, title, managed } = source;
  const told = (status: SourceStatus, isViolation: boolean, reason: string): AuditedSource => ({
    kind,
    id,
    intercomId,
    locale,
    title,
    agents: readers,
    status,
    approval: managed?.approval ?? null,
    isViolation,
    reason,
  });
  if (managed === null) {
    return told('unmanaged', true, originOf(source.resemblance));
  }
  if (managed.isDrifted) return told('drifted', true, 'changed in Intercom since it was published');
  const { approval } = managed;
  if (approval === null) return told('unmanaged', true, 'published, but no approval is known');
  if (managed.isExpired) {
    const isClosed = policy.onExpiry === 'withhold-from-ai';
    return told('expired', isClosed, `approved by ${approval.by} on ${approval.on}, too long ago`);
  }
  const by = `${approval.by}, ${approval.on}`;
  if (approval.breakGlass !== undefined) {
    const { reason } = approval.breakGlass;
    return told(
      'declared',
      true,
      `published in an emergency by ${by} ("${reason}"); its review is missing`,
    );
  }
  if (approval.kind === 'baseline') {
    return told('baseline', !policy.baseline, `accepted as migrated by ${by}`);
  }
  return told(approval.kind, false, `approved by ${by}`);
}

function originOf(resemblance: Resemblance | null): string {
  const { copyOf, isFromZendesk } = resemblance ?? { copyOf: null, isFromZendesk: false };
  if (copyOf === null) {
    return isFromZendesk
      ? "not from this knowledge base; its addresses are a Zendesk help center's, so Intercom's own Zendesk sync may have brought it: disconnect the sync"
      : 'not from this knowledge base';
  }
  return isFromZendesk
    ? `a copy of ${copyOf} from Zendesk: Intercom's own Zendesk sync brings it back every hour until it is disconnected`
    : `looks like a copy of ${copyOf}, as Intercom's own Zendesk sync leaves them`;
}

export type AuditSummary = Readonly<Record<SourceStatus | 'sources' | 'violations', number>>;

export function auditSummary(sources: readonly AuditedSource[]): AuditSummary {
  const count = (status: SourceStatus) => sources.filter((item) => item.status === status).length;
  return {
    sources: sources.length,
    violations: sources.filter((item) => item.isViolation).length,
    proven: count('proven'),
    declared: count('declared'),
    baseline: count('baseline'),
    drifted: count('drifted'),
    expired: count('expired'),
    unmanaged: count('unmanaged'),
  };
}

/** What shapes the AI's answers and is shown by no API: a person looks, and signs. */
export const attestations: readonly string[] = [
  'Guidance for Fin (AI & Automation › Train › Guidance)',
  'Procedures and tasks of Fin',
  'Workflows that answer, and custom answers',
  'Data connectors that Fin may call',
  'Macros that Copilot may use',
];

/** What to look at besides, where articles came from Zendesk: no field of the API shows the sync. */
export const syncAttestation =
  "Intercom's own Zendesk sync is disconnected (Knowledge › Sources): it brings its copies back every hour";
