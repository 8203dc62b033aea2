import { availableStores, isAvailableStore } from '../../model/config.ts';
import type { ConfigFile, WorkspaceInFile } from '../schema/config-schema.ts';
import { type Problem, problem } from './problem.ts';
import type { DataPath, YamlSource } from './yaml-source.ts';

/** What no single key of kb.yaml shows: keys that are needed, and keys that contradict each other. */
export function configProblems(
  file: ConfigFile,
  yaml: YamlSource,
  wrong: ReadonlySet<string>,
): Problem[] {
  return [
    ...missingKeys(file, yaml, wrong),
    ...localeProblems(file, yaml),
    ...variableProblems(file, yaml),
    ...Object.entries(file.workspaces ?? {}).flatMap(([name, workspace]) =>
      workspaceProblems(name, workspace, yaml),
    ),
    ...assetProblems(file, yaml),
    ...importProblems(file, yaml),
  ];
}

function missingKeys(file: ConfigFile, yaml: YamlSource, wrong: ReadonlySet<string>): Problem[] {
  const needed = [
    { key: 'defaultLocale', hint: 'Add the locale you write in first: defaultLocale: de' },
    { key: 'locales', hint: 'Add the locales of your help center: locales: [de, en]' },
  ] as const;
  return needed
    .filter(({ key }) => file[key] === undefined && !wrong.has(key))
    .map(({ key, hint }) => at(yaml, [key], `${key} is missing`, hint));
}

function localeProblems(file: ConfigFile, yaml: YamlSource): Problem[] {
  const { defaultLocale, locales = [] } = file;
  const problems = locales
    .map((locale, index) => ({ locale, index }))
    .filter(({ locale, index }) => locales.indexOf(locale) !== index)
    .map(({ locale, index }) => at(yaml, ['locales', index], `${locale} stands in locales twice`));
  if (defaultLocale === undefined || locales.length === 0 || locales.includes(defaultLocale)) {
    return problems;
  }
  const message = `defaultLocale is ${defaultLocale}, but locales lists only ${locales.join(', ')}`;
  return [...problems, at(yaml, ['defaultLocale'], message, `Add ${defaultLocale} to locales.`)];
}

function variableProblems(file: ConfigFile, yaml: YamlSource): Problem[] {
  const { defaultLocale, variables = {} } = file;
  if (defaultLocale === undefined) return [];
  return Object.entries(variables)
    .filter(([, value]) => typeof value === 'object' && value[defaultLocale] === undefined)
    .map(([name]) =>
      at(
        yaml,
        ['variables', name],
        `variables.${name} has no text for the default locale ${defaultLocale}`,
        `Add ${defaultLocale}: …; other locales fall back to it.`,
      ),
    );
}

function workspaceProblems(name: string, workspace: WorkspaceInFile, yaml: YamlSource): Problem[] {
  const path = ['workspaces', name];
  const endpoint = workspace.endpoint === undefined ? null : parsedUrl(workspace.endpoint);
  if (workspace.endpoint !== undefined && endpoint === null) {
    const message = `${path.join('.')}.endpoint is not an address`;
    return [at(yaml, [...path, 'endpoint'], message, 'Write it like https://api.eu.intercom.io')];
  }
  if (endpoint !== null && isLoopback(endpoint.hostname)) return [];
  const problems: Problem[] = [];
  if (endpoint?.protocol === 'http:') {
    const message = `${path.join('.')}.endpoint must begin with https://: over http:// the token is readable on the way`;
    const hint = 'http:// is for 127.0.0.1, [::1] and localhost only.';
    problems.push(at(yaml, [...path, 'endpoint'], message, hint));
  }
  if (workspace.workspaceId === undefined) {
    const hint =
      'Without it nothing can be verified; `kb doctor` shows the id the token belongs to.';
    problems.push(at(yaml, path, `workspaces.${name}.workspaceId is missing`, hint, 'key'));
  }
  if (workspace.helpCenter === undefined) {
    const hint = '`kb doctor` lists the help centers of the workspace with their ids.';
    problems.push(at(yaml, path, `workspaces.${name}.helpCenter is missing`, hint, 'key'));
  }
  return problems;
}

function assetProblems(file: ConfigFile, yaml: YamlSource): Problem[] {
  const { store, url } = file.assets ?? {};
  if (store !== undefined && !isAvailableStore(store)) {
    const message = `assets.store: ${store} is not part of this release`;
    const hint = `Use one of ${availableStores.join(', ')}; docs/content.md says what each needs.`;
    return [at(yaml, ['assets', 'store'], message, hint)];
  }
  const needsUrl = store === 'base-url' && url === undefined;
  if (!needsUrl) return [];
  const hint = 'Add url: the public address below which the files are uploaded.';
  return [at(yaml, ['assets'], 'assets.url is missing; store: base-url needs it', hint, 'key')];
}

function importProblems(file: ConfigFile, yaml: YamlSource): Problem[] {
  const first = new Map<string, string>();
  const problems: Problem[] = [];
  for (const [theirs, ours] of Object.entries(file.import?.locales ?? {})) {
    const other = first.get(ours);
    if (other === undefined) {
      first.set(ours, theirs);
      continue;
    }
    const message = `import.locales maps both ${other} and ${theirs} to ${ours}`;
    problems.push(at(yaml, ['import', 'locales', theirs], message, 'Keep one of the two.', 'key'));
  }
  return problems;
}

function parsedUrl(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}

/** Addresses that never leave this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function at(
  yaml: YamlSource,
  path: DataPath,
  message: string,
  hint: string | null = null,
  part: 'key' | 'value' = 'value',
): Problem {
  return problem('schema', message, { at: yaml.place(path, part), hint });
}
