import { existsSync, globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Region } from '../sandbox-options.ts';
import {
  type DumpItem,
  type DumpSettings,
  idOf,
  itemOf,
  numberOf,
  textOf,
  type WorkspaceDump,
} from './dump.ts';

const FILES = [
  'me',
  'admins',
  'teams',
  'help_centers',
  'collections',
  'articles',
  'internal_articles',
  'tags',
  'audiences',
  'redirects',
] as const;
type FileName = (typeof FILES)[number];

/**
 * Reads a folder that holds a workspace as JSON files of API answers, each named for its listing; a
 * list is one answer, several pages of it, or the bare items. Files beside them in `assets/` become
 * assets of the sandbox.
 * @throws Error naming the file that is no JSON, no listing, or unknown; or a folder without content.
 */
export function readDump(dir: string): {
  readonly dump: WorkspaceDump;
  readonly settings: DumpSettings;
} {
  assertDump(dir);
  const items = (name: FileName): readonly DumpItem[] => itemsIn(readJson(dir, name), name);
  const articles = items('articles');
  return {
    dump: {
      collections: items('collections'),
      articles,
      internalArticles: items('internal_articles'),
      tags: items('tags'),
      audiences: items('audiences'),
      redirects: items('redirects'),
      helpCenterUrl: centerUrlOf(items('help_centers')),
      assets: readAssets(path.join(dir, 'assets')),
      bodies: 'stored',
    },
    settings: readSettings(dir, items, articles),
  };
}

function assertDump(dir: string): void {
  if (!existsSync(dir) || !statSync(dir).isDirectory()) throw new Error(`${dir} is no folder.`);
  const known = FILES.map((name) => `${name}.json`);
  const names = readdirSync(dir).filter((name) => name.endsWith('.json'));
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new Error(`${path.join(dir, unknown)} is unknown. Known: ${known.join(', ')}.`);
  if (!names.includes('articles.json') && !names.includes('collections.json'))
    throw new Error(`${dir} has neither articles.json nor collections.json.`);
}

function readJson(dir: string, name: FileName): unknown {
  const file = path.join(dir, `${name}.json`);
  if (!existsSync(file)) return [];
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file} is no JSON: ${error instanceof Error ? error.message : error}`);
  }
}

/** The keys under which listings keep their items. */
const LIST_KEYS = ['data', 'admins', 'teams', 'internal_articles', 'articles', 'tags'];

function itemsIn(value: unknown, name: FileName): readonly DumpItem[] {
  if (Array.isArray(value)) return value.flatMap((entry: unknown) => itemsIn(entry, name));
  const item = itemOf(value);
  if (item === null) throw new Error(`${name}.json must hold a list of objects`);
  const key = LIST_KEYS.find((candidate) => isListing(item, candidate));
  return key === undefined ? [item] : itemsIn(item[key], name);
}

/** An article has tags, too: only what calls itself a list is one. */
function isListing(item: DumpItem, key: string): boolean {
  const isList = item.type === undefined || String(item.type).endsWith('list');
  return isList && item.id === undefined && Array.isArray(item[key]);
}

function readAssets(dir: string): WorkspaceDump['assets'] {
  return globSync('**/*', { cwd: dir })
    .filter((name) => statSync(path.join(dir, name)).isFile())
    .sort()
    .map((name) => ({
      name: name.split(path.sep).join('/'),
      bytes: new Uint8Array(readFileSync(path.join(dir, name))),
    }));
}

function readSettings(
  dir: string,
  items: (name: FileName) => readonly DumpItem[],
  articles: readonly DumpItem[],
): DumpSettings {
  const [me] = itemsIn(readJson(dir, 'me'), 'me');
  const app = itemOf(me?.app);
  const centers = items('help_centers');
  const center = mainCenter(centers);
  const locales = center === undefined ? usedLocales(articles) : localesOf(center);
  const teammates = items('admins').map((admin) => ({
    id: Number(idOf(admin, 'admins.json')),
    email: textOf(admin, 'email', 'admins.json') ?? '',
    name: textOf(admin, 'name', 'admins.json') ?? undefined,
  }));
  return {
    name: app === null ? null : textOf(app, 'name', 'me.json'),
    region: regionOf(app),
    workspaceId: app === null ? workspaceOf(articles) : textOf(app, 'id_code', 'me.json'),
    locales: locales.length === 0 ? null : locales,
    defaultLocale: defaultLocaleOf([...articles, ...items('collections')]) ?? locales[0] ?? null,
    teammates: teammates.length === 0 ? null : teammates,
    teams: items('teams').map((team) => ({
      id: idOf(team, 'teams.json'),
      name: textOf(team, 'name', 'teams.json') ?? '',
      members: teammates
        .filter(({ id }) => Array.isArray(team.admin_ids) && team.admin_ids.includes(id))
        .map(({ email }) => email),
    })),
    helpCenter:
      center === undefined
        ? null
        : {
            id: idOf(center, 'help_centers.json'),
            name: textOf(center, 'display_name', 'help_centers.json') ?? 'Help',
            customDomain: textOf(center, 'custom_domain', 'help_centers.json'),
          },
  };
}

function mainCenter(centers: readonly DumpItem[]): DumpItem | undefined {
  return centers.find((one) => one.default === true) ?? centers[0];
}

function centerUrlOf(centers: readonly DumpItem[]): string | null {
  const url = mainCenter(centers)?.url;
  return typeof url === 'string' && /^https?:\/\//.test(url) ? url.replace(/\/+$/, '') : null;
}

function workspaceOf(articles: readonly DumpItem[]): string | null {
  return articles[0] === undefined ? null : textOf(articles[0], 'workspace_id', 'articles.json');
}

function regionOf(app: DumpItem | null): Region | null {
  const name = String(app?.region ?? '').toLowerCase();
  return (['us', 'eu', 'au'] as const).find((region) => region === name) ?? null;
}

function localesOf(center: DumpItem): readonly string[] {
  return Array.isArray(center.locales) ? center.locales.map(String) : [];
}

/** Without a help center, the locales are those somebody wrote in. */
function usedLocales(articles: readonly DumpItem[]): readonly string[] {
  const found = articles.flatMap(({ translated_content: contents }) =>
    Object.keys(itemOf(contents) ?? {}).filter((key) => key !== 'type'),
  );
  return [...new Set(found)];
}

/** Items of a multilingual help center name it; most of them agree. */
function defaultLocaleOf(items: readonly DumpItem[]): string | null {
  const newest = items
    .filter(({ default_locale: locale }) => typeof locale === 'string')
    .sort(
      (left, right) => (numberOf(right, 'updated_at') ?? 0) - (numberOf(left, 'updated_at') ?? 0),
    );
  return newest[0] === undefined ? null : String(newest[0].default_locale);
}
