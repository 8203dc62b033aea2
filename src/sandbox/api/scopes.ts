import type { Method } from './route.ts';

/**
 * The scope each route needs. The description names those of drafts, versions, article tags, redirects
 * and content search; for the other routes the names follow the same pattern.
 */

export const SCOPES = [
  'read_admins',
  'read_articles_scope',
  'read_write_articles_scope',
  'read_help_center_redirects_scope',
  'read_write_help_center_redirects_scope',
  'read_tags',
  'read_write_tags',
  'read_audiences',
  'read_write_audiences',
  'read_content',
] as const;
export type Scope = (typeof SCOPES)[number];

interface ScopeRule {
  readonly path: RegExp;
  readonly read: Scope;
  readonly write: Scope;
}

const articles = { read: 'read_articles_scope', write: 'read_write_articles_scope' } as const;

const RULES: readonly ScopeRule[] = [
  { path: /^\/(?:admins|teams)(?:\/|$)/, read: 'read_admins', write: 'read_admins' },
  { path: /^\/(?:internal_)?articles(?:\/|$)/, ...articles },
  {
    path: /\/redirects(?:\/|$)/,
    read: 'read_help_center_redirects_scope',
    write: 'read_write_help_center_redirects_scope',
  },
  { path: /^\/help_center\//, ...articles },
  { path: /^\/tags(?:\/|$)/, read: 'read_tags', write: 'read_write_tags' },
  { path: /^\/audiences(?:\/|$)/, read: 'read_audiences', write: 'read_write_audiences' },
  { path: /^\/content\//, read: 'read_content', write: 'read_content' },
];

/** What a token must hold for a route; `null` for one that every token may call, as `/me`. */
export function neededScope(method: Method, path: string): Scope | null {
  const rule = RULES.find((candidate) => candidate.path.test(path));
  if (rule === undefined) return null;
  return method === 'GET' ? rule.read : rule.write;
}

/** A scope to write is one to read, too. */
export function isAllowed(held: readonly Scope[], needed: Scope): boolean {
  return (
    held.includes(needed) || held.some((scope) => scope === needed.replace(/^read_/, 'read_write_'))
  );
}
