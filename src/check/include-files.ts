import type { Content } from '../model/content.ts';

/** The file that an include of a locale stands in, or would. */
export type IncludeFile = (name: string, locale: string) => string;

export function includeFiles(content: Content): IncludeFile {
  const files = new Map(
    content.includes.map(({ name, locale, file }) => [`${locale}\n${name}`, file]),
  );
  return (name, locale) => files.get(`${locale}\n${name}`) ?? `_includes/${name}.${locale}.md`;
}
