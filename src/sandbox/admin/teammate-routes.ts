import { Hono } from 'hono';
import { readBody } from '../api/api-server.ts';
import { readArticleChange } from '../api/article-change.ts';
import { stageChanges } from '../api/article-drafts.ts';
import { articleOnWire } from '../api/article-wire.ts';
import { createArticle, updateArticle } from '../api/article-write.ts';
import { articleOf, removeArticle } from '../api/articles.ts';
import type { StoredArticle } from '../state/entities.ts';
import type { Workspace } from '../workspace.ts';
import { webCall } from './web-call.ts';

/**
 * A teammate at work in the interface: the fields of the API's PUT, recorded as `created_via: web`.
 * Who it is can be said with `as: <email>`; otherwise it is the last teammate, a colleague of the
 * token's owner where there is one.
 */
export function teammateRoutes(workspace: Workspace): Hono {
  const app = new Hono();

  app.post('/_sandbox/ui/articles', async (context) => {
    const call = webCall(workspace, await readBody(context.req.raw, 'POST'));
    const withAuthor = { ...call, body: { author_id: call.actor.id, ...call.body } };
    return context.json(
      shown(workspace, createArticle(withAuthor, readArticleChange(withAuthor))),
      200,
    );
  });

  const update = async (request: Request, id: string): Promise<object> => {
    const call = webCall(workspace, await readBody(request, 'PUT'));
    return shown(workspace, updateArticle(call, articleOf(workspace, id), readArticleChange(call)));
  };
  app.put('/_sandbox/ui/articles/:id', async (context) =>
    context.json(await update(context.req.raw, context.req.param('id'))),
  );
  app.post('/_sandbox/ui/articles/:id', async (context) =>
    context.json(await update(context.req.raw, context.req.param('id'))),
  );

  app.post('/_sandbox/ui/articles/:id/draft', async (context) => {
    const call = webCall(workspace, await readBody(context.req.raw, 'POST'));
    const staged = stageChanges(call, articleOf(workspace, context.req.param('id')));
    return context.json(shown(workspace, staged));
  });

  app.delete('/_sandbox/ui/articles/:id', (context) =>
    context.json(removeArticle(workspace, articleOf(workspace, context.req.param('id')))),
  );
  return app;
}

function shown(workspace: Workspace, article: StoredArticle): object {
  return articleOnWire(workspace, article, { version: '2.16', withStatistics: true }) as object;
}
