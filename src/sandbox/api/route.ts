import type { ApiVersion, Teammate } from '../sandbox-options.ts';
import type { CreatedVia } from '../state/entities.ts';
import type { Workspace } from '../workspace.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export type JsonObject = Readonly<Record<string, unknown>>;

/** One authorised call, its parts parsed. */
export interface ApiCall {
  readonly workspace: Workspace;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: JsonObject;
  readonly version: ApiVersion;
  /** Who acts, and from where: the API's token or a teammate's browser. */
  readonly actor: Teammate;
  readonly via: CreatedVia;
  /** The teammate's permission that tagging content asks for. */
  readonly managesKnowledgeBase: boolean;
}

export interface ApiAnswer {
  readonly status: number;
  /** `undefined`: no body at all. */
  readonly body?: unknown;
}

export interface ApiRoute {
  readonly method: Method;
  /** As the API description writes it: `/articles/{article_id}`. */
  readonly path: string;
  /** @throws ApiError when the call is refused; nothing is changed then. */
  readonly answer: (call: ApiCall) => ApiAnswer;
}

export const ok = (body: unknown): ApiAnswer => ({ status: 200, body });
