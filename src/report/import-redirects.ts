import { aligned, type Style } from './style.ts';
import { counted } from './wording.ts';

export interface Redirect {
  from: string;
  id: string;
  locale: string;
  sourceId: string | null;
  intercomId: string | null;
  to: string | null;
}

export const redirectForms = ['csv', 'nginx', 'apache', 'zendesk'] as const;
export type RedirectForm = (typeof redirectForms)[number];

/** Old and new side by side, and how many have no new address yet. */
export function redirectsText(rows: readonly Redirect[], style: Style): string {
  const lines = aligned(
    rows.map(({ from, id, locale, to }) => [
      `  ${from}`,
      to ?? style.paint('quiet', `${id} · ${locale} (no address yet)`),
    ]),
  );
  const open = rows.filter(({ to }) => to === null).length;
  const total = `  ${counted(rows.length, 'old address', 'old addresses')}${open > 0 ? ` · ${open} without a new one` : ''}`;
  return [...lines, ...(lines.length > 0 ? [''] : []), total].join('\n');
}

/** For a server in front, or for Zendesk itself. Rows without a new address are left out: they would lead nowhere. */
export function redirectsAs(rows: readonly Redirect[], form: RedirectForm): string {
  if (form === 'csv')
    return [
      'from,to,id,locale,source_id,intercom_id',
      ...rows.map(({ from, to, id, locale, sourceId, intercomId }) =>
        [from, to ?? '', id, locale, sourceId ?? '', intercomId ?? ''].map(csvCell).join(','),
      ),
    ].join('\n');
  const ready = rows.flatMap(({ from, to, sourceId }) => {
    const path = pathOf(from);
    return to === null || path === null || /[\s"'\\{};$]/.test(to) ? [] : [{ path, to, sourceId }];
  });
  switch (form) {
    case 'nginx':
      return [
        '# inside http: map $uri $kb_redirect; inside server: if ($kb_redirect) { return 301 $kb_redirect; }',
        'map $uri $kb_redirect {',
        ...ready.map(({ path, to, sourceId }) => `  "~${pattern(path, sourceId)}" "${to}";`),
        '}',
      ].join('\n');
    case 'apache':
      return ready
        .map(({ path, to, sourceId }) => `RedirectMatch 301 "${pattern(path, sourceId)}" "${to}"`)
        .join('\n');
    case 'zendesk':
      return JSON.stringify(
        ready.map(({ path, to }) => ({
          redirect_rule: { redirect_from: path, redirect_to: to, redirect_status: '301' },
        })),
        null,
        2,
      );
  }
}

/** Old id and new id. */
export function redirectIds(
  rows: readonly Redirect[],
): { sourceId: string; id: string; intercomId: string | null }[] {
  const byId = new Map(
    rows.flatMap(({ sourceId, id, intercomId }) =>
      sourceId === null ? [] : [[sourceId, { sourceId, id, intercomId }] as const],
    ),
  );
  return [...byId.values()];
}

/** Path of an address, percent-encoded as URLs are; null for what no server could match. */
function pathOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).pathname : null;
}

/** Zendesk answers to an article's id, whatever follows it: so does the rule. */
function pattern(path: string, sourceId: string | null): string {
  const found = sourceId === null ? null : /^(.*\/articles\/)(\d+)/.exec(path);
  const isArticle = found !== null && found[2] === sourceId;
  return isArticle
    ? `^${escaped(`${found[1]}${found[2]}`)}(?:[-/].*)?$`
    : `^${escaped(decoded(path))}/?$`;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|"]/g, '\\$&').replace(/\s/g, '\\s');
}

/** Servers match the decoded path. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** A cell that begins like a formula must not become one in a spreadsheet. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
