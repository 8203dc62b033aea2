import type { Asset } from '../model/article.ts';
import type { Profile } from '../model/profile.ts';
import type { Recorded } from '../model/recorded.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Desired, DesiredArticle } from '../plan/desired.ts';
import type { Planned } from '../plan/make-plan.ts';
import type { Progress } from './outcome.ts';
import type { AssetStore, Clock, Lease, Workspace } from './ports.ts';

/** Everything a run works with: the plan, the three states it came from, and the doors to the outside. */
export interface Run {
  planned: Planned;
  desired: Desired;
  recorded: Recorded;
  actual: Snapshot;
  profile: Profile;
  /** Author of an article by its id: a teammate's Intercom id. */
  authorId(article: DesiredArticle): string | null;
  workspace: Workspace;
  lease: Lease;
  store: AssetStore;
  readAsset(asset: Asset): Promise<Uint8Array>;
  clock: Clock;
  signal: AbortSignal;
  onProgress(progress: Progress): void;
}
