import { createHash } from 'node:crypto';
import { ConnectionReset } from '../gate/connection-reset.ts';
import type { Fault, Faults, GarbleKind } from '../gate/faults.ts';
import { type RateLimit, type RateState, rateHeaders } from '../gate/rate-limit.ts';
import type { RequestLog } from '../gate/request-log.ts';
import { ownerOf, ruleOf } from '../gate/tokens.ts';
import { API_VERSIONS, type ApiVersion, type Latency } from '../sandbox-options.ts';
import type { Workspace } from '../workspace.ts';
import { ApiError, errorList, invalid } from './api-error.ts';
import { isObject } from './fields.ts';
import type { ApiAnswer, JsonObject, Method } from './route.ts';
import { matchRoute } from './routes.ts';
import { applyDueSchedules } from './schedules.ts';
import { isAllowed, neededScope } from './scopes.ts';

const MOST_BODY_CHARACTERS = 8_000_000;

export interface ApiServerParts {
  readonly workspace: Workspace;
  readonly faults: Faults;
  readonly rateLimit: RateLimit;
  readonly log: RequestLog;
}

/** Answers requests to the API itself: faults, token, version, limits, then the route. */
export function createApiServer(parts: ApiServerParts): (request: Request) => Promise<Response> {
  let calls = 0;
  return async (request) => {
    calls += 1;
    const requestId = uuidFrom(`${parts.workspace.settings.seed}|${calls}`);
    return answerLogged(parts, request, requestId);
  };
}

async function answerLogged(
  parts: ApiServerParts,
  request: Request,
  requestId: string,
): Promise<Response> {
  const { log, faults, workspace } = parts;
  const { pathname } = new URL(request.url);
  const startedAt = performance.now();
  const fault = faults.take(request.method, pathname);
  const note = (status: number | null): void =>
    log.note({
      at: workspace.settings.clock(),
      method: request.method,
      path: pathname,
      route: matchRoute(request.method, pathname)?.route.path ?? pathname.replace(/\d+/g, '{id}'),
      status,
      fault: fault === undefined ? null : describeFault(fault),
      tookMs: performance.now() - startedAt,
    });
  try {
    const response = await answerWithFault(parts, request, requestId, fault);
    note(response.status);
    return response;
  } catch (error) {
    note(null);
    throw error;
  }
}

function describeFault({ status, reset, truncate, garble, latency }: Fault): string {
  const kinds = [
    ...(latency === null ? [] : [lateness(latency)]),
    ...(status === null ? [] : [`answered ${status}`]),
    ...(reset === null ? [] : [`connection cut ${reset} it was done`]),
    ...(truncate === null ? [] : ['answer cut short']),
    ...(garble === null ? [] : [`answer garbled (${garble})`]),
  ];
  return kinds.join(', ');
}

function lateness({ fromMs, toMs }: Latency): string {
  return fromMs === toMs ? `${toMs} ms late` : `${fromMs} to ${toMs} ms late`;
}

async function answerWithFault(
  parts: ApiServerParts,
  request: Request,
  requestId: string,
  fault: Fault | undefined,
): Promise<Response> {
  const { rateLimit } = parts;
  await wait(
    (fault === undefined ? 0 : parts.faults.drawLatencyMs(fault)) + rateLimit.drawLatencyMs(),
  );
  if (fault === undefined) return answer(parts, request, requestId);
  if (fault.reset === 'before') throw new ConnectionReset();
  if (fault.status !== null) return faultAnswer(fault.status, fault.retryAfter, requestId);
  const response = await answer(parts, request, requestId);
  if (fault.reset === 'after') throw new ConnectionReset();
  return damaged(response, fault);
}

async function wait(ms: number): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}

function faultAnswer(status: number, retryAfter: number | null, requestId: string): Response {
  const code =
    status === 429 ? 'rate_limit_exceeded' : status >= 500 ? 'server_error' : 'client_error';
  const error = new ApiError(
    status,
    code,
    status === 429 ? 'Exceeded rate limit' : 'Ordered fault',
  );
  const headers = retryAfter === null ? {} : { 'retry-after': String(retryAfter) };
  return Response.json(errorList(error, requestId), { status, headers });
}

