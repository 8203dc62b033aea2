import {
  API_VERSIONS,
  type Settings,
  type Team,
  type Teammate,
  type TeamOption,
  teamFrom,
} from '../sandbox-options.ts';
import type { SettingChanges } from '../workspace.ts';

type Fields = Readonly<Record<string, unknown>>;

const KNOWN = [
  'locales',
  'default_locale',
  'custom_domain',
  'website_turned_on',
  'api_version',
  'teams',
];

/**
 * Reads changed settings of a workspace as they are ordered from outside.
 * @throws Error naming the first thing that is wrong.
 */
export function readSettingChanges(settings: Settings, body: Fields): SettingChanges {
  const unknown = Object.keys(body).find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) throw new Error(`${unknown} is unknown. Known: ${KNOWN.join(', ')}.`);
  const locales = body.locales === undefined ? settings.locales : readLocales(body.locales);
  const defaultLocale =
    body.default_locale === undefined ? settings.defaultLocale : body.default_locale;
  if (typeof defaultLocale !== 'string' || !locales.includes(defaultLocale))
    throw new Error(`default_locale must be one of ${locales.join(', ')}`);
  const { helpCenter } = settings;
  return {
    locales,
    defaultLocale,
    apiVersion: body.api_version === undefined ? settings.apiVersion : readVersion(body),
    teams: body.teams === undefined ? settings.teams : readTeams(body.teams, settings.teammates),
    helpCenter: {
      customDomain:
        body.custom_domain === undefined ? helpCenter.customDomain : readDomain(body.custom_domain),
      isTurnedOn:
        body.website_turned_on === undefined
          ? helpCenter.isTurnedOn
          : readSwitch(body.website_turned_on),
    },
  };
}

/** The settings as this endpoint takes them. */
export function shownSettings(settings: Settings): Record<string, unknown> {
  const { locales, defaultLocale, helpCenter, apiVersion, teams, teammates } = settings;
  return {
    locales,
    default_locale: defaultLocale,
    custom_domain: helpCenter.customDomain,
    website_turned_on: helpCenter.isTurnedOn,
    api_version: apiVersion,
    teams: teams.map(({ id, name, memberIds }) => ({
      id,
      name,
      members: teammates.filter((one) => memberIds.includes(one.id)).map(({ email }) => email),
    })),
  };
}

function readLocales(value: unknown): readonly string[] {
  const isList = Array.isArray(value) && value.length > 0 && value.every(isLocale);
  if (!isList) throw new Error('locales must be a list of locales');
  return [...new Set(value as readonly string[])];
}

function isLocale(value: unknown): boolean {
  return typeof value === 'string' && /^[a-z]{2,3}(?:-[A-Za-z]{2,4})?$/.test(value);
}

function readVersion({ api_version: value }: Fields): Settings['apiVersion'] {
  const version = API_VERSIONS.find((known) => known === value);
  if (version === undefined)
    throw new Error(`api_version must be one of ${API_VERSIONS.join(', ')}`);
  return version;
}

function readDomain(value: unknown): string | null {
  if (value === null || value === '') return null;
  const isHost =
    typeof value === 'string' && /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/.test(value);
  if (!isHost) throw new Error('custom_domain must be a host name, as help.example.com');
  return value as string;
}

function readSwitch(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new Error('website_turned_on must be a boolean');
  return value;
}

function readTeams(value: unknown, teammates: readonly Teammate[]): readonly Team[] {
  if (!Array.isArray(value)) throw new Error('teams must be a list of {name, members}');
  return value.map((entry, index) => teamFrom(readTeam(entry), index, teammates));
}

function readTeam(entry: unknown): TeamOption {
  const { name, members, id } = (entry ?? {}) as Fields;
  const isTeam =
    typeof name === 'string' &&
    Array.isArray(members) &&
    members.every((email) => typeof email === 'string');
  if (!isTeam) throw new Error('a team needs a name, and members by their e-mail');
  return { name, members: members as string[], id: typeof id === 'string' ? id : undefined };
}
