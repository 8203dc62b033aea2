import type { MarkdownContext } from '../../markdown/index.ts';
import type { Config } from '../../model/config.ts';
import type { Locale } from '../../model/locale.ts';
import { type LinkIndex, resolveImage, resolveLink } from './link-resolver.ts';

/** An include as it is spliced in: its file, and its Markdown padded so that its lines are the file's lines. */
export interface IncludeSource {
  name: string;
  locale: Locale;
  file: string;
  body: string;
}

/** Everything the bodies of one tree may refer to. */
export interface TextEnvironment {
  config: Config;
  links: LinkIndex;
  includes: readonly IncludeSource[];
}

/** Makes the context that one body is read in; what all bodies of a locale share is made once. */
export function textContexts(environment: TextEnvironment) {
  const byLocale = new Map<Locale, LocaleContext>();
  return (text: {
    file: string;
    articleId: string | null;
    locale: Locale;
    firstLine: number;
  }): MarkdownContext => {
    const { file, articleId, locale, firstLine } = text;
    const known = byLocale.get(locale);
    const shared = known ?? localeContext(environment, locale);
    if (known === undefined) byLocale.set(locale, shared);
    const origin = (include: string | null) => ({
      file: include === null ? file : (shared.includeFiles.get(include)?.file ?? file),
      articleId,
      locale,
    });
    return {
      locale,
      firstLine,
      link: (href, include) => resolveLink(environment.links, origin(include), href),
      image: (src, include) => resolveImage(environment.links, origin(include), src),
      variable: shared.variable,
      variableNames: shared.variableNames,
      include: (name) => shared.includeFiles.get(name)?.body ?? null,
      includeNames: shared.includeNames,
    };
  };
}

interface LocaleContext {
  variable(name: string): string | null;
  variableNames: readonly string[];
  includeFiles: ReadonlyMap<string, IncludeSource>;
  includeNames: readonly string[];
}

function localeContext({ config, includes }: TextEnvironment, locale: Locale): LocaleContext {
  const values = new Map(
    Object.entries(config.variables).flatMap(([name, texts]) => {
      const value = texts[locale] ?? texts[config.defaultLocale];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  const includeFiles = new Map(
    includes.filter((it) => it.locale === locale).map((it) => [it.name, it]),
  );
  return {
    variable: (name) => values.get(name) ?? null,
    variableNames: [...values.keys()],
    includeFiles,
    includeNames: [...includeFiles.keys()],
  };
}
