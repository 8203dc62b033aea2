import { KbError } from '../model/kb-error.ts';
import type { Tree } from '../model/tree.ts';
import { overridable } from '../plan/guards.ts';
import type { PlanInput, PlanOptions } from '../plan/input.ts';
import { storedTree } from '../plan/live.ts';
import { makePlan, type Planned, removedIntercomIds } from '../plan/make-plan.ts';
import type { Change, Plan } from '../plan/plan.ts';
import { breakGlassFrom } from './break-glass.ts';
import type { Context } from './context.ts';
import { approvalOpensAi } from './desired.ts';
import { resolveItems } from './items.ts';
import {
  type OpenedWorkspace,
  openWorkspace,
  readState,
  type WorkspaceState,
} from './workspace-state.ts';

/** What the command line says about a plan; items as people name them. */
export interface PlanWishes {
  only: readonly string[];
  allow: readonly string[];
  recreate: readonly string[];
  /** Why the items of `only` go live without the review that kb.yaml asks for; null or absent: they do not. */
  breakGlass?: string | null;
}

export interface PlanResult {
  plan: Plan;
  /** The bodies of an article's change, for showing it; null where it has none. */
  texts(change: Change): { before: Tree | null; after: Tree | null } | null;
}

/** What publish would do. Reads only. */
export async function planCommand(context: Context, wishes: PlanWishes): Promise<PlanResult> {
  const breakGlass = await breakGlassFrom(context, wishes.breakGlass ?? null, wishes.only);
  return planOpened(context, await openWorkspace(context, breakGlass), wishes);
}

/** The same for a workspace that is opened already. */
export async function planOpened(
  context: Context,
  opened: OpenedWorkspace,
  wishes: PlanWishes,
): Promise<PlanResult> {
  const state = await readState(context, opened);
  const planned = await planFor(context, state, optionsFrom(context, state, wishes));
  return { plan: planned.plan, texts: textsOf(planned, state) };
}

/** Names of items and guards as the plan knows them. @throws KbError for a name that means nothing */
export function optionsFrom(
  context: Context,
  state: WorkspaceState,
  wishes: PlanWishes,
): PlanOptions {
  const unknown = wishes.allow.find((name) => !(overridable as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new KbError('guard-unknown', `There is no guard "${unknown}" that can be allowed.`, {
      hint: `One of ${overridable.join(', ')}.`,
    });
  }
  return {
    only: wishes.only.length === 0 ? null : wishes.only.map((name) => idOf(name, context, state)),
    allow: wishes.allow,
    recreate: wishes.recreate.map((name) => idOf(name, context, state)),
  };
}

/** Items of the content, and items of the ledger whose files are gone. */
function idOf(name: string, context: Context, { content, recorded }: WorkspaceState): string {
  const gone = [...Object.entries(recorded.articles), ...Object.entries(recorded.collections)].find(
    ([id, entry]) => id === name || entry.path === name,
  );
  const isHere = [...content.articles, ...content.collections].some(
    (item) => item.id === gone?.[0],
  );
  if (gone !== undefined && !isHere) return gone[0];
  const [item] = resolveItems(content, [name], context);
  return item?.id ?? name;
}

/** Plans; before articles are removed, asks how much Fin used them. */
export async function planFor(
  context: Context,
  state: WorkspaceState,
  options: PlanOptions,
): Promise<Planned> {
  const input = inputFor(context, state, options);
  const first = makePlan(input);
  const removed = removedIntercomIds(first.plan, input);
  if (removed.length === 0) return first;
  const involvements = new Map<string, number | null>();
  for (const intercomId of removed) {
    const live = await state.connection.workspace.readArticle(intercomId);
    involvements.set(intercomId, live?.finInvolvements ?? null);
  }
  return makePlan({ ...input, involvements });
}

export function inputFor(context: Context, state: WorkspaceState, options: PlanOptions): PlanInput {
  const { content, connection, desired, store } = state;
  return {
    config: content.config,
    workspace: connection.config,
    host: connection.host,
    today: context.today,
    desired,
    recorded: state.recorded,
    actual: state.actual,
    profile: state.profile,
    assetAddress(hash) {
      const asset = desired.assets.get(hash);
      return asset === undefined ? null : store.address(asset);
    },
    opensAi: approvalOpensAi(content.config, context.today),
    involvements: new Map(),
    options,
  };
}

function textsOf(planned: Planned, { desired }: WorkspaceState): PlanResult['texts'] {
  return (change) => {
    if (change.kind !== 'article' || change.locale === null) return null;
    const live = planned.matches.articles.get(change.id)?.live?.translations[change.locale];
    const text = desired.articles
      .find((article) => article.id === change.id)
      ?.translations.find((item) => item.locale === change.locale);
    return {
      before: live === undefined ? null : storedTree(live.body),
      after: text?.body ?? null,
    };
  };
}
