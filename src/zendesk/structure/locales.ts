import { KbError } from '../../model/kb-error.ts';
import { isLocale, locales as known, type Locale } from '../../model/locale.ts';

/**
 * Which of Intercom's locales each of Zendesk's becomes: as kb.yaml says (`import.locales`), else the
 * same one, else its language without the country.
 *
 * @throws KbError `locale` where one becomes none, two become one, or kb.yaml does not list it
 */
export function localeMap(
  found: readonly string[],
  options: { mapped: Readonly<Record<string, string>>; listed: readonly Locale[] },
): ReadonlyMap<string, Locale> {
  const map = new Map<string, Locale>();
  const owners = new Map<Locale, string>();
  for (const name of [...new Set(found)].toSorted()) {
    const locale = localeFor(name, options.mapped);
    if (locale === null)
      throw localeError(`Zendesk's locale "${name}" is none of Intercom's.`, name, 'en');
    const owner = owners.get(locale);
    if (owner !== undefined)
      throw localeError(
        `Zendesk's "${owner}" and "${name}" would both become ${locale}.`,
        name,
        'en',
      );
    owners.set(locale, name);
    map.set(name, locale);
  }
  const missing = [...map.values()].filter((locale) => !options.listed.includes(locale));
  if (missing.length > 0)
    throw new KbError(
      'locale',
      `kb.yaml does not list ${missing.join(', ')}, which the import brings.`,
      {
        hint: `Set locales: [${[...options.listed, ...missing].join(', ')}] in kb.yaml.`,
        location: { file: 'kb.yaml' },
      },
    );
  return map;
}

/** The locale one of Zendesk becomes; null: none. */
export function localeFor(name: string, mapped: Readonly<Record<string, string>>): Locale | null {
  const configured = Object.entries(mapped).find(([from]) => from.toLowerCase() === name)?.[1];
  if (configured !== undefined) return isLocale(configured) ? configured : null;
  const same = known.find((locale) => locale.toLowerCase() === name);
  const base = name.split('-')[0] ?? '';
  return same ?? (base === 'no' ? 'nb' : isLocale(base) ? base : null);
}

function localeError(message: string, name: string, example: string): KbError {
  return new KbError('locale', message, {
    hint: `Say in kb.yaml what it is: import: { locales: { ${name}: ${example} } }`,
    location: { file: 'kb.yaml' },
  });
}
