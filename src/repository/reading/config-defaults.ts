import type { Config, WorkspaceConfig } from '../../model/config.ts';
import type { Locale } from '../../model/locale.ts';
import type { ConfigFile, WorkspaceInFile } from '../schema/config-schema.ts';

/**
 * kb.yaml with every default filled in (docs/configuration.md lists them). `wrong` names the
 * top-level keys whose value could not be read: where a default would open something, they get the
 * closed side instead.
 */
export function configFrom(file: ConfigFile, wrong: ReadonlySet<string> = new Set()): Config {
  const defaultLocale = file.defaultLocale ?? file.locales?.[0] ?? 'en';
  const locales = [...new Set(file.locales ?? [defaultLocale])];
  const isOpen = (key: string): boolean => !wrong.has(key);
  return {
    defaultLocale,
    locales: locales.includes(defaultLocale) ? locales : [defaultLocale, ...locales],
    variables: variablesFrom(file, locales),
    workspaces: Object.fromEntries(
      Object.entries(file.workspaces ?? {}).map(([name, it]) => [name, workspaceFrom(name, it)]),
    ),
    review: {
      require: file.review?.require ?? (isOpen('review') ? 'stamp' : 'github'),
      approvals: file.review?.approvals ?? 1,
      codeOwners: file.review?.codeOwners ?? false,
      strict: file.review?.strict ?? false,
      maxAgeDays: maxAgeDays(file.review?.maxAge),
      onExpiry: file.review?.onExpiry ?? 'withhold-from-ai',
      unreviewed: file.review?.unreviewed ?? 'withhold',
    },
    translations: {
      onOutdated:
        file.translations?.onOutdated ?? (isOpen('translations') ? 'warn' : 'withhold-from-ai'),
    },
    ai: {
      agent: file.ai?.agent ?? isOpen('ai'),
      copilot: file.ai?.copilot ?? isOpen('ai'),
      salesAgent: file.ai?.salesAgent ?? false,
      baseline: file.ai?.baseline ?? false,
    },
    guards: {
      deletePercent: file.guards?.deletePercent ?? (isOpen('guards') ? 10 : 0),
      updatePercent: file.guards?.updatePercent ?? (isOpen('guards') ? 30 : 0),
    },
    onRemove: file.onRemove ?? (isOpen('onRemove') ? 'unpublish' : 'report'),
    onDrift: file.onDrift ?? 'hold',
    uiOwned: file.uiOwned ?? [],
    assets: { store: file.assets?.store ?? 'sandbox', url: file.assets?.url ?? null },
    ledger: file.ledger ?? 'file',
    import: { locales: file.import?.locales ?? {}, authors: file.import?.authors ?? {} },
    pii: { allow: file.pii?.allow ?? [] },
  };
}

function workspaceFrom(name: string, file: WorkspaceInFile): WorkspaceConfig {
  return {
    name,
    region: file.region,
    workspaceId: textOrNull(file.workspaceId),
    helpCenter: textOrNull(file.helpCenter),
    endpoint: file.endpoint ?? null,
    tokenEnv: file.tokenEnv,
    author: file.author ?? null,
  };
}

function variablesFrom(file: ConfigFile, locales: readonly Locale[]): Config['variables'] {
  return Object.fromEntries(
    Object.entries(file.variables ?? {}).map(([name, value]) => {
      const texts =
        typeof value === 'object' ? value : Object.fromEntries(locales.map((it) => [it, value]));
      return [
        name,
        Object.fromEntries(Object.entries(texts).map(([locale, text]) => [locale, String(text)])),
      ];
    }),
  );
}

function maxAgeDays(maxAge: string | undefined): number | null {
  if (maxAge === undefined) return 365;
  return maxAge === 'never' ? null : Number.parseInt(maxAge, 10);
}

function textOrNull(value: string | number | undefined): string | null {
  return value === undefined ? null : String(value);
}
