import { type Context, Hono } from 'hono';
import { refusing } from '../admin/refusing.ts';
import { readSettingChanges } from '../admin/setting-changes.ts';
import { webCall } from '../admin/web-call.ts';
import { ApiError } from '../api/api-error.ts';
import { readArticleChange } from '../api/article-change.ts';
import { stageChanges } from '../api/article-drafts.ts';
import { createArticle, updateArticle } from '../api/article-write.ts';
import { articleOf, removeArticle } from '../api/articles.ts';
import type { JsonObject } from '../api/route.ts';
import { applyDueSchedules } from '../api/schedules.ts';
import type { RequestLog } from '../gate/request-log.ts';
import type { Workspace } from '../workspace.ts';
import { LOG_SCRIPT, logPage } from './log-page.ts';
import { PAGE_HEADERS } from './page-headers.ts';
import { type Note, teamEditPage, teamListPage, teamNewPage } from './team-pages.ts';
import { teamSettingsPage } from './team-settings.ts';

/** The teammate view and the live log. */
export function teamRoutes(workspace: Workspace, log: RequestLog): Hono {
  const app = new Hono();

  const shown = (
    context: Context,
    content: ReturnType<typeof logPage>,
  ): Response | Promise<Response> => {
    for (const [name, value] of Object.entries(PAGE_HEADERS)) context.header(name, value);
    return context.html(content);
  };

  app.get('/_sandbox', (context) => context.redirect('/_sandbox/ui'));
  app.get('/_sandbox/ui', (context) => {
    applyDueSchedules(workspace);
    return shown(context, teamListPage(workspace));
  });
  app.get('/_sandbox/log', (context) => shown(context, logPage(workspace, log)));
  app.get('/_sandbox/static/log.js', (context) =>
    context.body(LOG_SCRIPT, 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-store',
    }),
  );

  app.get('/_sandbox/ui/settings', (context) =>
    shown(context, teamSettingsPage(workspace, NOTES[context.req.query('done') ?? ''] ?? null)),
  );
  app.post('/_sandbox/ui/forms/settings', async (context) => {
    const form = await context.req.parseBody();
    const changes = {
      default_locale: form.default_locale,
      custom_domain: form.custom_domain,
      website_turned_on: form.website_turned_on === 'on',
    };
    try {
      workspace.changeSettings(refusing(() => readSettingChanges(workspace.settings, changes)));
    } catch (error) {
      return shown(context, teamSettingsPage(workspace, failure(error)));
    }
    return context.redirect('/_sandbox/ui/settings?done=settings', 303);
  });

  app.get('/_sandbox/ui/new', (context) => shown(context, teamNewPage(workspace, null)));
  app.post('/_sandbox/ui/forms/articles/new', async (context) => {
    const form = await context.req.parseBody();
    const { defaultLocale } = workspace.settings;
    const action = form.action === 'publish' ? 'publish' : 'save';
    const state = action === 'publish' ? 'published' : 'draft';
    try {
      const call = webCall(workspace, requestOf(form, defaultLocale, state));
      const asAuthor = { ...call, body: { author_id: call.actor.id, ...call.body } };
      const { id } = createArticle(asAuthor, readArticleChange(asAuthor));
      return context.redirect(`/_sandbox/ui/articles/${id}?done=${action}`, 303);
    } catch (error) {
      return shown(context, teamNewPage(workspace, failure(error)));
    }
  });

  app.get('/_sandbox/ui/articles/:id', (context) => {
    applyDueSchedules(workspace);
    const article = articleOf(workspace, context.req.param('id'));
    const asked = context.req.query('locale') ?? '';
    const locale = workspace.settings.locales.includes(asked)
      ? asked
      : workspace.settings.defaultLocale;
    const note = NOTES[context.req.query('done') ?? ''] ?? null;
    return shown(context, teamEditPage(workspace, { article, locale, note }));
  });

  app.post('/_sandbox/ui/forms/articles/:id', async (context) => {
    const form = await context.req.parseBody();
    const id = context.req.param('id');
    const locale = String(form.locale ?? workspace.settings.defaultLocale);
    const action = String(form.action ?? 'save');
    try {
      carryOut(workspace, id, locale, action, form);
    } catch (error) {
      const note = failure(error);
      return shown(
        context,
        teamEditPage(workspace, { article: articleOf(workspace, id), locale, note }),
      );
    }
    const target =
      action === 'delete'
        ? '/_sandbox/ui'
        : `/_sandbox/ui/articles/${id}?locale=${locale}&done=${action}`;
    return context.redirect(target, 303);
  });
  return app;
}

/** @throws the error itself when it is not a refusal but ours */
function failure(error: unknown): Note {
  if (!(error instanceof ApiError)) throw error;
  return { text: error.message, isFailure: true };
}

const NOTES: Readonly<Record<string, Note>> = {
  settings: { text: 'Saved.', isFailure: false },
  save: { text: 'Saved as a draft.', isFailure: false },
  publish: { text: 'Published.', isFailure: false },
  stage: { text: 'Kept as pending changes; the live text is as it was.', isFailure: false },
  unpublish: { text: 'Unpublished.', isFailure: false },
};

type Form = Readonly<Record<string, unknown>>;

function carryOut(
  workspace: Workspace,
  id: string,
  locale: string,
  action: string,
  form: Form,
): void {
  const article = articleOf(workspace, id);
  if (action === 'delete') {
    removeArticle(workspace, article);
    return;
  }
  const state = action === 'publish' ? 'published' : 'draft';
  const call = webCall(workspace, requestOf(form, locale, action === 'stage' ? undefined : state));
  if (action !== 'stage') {
    updateArticle(call, article, readArticleChange(call));
    return;
  }
  stageChanges(call, article);
}

/** The form as the request the API would take. */
function requestOf(form: Form, locale: string, state: string | undefined): JsonObject {
  return {
    parent_id: form.parent_id === '' ? null : form.parent_id,
    help_center_audience: form.help_center_audience,
    translated_content: {
      [locale]: {
        title: form.title,
        description: form.description,
        body: form.body,
        ai_chatbot_availability: form.ai_chatbot_availability === 'on',
        ai_copilot_availability: form.ai_copilot_availability === 'on',
        ai_sales_agent_availability: form.ai_sales_agent_availability === 'on',
        ...(state === undefined ? {} : { state }),
      },
    },
  };
}
