import type { ArticleContent, ArticleVersion, StoredArticle } from '../state/entities.ts';
import type { Workspace } from '../workspace.ts';
import { mainContent } from './article-wire.ts';
import { commitArticle, versionOf } from './article-write.ts';

/** Carries out every publish and unpublish whose time has come. Called before anything is read. */
export function applyDueSchedules(workspace: Workspace): void {
  for (const id of [...workspace.scheduled]) {
    const article = workspace.store.tables.articles.find(id);
    if (article === undefined) workspace.scheduled.delete(id);
    else applyDueSchedule(workspace, article);
  }
}

function applyDueSchedule(workspace: Workspace, article: StoredArticle): void {
  const now = workspace.now();
  const { scheduledPublishAt, scheduledUnpublishAt } = article;
  if (scheduledPublishAt !== null && scheduledPublishAt <= now)
    switchTo(workspace, article, 'published');
  else if (scheduledUnpublishAt !== null && scheduledUnpublishAt <= now)
    switchTo(workspace, article, 'draft');
}

function switchTo(
  workspace: Workspace,
  article: StoredArticle,
  state: 'published' | 'draft',
): void {
  const { locale, content } = mainContent(workspace, article);
  const switched: ArticleContent = {
    ...content,
    state,
    everPublished: content.everPublished || state === 'published',
    updatedAt: workspace.now(),
  };
  const by = { actorId: content.updatedById, via: 'web' } as const;
  const version: ArticleVersion = versionOf(workspace, article.id, locale, switched, by);
  commitArticle(
    workspace,
    {
      ...article,
      updatedAt: workspace.now(),
      scheduledPublishAt: null,
      scheduledUnpublishAt: null,
      contents: { ...article.contents, [locale]: { ...switched, versionId: version.id } },
    },
    [version],
  );
}
