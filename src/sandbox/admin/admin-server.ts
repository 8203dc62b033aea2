import { Hono } from 'hono';
import { ApiError, errorList } from '../api/api-error.ts';
import { readBody } from '../api/api-server.ts';
import { isObject } from '../api/fields.ts';
import type { Retrieval } from '../fin/answer.ts';
import { AGENTS, type Agent, readableTexts, sourceOf } from '../fin/readable.ts';
import { type Faults, readFaults } from '../gate/faults.ts';
import type { RateLimit } from '../gate/rate-limit.ts';
import type { RequestLog } from '../gate/request-log.ts';
import { changedProfile, HABIT_NAMES, HABITS } from '../habits/profile.ts';
import { contentTypeOf } from '../images/content-type.ts';
import { inertFileHeaders } from '../pages/page-headers.ts';
import { teamRoutes } from '../pages/team-routes.ts';
import { put } from '../state/tables.ts';
import type { Workspace } from '../workspace.ts';
import { refusing } from './refusing.ts';
import { settingRoutes } from './setting-routes.ts';
import { teammateRoutes } from './teammate-routes.ts';

/** The parts a caller from outside may look at and change. */
export interface AdminParts {
  readonly workspace: Workspace;
  readonly faults: Faults;
  readonly rateLimit: RateLimit;
  readonly log: RequestLog;
  readonly ask: Retrieval;
  /** Takes all data away, and puts back what the sandbox was seeded with. */
  readonly refill: () => void;
}

/** `/_sandbox/*`: what no workspace has, for tests, demos and rehearsals. No token is asked for. */
export function createAdminServer(parts: AdminParts): Hono {
  const { workspace, faults, log } = parts;
  const app = new Hono();

  app.get('/_sandbox/requests', (context) => context.json(log.summary()));
  app.get('/_sandbox/requests/recent', (context) => context.json({ requests: log.recent() }));
  app.post('/_sandbox/requests/reset', (context) => {
    log.reset();
    return context.json(log.summary());
  });

  app.get('/_sandbox/fin', (context) => {
    const agent = readAgent(context.req.query('agent'));
    return context.json({ sources: readableTexts(workspace, agent).map(sourceOf) });
  });
  app.post('/_sandbox/ask', async (context) =>
    context.json(ask(parts, await readBody(context.req.raw, 'POST'))),
  );

  app.get('/_sandbox/faults', (context) => context.json({ faults: faults.pending() }));
  app.post('/_sandbox/faults', async (context) => {
    const ordered = await readJson(context.req.raw);
    const list = isObject(ordered) && Array.isArray(ordered.faults) ? ordered.faults : ordered;
    if (Array.isArray(list) && list.length === 0) faults.clear();
    else faults.add(refusing(() => readFaults(list)));
    return context.json({ faults: faults.pending() });
  });
  app.delete('/_sandbox/faults', (context) => {
    faults.clear();
    return context.json({ faults: [] });
  });

  app.get('/_sandbox/profile', (context) => context.json(profileOf(workspace)));
  app.put('/_sandbox/profile', async (context) => {
    const changes = await readBody(context.req.raw, 'PUT');
    workspace.changeProfile(refusing(() => changedProfile(workspace.profile(), changes)));
    return context.json(profileOf(workspace));
  });

  app.put('/_sandbox/assets/:name{.+}', async (context) => {
    const name = context.req.param('name');
    const bytes = new Uint8Array(await context.req.arrayBuffer());
    const contentType = context.req.header('content-type') ?? contentTypeOf(name);
    const sha256 = workspace.blobs.keep(bytes);
    const updatedAt = workspace.now();
    workspace.store.commit([
      put('assets', { id: name, updatedAt, sha256, contentType: imageType(contentType, name) }),
    ]);
    return context.json({ name, url: assetUrl(workspace, name), sha256, bytes: bytes.length }, 201);
  });
  app.get('/_sandbox/assets/:name{.+}', (context) => {
    const asset = workspace.store.tables.assets.find(context.req.param('name'));
    const bytes = asset === undefined ? undefined : workspace.blobs.read(asset.sha256);
    if (asset === undefined || bytes === undefined)
      throw new ApiError(404, 'not_found', 'Asset not found');
    return new Response(Uint8Array.from(bytes), { headers: inertFileHeaders(asset.contentType) });
  });

  app.post('/_sandbox/reset', (context) => {
    faults.clear();
    log.reset();
    parts.rateLimit.reset();
    parts.refill();
    return context.json({ reset: true });
  });

  app.route('/', settingRoutes(workspace, parts.rateLimit));
  app.route('/', teammateRoutes(workspace));
  app.route('/', teamRoutes(workspace, log));
  app.onError((error, context) => {
    if (!(error instanceof ApiError)) throw error;
    return context.json(errorList(error, crypto.randomUUID()) as object, error.status as 400);
  });
  app.notFound((context) =>
    context.json(
      errorList(
        new ApiError(404, 'not_found', 'No such sandbox endpoint'),
        crypto.randomUUID(),
      ) as object,
      404,
    ),
  );
  return app;
}

function ask(
  { workspace, ask: retrieve }: AdminParts,
  body: Readonly<Record<string, unknown>>,
): unknown {
  const { question, locale = workspace.settings.defaultLocale } = body;
  if (typeof question !== 'string' || question.trim() === '')
    throw new ApiError(400, 'parameter_not_found', 'question is required');
  if (typeof locale !== 'string' || !workspace.settings.locales.includes(locale)) {
    throw new ApiError(
      400,
      'parameter_invalid',
      `locale must be one of ${workspace.settings.locales.join(', ')}`,
    );
  }
  return retrieve(question, locale, readAgent(body.agent));
}

function readAgent(value: unknown): Agent {
  if (value === undefined || value === null) return 'agent';
  const agent = AGENTS.find((known) => known === value);
  if (agent === undefined)
    throw new ApiError(400, 'parameter_invalid', `agent must be one of ${AGENTS.join(', ')}`);
  return agent;
}

function profileOf(
  workspace: Workspace,
): Record<string, { value: string; values: readonly string[] }> {
  const profile = workspace.profile();
  return Object.fromEntries(
    HABIT_NAMES.map((name) => [name, { value: profile[name], values: HABITS[name].values }]),
  );
}

async function readJson(request: Request): Promise<unknown> {
  try {
    return JSON.parse(await request.text());
  } catch {
    throw new ApiError(400, 'parameter_invalid', 'Request body is not valid JSON');
  }
}

function assetUrl(workspace: Workspace, name: string): string {
  return `${workspace.baseUrl()}/_sandbox/assets/${name.split('/').map(encodeURIComponent).join('/')}`;
}

/** The name knows better than a client that sends everything as a stream or as text. */
function imageType(sent: string, name: string): string {
  return sent.startsWith('image/') ? sent : contentTypeOf(name);
}
