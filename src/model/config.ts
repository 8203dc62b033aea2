import type { Locale } from './locale.ts';

export const regions = ['us', 'eu', 'au'] as const;
export type Region = (typeof regions)[number];

export const agents = ['agent', 'copilot', 'salesAgent'] as const;
/** Intercom's AI products that read articles. */
export type Agent = (typeof agents)[number];
export type Availability = { readonly [A in Agent]: boolean };

export const nobody: Availability = { agent: false, copilot: false, salesAgent: false };

/** What both allow. */
export function both(a: Availability, b: Availability): Availability {
  return {
    agent: a.agent && b.agent,
    copilot: a.copilot && b.copilot,
    salesAgent: a.salesAgent && b.salesAgent,
  };
}

export interface WorkspaceConfig {
  name: string;
  region: Region;
  /** null: not configured, so nothing to verify against (allowed on loopback only). */
  workspaceId: string | null;
  helpCenter: string | null;
  /** null: the region's own host. */
  endpoint: string | null;
  /** The name of the environment variable that holds the token. */
  tokenEnv: string;
  /** E-mail of the teammate new articles are attributed to. */
  author: string | null;
}

export interface ReviewPolicy {
  require: 'stamp' | 'github';
  approvals: number;
  codeOwners: boolean;
  /** Under `github`: only reviews of the last commit count, and never those of a co-author. */
  strict: boolean;
  /** Days. null: reviews do not expire. */
  maxAgeDays: number | null;
  onExpiry: 'warn' | 'withhold-from-ai';
  unreviewed: 'withhold' | 'publish-without-ai';
}

/** kb.yaml as the program uses it: every value there, none to be guessed. */
export interface Config {
  defaultLocale: Locale;
  locales: readonly Locale[];
  /** name → locale → value; a value for all locales is stored under each. */
  variables: Readonly<Record<string, Readonly<Record<string, string>>>>;
  workspaces: Readonly<Record<string, WorkspaceConfig>>;
  review: ReviewPolicy;
  translations: { onOutdated: 'warn' | 'withhold-from-ai' };
  /** Default wants and ceilings of AI availability. */
  ai: Availability & { baseline: boolean };
  guards: { deletePercent: number; updatePercent: number };
  onRemove: 'unpublish' | 'delete' | 'report';
  onDrift: 'hold' | 'restore';
  /** Fields that Intercom's UI owns: ignored on compare and on write. */
  uiOwned: readonly UiOwnable[];
  assets: { store: AssetStoreKind; url: string | null };
  ledger: 'file' | 'github';
  import: {
    locales: Readonly<Record<string, string>>;
    authors: Readonly<Record<string, string>>;
  };
  pii: { allow: readonly { value: string; reason: string }[] };
}

export const uiOwnable = ['author', 'tags', 'collection', 'finAudiences', 'description'] as const;
export type UiOwnable = (typeof uiOwnable)[number];
export const assetStoreKinds = ['sandbox', 'base-url', 'github-raw', 'jsdelivr', 's3'] as const;
export type AssetStoreKind = (typeof assetStoreKinds)[number];

/** The stores that this release has; the others are known by name, to be told apart from a misspelling. */
export const availableStores = assetStoreKinds.filter(isAvailableStore);

/** Can images lie there in this release? */
export function isAvailableStore(kind: AssetStoreKind): boolean {
  return kind !== 's3';
}
