/** What a sandbox is told about the workspace it plays. */

export type Region = 'us' | 'eu' | 'au';

export interface TeammateOption {
  readonly email: string;
  readonly name?: string;
}

export interface SandboxLimits {
  /** Calls one token may make in a window of ten seconds. Private apps: 10,000 a minute. */
  readonly appCallsPerWindow?: number;
  /** Calls all tokens together may make in a window of ten seconds: 25,000 a minute. */
  readonly workspaceCallsPerWindow?: number;
}

export interface SandboxOptions {
  readonly name: string;
  readonly region: Region;
  readonly workspaceId: string;
  /** Locales of the help center; more than one makes it multilingual. */
  readonly locales: readonly string[];
  readonly defaultLocale: string;
  readonly teammates: readonly TeammateOption[];
  /** The only bearer token accepted; without it any non-empty one is. */
  readonly token?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly clock?: (() => number) | undefined;
  /** Two sandboxes with one seed and one history answer alike. */
  readonly seed?: number | undefined;
  /** Where the data live; without it they are kept in memory. */
  readonly dataDir?: string | undefined;
  readonly helpCenter?:
    | { readonly id?: string | undefined; readonly name?: string | undefined }
    | undefined;
  readonly limits?: SandboxLimits | undefined;
  /** Where the outside reaches this sandbox, until `serveSandbox` says otherwise. */
  readonly baseUrl?: string | undefined;
}

export interface Teammate {
  readonly id: number;
  readonly email: string;
  readonly name: string;
}

/** The options with every gap filled: what the rest of the sandbox works with. */
export interface Settings {
  readonly name: string;
  readonly region: Region;
  readonly workspaceId: string;
  readonly locales: readonly string[];
  readonly defaultLocale: string;
  readonly teammates: readonly [Teammate, ...Teammate[]];
  readonly token: string | null;
  readonly clock: () => number;
  readonly seed: number;
  readonly dataDir: string | null;
  readonly helpCenter: { readonly id: string; readonly name: string };
  readonly limits: { readonly appCallsPerWindow: number; readonly workspaceCallsPerWindow: number };
  readonly baseUrl: string;
}

const FIRST_TEAMMATE_ID = 991_267_001;
const FALLBACK_TEAMMATE: TeammateOption = {
  email: 'sandbox@example.com',
  name: 'Sandbox Teammate',
};

/**
 * Fills the gaps of the options.
 * @throws Error when the default locale is not one of the locales, or the workspace has no id.
 */
export function settingsFrom(options: SandboxOptions): Settings {
  if (options.workspaceId === '') throw new Error('A sandbox needs a workspace id.');
  const locales = [...new Set([options.defaultLocale, ...options.locales])];
  const [first, ...others] = options.teammates;
  return {
    name: options.name,
    region: options.region,
    workspaceId: options.workspaceId,
    locales,
    defaultLocale: options.defaultLocale,
    teammates: [
      teammate(first ?? FALLBACK_TEAMMATE, 0),
      ...others.map((option, index) => teammate(option, index + 1)),
    ],
    token: options.token ?? null,
    clock: options.clock ?? Date.now,
    seed: options.seed ?? 1,
    dataDir: options.dataDir ?? null,
    helpCenter: {
      id: options.helpCenter?.id ?? '1',
      name: options.helpCenter?.name ?? options.name,
    },
    limits: {
      appCallsPerWindow: options.limits?.appCallsPerWindow ?? 1667,
      workspaceCallsPerWindow: options.limits?.workspaceCallsPerWindow ?? 4167,
    },
    baseUrl: (options.baseUrl ?? 'http://127.0.0.1:4400').replace(/\/+$/, ''),
  };
}

function teammate(option: TeammateOption, index: number): Teammate {
  return {
    id: FIRST_TEAMMATE_ID + index,
    email: option.email,
    name: option.name ?? nameFromEmail(option.email),
  };
}

function nameFromEmail(email: string): string {
  const words = (email.split('@')[0] ?? email).split(/[._-]+/).filter((word) => word !== '');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ') || email;
}
