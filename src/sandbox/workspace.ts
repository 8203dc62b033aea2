import { createHash } from 'node:crypto';
import { INITIAL_PROFILE, type Profile } from './habits/profile.ts';
import { createImageHost, type ImageHost } from './images/image-host.ts';
import type { HelpCenter, Settings, Teammate } from './sandbox-options.ts';
import { type Blobs, fileBlobs, memoryBlobs } from './state/blobs.ts';
import type { StoredArticle } from './state/entities.ts';
import { fileJournal, memoryJournal } from './state/journal.ts';
import { openStore, type Store } from './state/store.ts';
import { put } from './state/tables.ts';

/** What can be changed while a sandbox runs, as teammates change it in the settings. */
export type SettingChanges = {
  readonly [Name in 'locales' | 'defaultLocale' | 'teams' | 'apiVersion']?: Settings[Name];
} & { readonly helpCenter?: Pick<HelpCenter, 'customDomain' | 'isTurnedOn'> };

/** The workspace being played: what every route works on. */
export interface Workspace {
  /** As told at the start, with what was changed since. */
  readonly settings: Settings;
  readonly changeSettings: (changes: SettingChanges) => void;
  readonly store: Store;
  readonly blobs: Blobs;
  readonly images: ImageHost;
  /** Where the outside reaches this sandbox, without a slash at the end. */
  readonly baseUrl: () => string;
  readonly useBaseUrl: (url: string) => void;
  /** Seconds since the epoch. */
  readonly now: () => number;
  readonly profile: () => Profile;
  readonly changeProfile: (profile: Profile) => void;
  /** Whoever the token belongs to. */
  readonly actor: Teammate;
  /** A heading id: the same again for the same seed and place. */
  readonly headingId: (place: string, index: number) => string;
  readonly isMultilingual: boolean;
  /** Articles with a pending publish or unpublish. */
  readonly scheduled: Set<string>;
}

export function openWorkspace(initial: Settings): Workspace {
  const { dataDir } = initial;
  const store = openStore(
    dataDir === null ? memoryJournal() : fileJournal(dataDir, initial.workspaceId),
  );
  let baseUrl = initial.baseUrl;
  const now = (): number => Math.floor(initial.clock() / 1000);
  const settings = createLiveSettings(initial, store, now);
  return {
    get settings() {
      return settings.current();
    },
    changeSettings: settings.change,
    store,
    blobs: dataDir === null ? memoryBlobs() : fileBlobs(dataDir),
    images: createImageHost({ settings: initial, store, baseUrl: () => baseUrl }),
    baseUrl: () => baseUrl,
    useBaseUrl(url) {
      baseUrl = url.replace(/\/+$/, '');
    },
    now,
    profile: () => ({
      ...INITIAL_PROFILE,
      ...(store.tables.settings.find('profile')?.value as Profile),
    }),
    changeProfile(profile) {
      store.commit([put('settings', { id: 'profile', updatedAt: now(), value: profile })]);
    },
    actor: initial.teammates[0],
    headingId: (place, index) => {
      const text = `${initial.seed}|${initial.workspaceId}|${place}|${index}`;
      return `h_${createHash('sha256').update(text).digest('hex').slice(0, 10)}`;
    },
    get isMultilingual() {
      return settings.current().locales.length > 1;
    },
    scheduled: new Set([...store.tables.articles.rows()].filter(hasSchedule).map(({ id }) => id)),
  };
}

interface LiveSettings {
  readonly current: () => Settings;
  readonly change: (changes: SettingChanges) => void;
}

function createLiveSettings(initial: Settings, store: Store, now: () => number): LiveSettings {
  const stored = (): SettingChanges =>
    (store.tables.settings.find('workspace')?.value ?? {}) as SettingChanges;
  let revision = -1;
  let current = initial;
  return {
    current() {
      if (store.revision !== revision) current = settingsWith(initial, stored());
      revision = store.revision;
      return current;
    },
    change(changes) {
      const value = { ...stored(), ...changes };
      store.commit([put('settings', { id: 'workspace', updatedAt: now(), value })]);
    },
  };
}

function settingsWith(initial: Settings, changes: SettingChanges): Settings {
  return {
    ...initial,
    ...changes,
    helpCenter: { ...initial.helpCenter, ...changes.helpCenter },
  };
}

export function hasSchedule({ scheduledPublishAt, scheduledUnpublishAt }: StoredArticle): boolean {
  return scheduledPublishAt !== null || scheduledUnpublishAt !== null;
}
