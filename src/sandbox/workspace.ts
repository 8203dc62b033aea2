import { createHash } from 'node:crypto';
import { INITIAL_PROFILE, type Profile } from './habits/profile.ts';
import { createImageHost, type ImageHost } from './images/image-host.ts';
import type { Settings, Teammate } from './sandbox-options.ts';
import { type Blobs, fileBlobs, memoryBlobs } from './state/blobs.ts';
import type { StoredArticle } from './state/entities.ts';
import { fileJournal, memoryJournal } from './state/journal.ts';
import { openStore, put, type Store } from './state/store.ts';

/** The workspace being played: what every route works on. */
export interface Workspace {
  readonly settings: Settings;
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

export function openWorkspace(settings: Settings): Workspace {
  const { dataDir } = settings;
  const store = openStore(
    dataDir === null ? memoryJournal() : fileJournal(dataDir, settings.workspaceId),
  );
  let baseUrl = settings.baseUrl;
  const now = (): number => Math.floor(settings.clock() / 1000);
  return {
    settings,
    store,
    blobs: dataDir === null ? memoryBlobs() : fileBlobs(dataDir),
    images: createImageHost({ settings, store, baseUrl: () => baseUrl }),
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
    actor: settings.teammates[0],
    headingId: (place, index) => {
      const text = `${settings.seed}|${settings.workspaceId}|${place}|${index}`;
      return `h_${createHash('sha256').update(text).digest('hex').slice(0, 10)}`;
    },
    isMultilingual: settings.locales.length > 1,
    scheduled: new Set([...store.tables.articles.rows()].filter(hasSchedule).map(({ id }) => id)),
  };
}

export function hasSchedule({ scheduledPublishAt, scheduledUnpublishAt }: StoredArticle): boolean {
  return scheduledPublishAt !== null || scheduledUnpublishAt !== null;
}
