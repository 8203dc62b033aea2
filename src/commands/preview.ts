import type { Translation } from '../model/article.ts';
import type { Config, WorkspaceConfig } from '../model/config.ts';
import type { Content } from '../model/content.ts';
import { KbError } from '../model/kb-error.ts';
import { defaultProfile, type Profile } from '../model/profile.ts';
import type { Recorded } from '../model/recorded.ts';
import type { Tree } from '../model/tree.ts';
import type { Context } from './context.ts';
import type { PastSource } from './past-source.ts';
import type { ProofOf } from './proof/read-proofs.ts';

/** What a preview asks about workspace, ledger and history. */
export interface PreviewFacts {
  profile(): Promise<Profile>;
  published(): Promise<{ workspace: string; recorded: Recorded } | null>;
  pastSource(translation: Translation, source: Translation): Promise<PastSource | null>;
  proofs(content: Content): Promise<ProofOf>;
  live(): Promise<LiveFacts>;
}

/** What a workspace says now, and what a plan makes of it. */
export interface LiveFacts {
  workspace: string;
  text(
    articleId: string,
    locale: string,
  ): { title: string; description: string; body: Tree } | null;
  verdicts(articleId: string, locale: string): readonly { what: string; reason: string }[];
}

/** What a preview of the content folder is opened with, without what only a server needs. */
export function previewSettings(context: Context) {
  return {
    root: context.contentDir,
    today: context.today,
    ports: previewFacts(context),
    async hosted() {
      const { gitHubLinks } = await import('../repository/history/git-host.ts');
      return gitHubLinks(context.contentDir);
    },
  };
}

/**
 * The facts around a content folder, each read when it is asked for, with the modules that read it: a
 * first page needs none of them.
 */
export function previewFacts(context: Context): PreviewFacts {
  return {
    async profile() {
      const workspace = await workspaceOrNull(context);
      if (workspace === null) return defaultProfile;
      const { readProfile } = await import('./workspace-state.ts');
      return readProfile(context, workspace.name);
    },
    async published() {
      const workspace = await workspaceOrNull(context);
      if (workspace === null) return null;
      const [{ readConfig }, { openLedger }] = await Promise.all([
        import('../repository/index.ts'),
        import('./ledger-store.ts'),
      ]);
      const { config } = await readConfig(context.contentDir);
      const { recorded } = await (await openLedger(context, config, workspace.name)).read();
      return recorded.workspace === null ? null : { workspace: workspace.name, recorded };
    },
    async pastSource({ translationOf, file }, source) {
      if (translationOf === null) return null;
      const { readPastSource } = await import('./past-source.ts');
      return readPastSource(
        context.contentDir,
        { digest: translationOf, file },
        { file: source.file, collectionLocale: null },
      );
    },
    async proofs(content) {
      const { workingTreeProofs } = await import('./proof/working-tree-proofs.ts');
      return workingTreeProofs(context, content);
    },
    live: () => readLive(context),
  };
}

async function readLive(context: Context): Promise<LiveFacts> {
  const [{ readWorkspaceState }, { planFor }, { storedTree }] = await Promise.all([
    import('./workspace-state.ts'),
    import('./plan.ts'),
    import('../plan/live.ts'),
  ]);
  const state = await readWorkspaceState(context);
  const { plan, matches } = await planFor(context, state, { only: null, allow: [], recreate: [] });
  const isOf = (id: string, locale: string) => (item: { id: string; locale: string | null }) =>
    item.id === id && (item.locale === null || item.locale === locale);
  return {
    workspace: plan.workspace.name,
    text(articleId, locale) {
      const live = matches.articles.get(articleId)?.live?.translations[locale];
      if (live === undefined) return null;
      return { title: live.title, description: live.description, body: storedTree(live.body) };
    },
    verdicts: (articleId, locale) => [
      ...plan.held
        .filter(isOf(articleId, locale))
        .map(({ kind, reason }) => ({ what: `held (${kind})`, reason })),
      ...plan.withheld
        .filter(isOf(articleId, locale))
        .map(({ reason }) => ({ what: 'withheld', reason })),
      ...plan.changes
        .filter(isOf(articleId, locale))
        .map(({ action, reason }) => ({ what: `publish would ${action} it`, reason })),
    ],
  };
}

/** The workspace the preview is about; null where none is configured, or kb.yaml does not say. */
async function workspaceOrNull(context: Context): Promise<WorkspaceConfig | null> {
  try {
    const { readConfig } = await import('../repository/index.ts');
    const { config } = await readConfig(context.contentDir);
    return await chosenOrNull(config, context.workspaceName);
  } catch (error) {
    if (error instanceof KbError && error.code === 'no-content') return null;
    throw error;
  }
}

async function chosenOrNull(config: Config, name: string | null): Promise<WorkspaceConfig | null> {
  const several = Object.keys(config.workspaces).length !== 1;
  if (name === null && several) return null;
  const { chosenWorkspace } = await import('./connect.ts');
  return chosenWorkspace(config, name);
}
