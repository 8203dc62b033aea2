import { Hono } from 'hono';
import { readBody } from '../api/api-server.ts';
import { tagOf } from '../api/tags.ts';
import { changedLimits } from '../gate/limits.ts';
import type { RateLimit } from '../gate/rate-limit.ts';
import { keepRule, readTokenRule } from '../gate/tokens.ts';
import { put } from '../state/tables.ts';
import type { Workspace } from '../workspace.ts';
import { refusing } from './refusing.ts';
import { readSettingChanges, shownSettings } from './setting-changes.ts';

/** What an owner sets in the interface and the API only shows: settings, tokens, limits, segments. */
export function settingRoutes(workspace: Workspace, rateLimit: RateLimit): Hono {
  const app = new Hono();

  app.get('/_sandbox/workspace', (context) => context.json(shownSettings(workspace.settings)));
  app.put('/_sandbox/workspace', async (context) => {
    const body = await readBody(context.req.raw, 'PUT');
    workspace.changeSettings(refusing(() => readSettingChanges(workspace.settings, body)));
    return context.json(shownSettings(workspace.settings));
  });

  app.put('/_sandbox/tokens', async (context) => {
    const body = await readBody(context.req.raw, 'PUT');
    const { token, rule } = refusing(() => readTokenRule(workspace, body));
    keepRule(workspace, token, rule);
    return context.json({ scopes: rule.scopes, teammate_id: rule.teammateId });
  });
  app.delete('/_sandbox/tokens', async (context) => {
    const body = await readBody(context.req.raw, 'DELETE');
    const { token } = refusing(() => readTokenRule(workspace, body));
    keepRule(workspace, token, null);
    return context.json({ scopes: null, teammate_id: null });
  });

  app.get('/_sandbox/limits', (context) => context.json(rateLimit.limits()));
  app.put('/_sandbox/limits', async (context) => {
    const body = await readBody(context.req.raw, 'PUT');
    rateLimit.change(refusing(() => changedLimits(rateLimit.limits(), body)));
    return context.json(rateLimit.limits());
  });

  app.put('/_sandbox/tags/:id', async (context) => {
    const { segments } = await readBody(context.req.raw, 'PUT');
    const found = tagOf(workspace, context.req.param('id'));
    const names = refusing(() => readNames(segments));
    workspace.store.commit([put('tags', { ...found, segments: names })]);
    return context.json({ id: found.id, name: found.name, segments: names });
  });
  return app;
}

function readNames(value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.some((name) => typeof name !== 'string'))
    throw new Error('segments must be a list of names');
  return value as readonly string[];
}
