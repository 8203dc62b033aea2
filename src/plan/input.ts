import type { Config, WorkspaceConfig } from '../model/config.ts';
import type { Profile } from '../model/profile.ts';
import type { Recorded } from '../model/recorded.ts';
import type { Approval } from '../model/review.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Desired } from './desired.ts';

/** Everything a plan depends on. No clock, no disk, no network. */
export interface PlanInput {
  config: Config;
  workspace: WorkspaceConfig;
  /** Host the requests go to. */
  host: string;
  /** ISO date. */
  today: string;
  desired: Desired;
  recorded: Recorded;
  actual: Snapshot;
  profile: Profile;
  /** The address an asset has in the configured store. */
  assetAddress(hash: string): string | null;
  /** Does an approval still open the AI, today? For text that stays live in its last approved version. */
  opensAi(approval: Approval | null): boolean;
  /** How often Fin used an article (by Intercom id), for those about to be removed. */
  involvements: ReadonlyMap<string, number | null>;
  options: PlanOptions;
}

export interface PlanOptions {
  /** Ids to plan for; null: all. */
  only: readonly string[] | null;
  /** Guards that may trip without refusing. */
  allow: readonly string[];
  /** Ids that may be created again although they are gone from Intercom. */
  recreate: readonly string[];
}
