import { createHash } from 'node:crypto';
import { SCOPES, type Scope } from '../api/scopes.ts';
import type { Teammate } from '../sandbox-options.ts';
import { put, removal } from '../state/tables.ts';
import type { Workspace } from '../workspace.ts';

/** What one token may do. A token nobody spoke of may do everything, as the first teammate. */
export interface TokenRule {
  /** `null`: all. */
  readonly scopes: readonly Scope[] | null;
  readonly teammateId: number | null;
  /** The teammate's permission `manage_knowledge_base_content`. */
  readonly managesKnowledgeBase: boolean;
}

const UNLIMITED: TokenRule = { scopes: null, teammateId: null, managesKnowledgeBase: true };

/** The rule of a token. Only its hash is kept: a folder with sandbox data holds no secret. */
export function ruleOf(workspace: Workspace, token: string): TokenRule {
  const row = workspace.store.tables.settings.find(rowId(token));
  return row === undefined ? UNLIMITED : (row.value as TokenRule);
}

/** Whoever a token belongs to. */
export function ownerOf(workspace: Workspace, { teammateId }: TokenRule): Teammate {
  const { teammates } = workspace.settings;
  return teammates.find(({ id }) => id === teammateId) ?? workspace.actor;
}

/** Keeps a rule; `null` takes it away. */
export function keepRule(workspace: Workspace, token: string, rule: TokenRule | null): void {
  const id = rowId(token);
  const op =
    rule === null
      ? removal('settings', id)
      : put('settings', { id, updatedAt: workspace.now(), value: rule });
  workspace.store.commit([op]);
}

function rowId(token: string): string {
  return `token:${createHash('sha256').update(token).digest('hex')}`;
}

const FIELDS = ['token', 'scopes', 'as', 'manage_knowledge_base_content'];

/**
 * Reads a rule as it is ordered from outside.
 * @throws Error naming what is wrong.
 */
export function readTokenRule(
  { settings }: Workspace,
  body: Readonly<Record<string, unknown>>,
): { readonly token: string; readonly rule: TokenRule } {
  const unknown = Object.keys(body).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined) throw new Error(`${unknown} is unknown. Known: ${FIELDS.join(', ')}.`);
  const { token, as, manage_knowledge_base_content: manages = true } = body;
  if (typeof token !== 'string' || token === '') throw new Error('token must be a token');
  if (typeof manages !== 'boolean')
    throw new Error('manage_knowledge_base_content must be a boolean');
  return {
    token,
    rule: {
      scopes: readScopes(body.scopes),
      teammateId: readOwner(settings.teammates, as),
      managesKnowledgeBase: manages,
    },
  };
}

function readScopes(value: unknown): readonly Scope[] | null {
  if (value === undefined || value === null) return null;
  if (!Array.isArray(value)) throw new Error('scopes must be a list');
  return value.map((name) => {
    const scope = SCOPES.find((known) => known === name);
    if (scope === undefined)
      throw new Error(`scope ${String(name)} is unknown. Known: ${SCOPES.join(', ')}.`);
    return scope;
  });
}

function readOwner(teammates: readonly Teammate[], email: unknown): number | null {
  if (email === undefined || email === null) return null;
  const found = teammates.find((teammate) => teammate.email === email);
  if (found === undefined) throw new Error('as must be the e-mail of a teammate');
  return found.id;
}
