import type { Region, TeammateOption, TeamOption } from '../sandbox-options.ts';

/** An item as the API answers it. Fields the sandbox does not know are left alone. */
export type DumpItem = Readonly<Record<string, unknown>>;

/** A file to fetch images from. */
export interface DumpAsset {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The content of a workspace, as the API answers it: what a sandbox can be filled with. */
export interface WorkspaceDump {
  readonly collections: readonly DumpItem[];
  readonly articles: readonly DumpItem[];
  readonly internalArticles: readonly DumpItem[];
  readonly tags: readonly DumpItem[];
  readonly audiences: readonly DumpItem[];
  readonly redirects: readonly DumpItem[];
  readonly assets: readonly DumpAsset[];
  /** Where the help center was: addresses under it become those of the sandbox's own. */
  readonly helpCenterUrl: string | null;
  /** `stored`: bodies are answers of a workspace. `sent`: they are requests, to be rewritten by the habits. */
  readonly bodies: 'stored' | 'sent';
}

/** What a dump says about the workspace itself; `null` where it says nothing. */
export interface DumpSettings {
  readonly name: string | null;
  readonly region: Region | null;
  readonly workspaceId: string | null;
  readonly locales: readonly string[] | null;
  readonly defaultLocale: string | null;
  readonly teammates: readonly TeammateOption[] | null;
  readonly teams: readonly TeamOption[] | null;
  readonly helpCenter: {
    readonly id: string;
    readonly name: string;
    readonly customDomain: string | null;
  } | null;
}

/** @throws Error naming the field when it is no text */
export function textOf(item: DumpItem, field: string, place: string): string | null {
  const value = item[field];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw new Error(`${place}: ${field} must be a text`);
  return value;
}

/** An id, or a number of seconds: numbers and strings of digits alike. */
export function numberOf(item: DumpItem, field: string): number | null {
  const value = item[field];
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** @throws Error when the item has no id of digits */
export function idOf(item: DumpItem, place: string): string {
  const { id } = item;
  if ((typeof id === 'string' || typeof id === 'number') && /^\d+$/.test(String(id)))
    return String(id);
  throw new Error(`${place}: id must be a number, found ${JSON.stringify(id) ?? 'none'}`);
}

export function flagOf(item: DumpItem, field: string): boolean | null {
  const value = item[field];
  return typeof value === 'boolean' ? value : null;
}

export function itemOf(value: unknown): DumpItem | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as DumpItem)
    : null;
}
