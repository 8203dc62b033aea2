import { isLocale, type Locale } from '../../model/locale.ts';

/**
 * What each locale calls itself. `Intl.DisplayNames` knows too, but takes a third of a bare Node's
 * start to load, and a Node built with English only answers with codes.
 */
const names: Readonly<Record<Locale, string>> = {
  ar: 'العربية',
  bg: 'Български',
  bs: 'Bosanski',
  ca: 'Català',
  cs: 'Čeština',
  da: 'Dansk',
  de: 'Deutsch',
  el: 'Ελληνικά',
  en: 'English',
  es: 'Español',
  et: 'Eesti',
  fi: 'Suomi',
  fr: 'Français',
  he: 'עברית',
  hr: 'Hrvatski',
  hu: 'Magyar',
  id: 'Bahasa Indonesia',
  it: 'Italiano',
  ja: '日本語',
  ko: '한국어',
  lt: 'Lietuvių',
  lv: 'Latviešu',
  mn: 'Монгол',
  nb: 'Norsk bokmål',
  nl: 'Nederlands',
  pl: 'Polski',
  pt: 'Português',
  ro: 'Română',
  ru: 'Русский',
  sl: 'Slovenščina',
  sr: 'Српски',
  sv: 'Svenska',
  tr: 'Türkçe',
  vi: 'Tiếng Việt',
  'pt-BR': 'Português (Brasil)',
  'zh-CN': '简体中文',
  'zh-TW': '繁體中文',
};

/** A locale's own name: `Deutsch`, `English`. */
export function localeName(locale: string): string {
  return isLocale(locale) ? names[locale] : locale;
}
