import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Region, regions } from '../model/config.ts';
import type { Content } from '../model/content.ts';
import { KbError } from '../model/kb-error.ts';
import { readContent } from '../repository/index.ts';
import { didYouMean } from '../repository/reading/nearest.ts';
import type { Context } from './context.ts';

/** What an embedded workspace is told: plain data, as it shares no code with us. */
export interface SandboxSettings {
  name: string;
  region: Region;
  workspaceId: string;
  helpCenter: { id?: string; name?: string; customDomain?: string | null };
  locales: string[];
  defaultLocale: string;
  teammates: { id: number; email: string; name?: string | undefined }[];
  teams: { id?: string | undefined; name: string; members: readonly string[] }[];
}

/** What the dump of a workspace says about it; null where it says nothing. */
export interface DumpedSettings {
  name: string | null;
  region: Region | null;
  workspaceId: string | null;
  locales: readonly string[] | null;
  defaultLocale: string | null;
  teammates:
    | readonly { id?: number | undefined; email: string; name?: string | undefined }[]
    | null;
  teams: readonly { id?: string | undefined; name: string; members: readonly string[] }[] | null;
  helpCenter: { id: string; name: string; customDomain: string | null } | null;
}

/** Ids of teammates whom no dump knows. */
const firstTeammateId = 991_267_001;

/**
 * The workspaces that `kb sandbox` plays: those asked for as `name[:region[:id]]`, else the one that
 * kb.yaml keeps on this machine, else one named sandbox. What a dump says about itself is so, unless
 * `--workspace` says otherwise; else locales and teammates are the content's.
 * @throws KbError `usage` for a region that is none; `no-content` only when a folder was named.
 */
export async function sandboxSettings(
  context: Context,
  options: {
    workspaces: readonly string[];
    contentNamed: boolean;
    dumped: DumpedSettings | null;
  },
): Promise<SandboxSettings[]> {
  const content = await contentIfAny(context, options.contentNamed);
  const specs = options.workspaces.map(specFrom);
  const asked = specs.length > 0 ? specs : [localSpec(content)];
  return asked.map((spec) => settingsFor(spec, content, options.dumped));
}

interface Spec {
  name: string;
  region: Region | null;
  id: string | null;
}

async function contentIfAny(context: Context, named: boolean): Promise<Content | null> {
  if (!named && !existsSync(join(context.contentDir, 'kb.yaml'))) return null;
  return readContent(context.contentDir);
}

function specFrom(text: string): Spec {
  const [name = '', region = '', id = ''] = text.split(':');
  if (!/^[\w-]+$/.test(name)) {
    throw new KbError('usage', `--workspace needs name[:region[:id]], found "${text}".`, {
      hint: 'For example --workspace eu:eu:abc123.',
    });
  }
  return { name, region: region === '' ? null : regionFrom(region), id: id === '' ? null : id };
}

function regionFrom(text: string): Region {
  const region = regions.find((known) => known === text.toLowerCase());
  if (region === undefined) {
    throw new KbError('usage', `There is no region "${text}": regions are ${regions.join(', ')}.`, {
      hint: didYouMean(text, regions),
    });
  }
  return region;
}

/** The workspace of kb.yaml that lies on this machine, so that `kb plan` finds it as configured. */
function localSpec(content: Content | null): Spec {
  const local = Object.values(content?.config.workspaces ?? {}).find(({ endpoint }) =>
    /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$)/.test(endpoint ?? ''),
  );
  return { name: local?.name ?? 'sandbox', region: null, id: null };
}

function settingsFor(
  { name, region, id }: Spec,
  content: Content | null,
  dumped: DumpedSettings | null,
): SandboxSettings {
  const configured = content?.config.workspaces[name];
  const locales = dumped?.locales ?? content?.config.locales ?? ['en'];
  return {
    name,
    region: region ?? dumped?.region ?? configured?.region ?? 'eu',
    workspaceId: id ?? dumped?.workspaceId ?? configured?.workspaceId ?? `kb-${name}`,
    helpCenter: dumped?.helpCenter ?? helpCenterOf(configured?.helpCenter ?? null),
    locales: [...locales],
    defaultLocale:
      dumped?.defaultLocale ??
      (dumped?.locales ?? null)?.[0] ??
      content?.config.defaultLocale ??
      'en',
    teammates: (dumped?.teammates ?? teammatesOf(content)).map((teammate, index) => ({
      ...teammate,
      id: teammate.id ?? firstTeammateId + index,
    })),
    teams: [...(dumped?.teams ?? [])],
  };
}

function helpCenterOf(id: string | null): SandboxSettings['helpCenter'] {
  return id === null ? {} : { id };
}

/** Everybody whom the content names as an author. */
function teammatesOf(content: Content | null): { email: string; id?: number }[] {
  if (content === null) return [];
  const { config, articles } = content;
  const emails = [
    ...Object.values(config.workspaces).map(({ author }) => author),
    ...Object.values(config.import.authors),
    ...articles.map(({ author }) => author),
  ].filter((email) => email !== null);
  return [...new Set(emails)].map((email) => ({ email }));
}
