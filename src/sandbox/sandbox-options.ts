/** What a sandbox is told about the workspace it plays. */

export type Region = 'us' | 'eu' | 'au';

/** Versions of the API this sandbox speaks, oldest first. */
export const API_VERSIONS = ['2.14', '2.15', '2.16'] as const;
export type ApiVersion = (typeof API_VERSIONS)[number];

export interface TeammateOption {
  readonly email: string;
  readonly name?: string | undefined;
  /** Without it the sandbox numbers its teammates itself. */
  readonly id?: number | undefined;
}

export interface TeamOption {
  readonly name: string;
  /** E-mail addresses of teammates. */
  readonly members: readonly string[];
  readonly id?: string | undefined;
}

/** Stretches in which the service refuses with 429 although its headers promise more. */
export interface Bursts {
  /** How likely a call starts one, from 0 to 1. */
  readonly chance: number;
  /** How many calls in a row are refused then. */
  readonly length: number;
  /** Seconds to wait, as the answer says. */
  readonly retryAfter: number;
}

/** How long every answer takes at least: somewhere between the two, drawn for each call. */
export interface Latency {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Limits {
  /** Calls one token may make in a window of ten seconds. Private apps: 10,000 a minute. */
  readonly appCallsPerWindow: number;
  /** Calls all tokens together may make in a window of ten seconds: 25,000 a minute. */
  readonly workspaceCallsPerWindow: number;
  readonly bursts: Bursts | null;
  readonly latency: Latency | null;
}

export type SandboxLimits = { readonly [Name in keyof Limits]?: Limits[Name] | undefined };

export const USUAL_LIMITS: Limits = {
  appCallsPerWindow: 1667,
  workspaceCallsPerWindow: 4167,
  bursts: null,
  latency: null,
};

export interface SandboxOptions {
  readonly name: string;
  readonly region: Region;
  readonly workspaceId: string;
  /** Locales of the help center; more than one makes it multilingual. */
  readonly locales: readonly string[];
  readonly defaultLocale: string;
  readonly teammates: readonly TeammateOption[];
  readonly teams?: readonly TeamOption[] | undefined;
  /** The only bearer token accepted; without it any non-empty one is. */
  readonly token?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly clock?: (() => number) | undefined;
  /** Two sandboxes with one seed and one history answer alike. */
  readonly seed?: number | undefined;
  /** Where the data live; without it they are kept in memory. */
  readonly dataDir?: string | undefined;
  readonly helpCenter?:
    | {
        readonly id?: string | undefined;
        readonly name?: string | undefined;
        /** The host its addresses are written with, as `help.example.com`. */
        readonly customDomain?: string | null | undefined;
      }
    | undefined;
  /** What a call without a version header gets: the version the app was made with. */
  readonly apiVersion?: ApiVersion | undefined;
  readonly limits?: SandboxLimits | undefined;
  /** Where the outside reaches this sandbox, until `serveSandbox` says otherwise. */
  readonly baseUrl?: string | undefined;
}

export interface Teammate {
  readonly id: number;
  readonly email: string;
  readonly name: string;
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly memberIds: readonly number[];
}

export interface HelpCenter {
  readonly id: string;
  readonly name: string;
  readonly customDomain: string | null;
  readonly isTurnedOn: boolean;
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
  readonly teams: readonly Team[];
  readonly helpCenter: HelpCenter;
  readonly apiVersion: ApiVersion;
  readonly limits: Limits;
  readonly baseUrl: string;
}

const FIRST_TEAMMATE_ID = 991_267_001;
const FIRST_TEAM_ID = 814_001;
const FALLBACK_TEAMMATE: TeammateOption = {
  email: 'sandbox@example.com',
  name: 'Sandbox Teammate',
};

/**
 * Fills the gaps of the options.
 * @throws Error when the workspace has no id, or a team has a member who is no teammate.
 */
export function settingsFrom(options: SandboxOptions): Settings {
  if (options.workspaceId === '') throw new Error('A sandbox needs a workspace id.');
  const locales = [...new Set([options.defaultLocale, ...options.locales])];
  const [first, ...others] = options.teammates;
  const teammates: Settings['teammates'] = [
    teammate(first ?? FALLBACK_TEAMMATE, 0),
    ...others.map((option, index) => teammate(option, index + 1)),
  ];
  return {
    name: options.name,
    region: options.region,
    workspaceId: options.workspaceId,
    locales,
    defaultLocale: options.defaultLocale,
    teammates,
    teams: (options.teams ?? []).map((option, index) => teamFrom(option, index, teammates)),
    token: options.token ?? null,
    clock: options.clock ?? Date.now,
    seed: options.seed ?? 1,
    dataDir: options.dataDir ?? null,
    helpCenter: {
      id: options.helpCenter?.id ?? '1',
      name: options.helpCenter?.name ?? options.name,
      customDomain: options.helpCenter?.customDomain ?? null,
      isTurnedOn: true,
    },
    apiVersion: options.apiVersion ?? '2.14',
    limits: limitsFrom(options.limits ?? {}),
    baseUrl: (options.baseUrl ?? 'http://127.0.0.1:4400').replace(/\/+$/, ''),
  };
}

function limitsFrom(limits: SandboxLimits): Limits {
  return {
    appCallsPerWindow: limits.appCallsPerWindow ?? USUAL_LIMITS.appCallsPerWindow,
    workspaceCallsPerWindow: limits.workspaceCallsPerWindow ?? USUAL_LIMITS.workspaceCallsPerWindow,
    bursts: limits.bursts ?? null,
    latency: limits.latency ?? null,
  };
}

/** @throws Error when a member is no teammate */
export function teamFrom(
  { name, members, id }: TeamOption,
  index: number,
  teammates: readonly Teammate[],
): Team {
  const memberIds = members.map((email) => {
    const found = teammates.find((known) => known.email === email);
    if (found === undefined) throw new Error(`Team ${name}: ${email} is no teammate.`);
    return found.id;
  });
  return { id: id ?? String(FIRST_TEAM_ID + index), name, memberIds };
}

function teammate(option: TeammateOption, index: number): Teammate {
  return {
    id: option.id ?? FIRST_TEAMMATE_ID + index,
    email: option.email,
    name: option.name ?? nameFromEmail(option.email),
  };
}

function nameFromEmail(email: string): string {
  const words = (email.split('@')[0] ?? email).split(/[._-]+/).filter((word) => word !== '');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ') || email;
}
