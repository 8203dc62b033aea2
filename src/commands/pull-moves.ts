import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Article } from '../model/article.ts';
import type { Content } from '../model/content.ts';
import type { RecordedArticle } from '../model/recorded.ts';
import type { LiveArticle } from '../model/snapshot.ts';
import { relinked } from '../repository/editing/relink.ts';
import type { Context } from './context.ts';
import { type LeftThere, type Outcome, plainOutcome } from './pull-outcome.ts';
import type { WorkspaceState } from './workspace-state.ts';

/** An article that stands in another collection there. */
export interface MovedArticle {
  article: Article;
  live: LiveArticle;
  /** Content path it gets, without locale. */
  path: string;
}

/** Is it in another collection there than we left it in? */
export function isMovedThere(
  entry: RecordedArticle,
  live: LiveArticle,
  { content }: WorkspaceState,
): boolean {
  return live.parentId !== entry.parentIntercomId && !content.config.uiOwned.includes('collection');
}

/** What to say of an article that was moved on both sides; null where only they moved it. */
export function moveDispute(article: Article, entry: RecordedArticle): LeftThere | null {
  if (article.collectionId === entry.collectionId) return null;
  return {
    id: article.id,
    locale: null,
    reason: 'moved to another collection here and in Intercom',
    hint: `Decide where ${article.path}.* belongs; kb publish puts it there.`,
  };
}

/**
 * Files of moved articles at their new places, with the links in them and those of other files to
 * them. Texts that pull has changed already are taken as changed.
 */
export async function movedFiles(
  context: Context,
  content: Content,
  moved: readonly MovedArticle[],
  outcomes: readonly Outcome[],
): Promise<Outcome[]> {
  const places = new Map(
    moved.flatMap(({ article, path }) =>
      article.translations.map(({ file, locale }) => [file, `${path}.${locale}.md`] as const),
    ),
  );
  if (places.size === 0) return [...outcomes];
  const byFile = new Map(outcomes.map((outcome) => [outcome.file, outcome]));
  const known = new Set([
    ...content.articles.flatMap(({ translations }) => translations.map(({ file }) => file)),
    ...[...content.assets.values()].map(({ path }) => path),
    ...outcomes.map(({ file }) => file),
  ]);
  const texts = content.articles.flatMap(({ translations }) => translations);
  for (const { file, articleId, locale } of texts) {
    const outcome = byFile.get(file);
    const before = outcome?.source ?? (await readFile(join(context.contentDir, file), 'utf8'));
    const to = places.get(file) ?? file;
    const source = relinked(before, { from: file, to, known, places });
    if (to === file && source === before) continue;
    const pulled = {
      file: to,
      id: articleId,
      locale,
      action: to === file ? ('updated' as const) : ('moved' as const),
      ...(to === file ? {} : { from: file }),
      losses: outcome?.pulled.losses ?? [],
    };
    const isDisputed = outcome?.pulled.action === 'conflict';
    byFile.set(file, {
      ...(outcome ?? plainOutcome(pulled, source)),
      file: to,
      source,
      isWritten: true,
      pulled: isDisputed ? { ...pulled, action: 'conflict' } : pulled,
      conflicts: (outcome?.conflicts ?? []).map((conflict) => ({ ...conflict, file: to })),
    });
  }
  return [...byFile.values()];
}

/** The path an article gets in a folder; its own name stays. */
export function pathIn(folder: string, article: Article): string {
  const name = posix.basename(article.path);
  return folder === '' ? name : `${folder}/${name}`;
}
