/** Intercom's locales: the keys of `article_translated_content` in its API description 2.16. */
export const locales = [
  'ar',
  'bg',
  'bs',
  'ca',
  'cs',
  'da',
  'de',
  'el',
  'en',
  'es',
  'et',
  'fi',
  'fr',
  'he',
  'hr',
  'hu',
  'id',
  'it',
  'ja',
  'ko',
  'lt',
  'lv',
  'mn',
  'nb',
  'nl',
  'pl',
  'pt',
  'ro',
  'ru',
  'sl',
  'sr',
  'sv',
  'tr',
  'vi',
  'pt-BR',
  'zh-CN',
  'zh-TW',
] as const;
export type Locale = (typeof locales)[number];

/** Is this one of Intercom's locales, spelled as Intercom spells it? */
export function isLocale(text: string): text is Locale {
  return (locales as readonly string[]).includes(text);
}