async function damaged(response: Response, { truncate, garble }: Fault): Promise<Response> {
  if (truncate === null && garble === null) return response;
  const text = await response.text();
  const kept = garble === null ? text : garbled(text, garble);
  const length =
    truncate === null ? kept.length : truncate === true ? Math.floor(kept.length / 2) : truncate;
  return new Response(kept.slice(0, length), {
    status: response.status,
    headers: response.headers,
  });
}

/** Answers that proxies and half-written responses leave behind; all say they are JSON. */
function garbled(text: string, kind: GarbleKind): string {
  switch (kind) {
    case 'html':
      return '<!doctype html><title>502</title>Bad gateway';
    case 'empty':
      return '';
    case 'scrambled':
      return text.replace(/[{}[\]":,]/g, (sign) => (sign === '"' ? "'" : `${sign}\u0000`));
    case 'other-json':
      return '"ok"';
  }
}

async function answer(
  parts: ApiServerParts,
  request: Request,
  requestId: string,
): Promise<Response> {
  let rate: RateState | null = null;
  try {
    const token = assertToken(parts.workspace, request);
    rate = parts.rateLimit.count(token);
    if (rate.isUsedUp) throw new ApiError(429, 'rate_limit_exceeded', 'Exceeded rate limit');
    return respond(await answerRoute(parts.workspace, request, token), rate);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return respond({ status: error.status, body: errorList(error, requestId) }, rate);
  }
}

function respond({ status, body }: ApiAnswer, rate: RateState | null): Response {
  const headers = new Headers(rate === null ? {} : rateHeaders(rate));
  if (body === undefined) return new Response(null, { status, headers });
  headers.set('content-type', 'application/json; charset=utf-8');
  return new Response(JSON.stringify(body), { status, headers });
}

function assertToken(workspace: Workspace, request: Request): string {
  const token = /^Bearer\s+(\S+)\s*$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const expected = workspace.settings.token;
  if (token === undefined || (expected !== null && token !== expected)) {
    throw new ApiError(401, 'unauthorized', 'Access Token Invalid');
  }
  return token;
}

async function answerRoute(
  workspace: Workspace,
  request: Request,
  token: string,
): Promise<ApiAnswer> {
  const url = new URL(request.url);
  const version = readVersion(workspace, request);
  const match = matchRoute(request.method, url.pathname);
  if (match === undefined)
    throw new ApiError(404, 'not_found', 'The requested resource was not found');
  const rule = ruleOf(workspace, token);
  assertScope(rule.scopes, match.route);
  const body = await readBody(request, match.route.method);
  applyDueSchedules(workspace);
  return match.route.answer({
    workspace,
    params: match.params,
    query: url.searchParams,
    body,
    version,
    actor: ownerOf(workspace, rule),
    managesKnowledgeBase: rule.managesKnowledgeBase,
    via: 'api',
  });
}

/** The words are those of the description's example for a token that lacks its scope. */
function assertScope(
  held: ReturnType<typeof ruleOf>['scopes'],
  { method, path }: { readonly method: Method; readonly path: string },
): void {
  const needed = neededScope(method, path);
  if (held === null || needed === null || isAllowed(held, needed)) return;
  throw new ApiError(
    403,
    'forbidden',
    `You do not have the required scope (${needed}) to access this resource`,
  );
}

/** A call without the header gets the version the app was made with. */
function readVersion({ settings }: Workspace, request: Request): ApiVersion {
  const asked = request.headers.get('intercom-version');
  if (asked === null || asked === '') return settings.apiVersion;
  const version = API_VERSIONS.find((known) => known === asked);
  if (version === undefined) {
    throw new ApiError(
      400,
      'intercom_version_invalid',
      `The requested version is invalid: ${asked}`,
    );
  }
  return version;
}

/** The JSON object a request carries; an absent body is an empty one. */
export async function readBody(request: Request, method: Method): Promise<JsonObject> {
  if (method === 'GET') return {};
  const text = await request.text();
  if (text.trim() === '') return {};
  if (text.length > MOST_BODY_CHARACTERS) throw invalid('Request body is too large');
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw invalid('Request body is not valid JSON');
  }
  if (body === null) return {};
  if (!isObject(body)) throw invalid('Request body must be an object');
  return body;
}

function uuidFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
