import { agents } from '../model/config.ts';
import type { Loss } from '../model/finding.ts';
import { isLocale } from '../model/locale.ts';
import type { LiveArticle, LiveTranslation } from '../model/snapshot.ts';
import { isBlank } from '../plan/live.ts';
import { editYamlFile } from '../repository/editing/write-front-matter.ts';
import { type KeyChange, slugOf } from '../repository/index.ts';
import { freeId } from '../repository/reading/item-id.ts';
import { collectionTextPath } from '../repository/schema/collection-schema.ts';
import type { Context } from './context.ts';
import type { Identities } from './live-identities.ts';
import { newText } from './pull-text.ts';
import type { WorkspaceState } from './workspace-state.ts';

/** A file that pull wrote. */
export interface PulledFile {
  file: string;
  id: string;
  locale: string | null;
  action: 'updated' | 'created' | 'conflict';
  /** What of Intercom's side the dialect cannot say. */
  losses: readonly Loss[];
}

/** A file to be made. */
export interface NewFile {
  file: string;
  source: string;
  pulled: PulledFile;
  /** The article it stands for; null for a collection. */
  made: LiveArticle | null;
}

/** Files for articles, locales and collections that were made in Intercom. */
export async function newFiles(
  context: Context,
  state: WorkspaceState,
  known: Identities,
  isAsked: (id: string, path: string) => boolean,
): Promise<NewFile[]> {
  const made = new FileMaker(state, known);
  const { recorded, actual, content } = state;
  const managed = new Map(
    Object.entries(recorded.articles).map(([id, entry]) => [entry.intercomId, id]),
  );
  const gone = new Set(
    Object.values(recorded.tombstones.articles).map(({ last }) => last.intercomId),
  );
  for (const live of actual.articles) {
    if (gone.has(live.intercomId)) continue;
    const id = managed.get(live.intercomId);
    if (id === undefined) {
      if (isAsked(live.intercomId, '')) made.article(live);
      continue;
    }
    const entry = recorded.articles[id];
    const article = content.articles.find((item) => item.id === id);
    if (entry === undefined || article === undefined || !isAsked(id, entry.path)) continue;
    for (const text of Object.values(live.translations)) {
      const isKnown =
        entry.translations[text.locale] !== undefined ||
        article.translations.some((own) => own.locale === text.locale);
      if (!isKnown && !isBlank(text)) made.text(text, { path: article.path, id, live }, []);
    }
  }
  context.verbose(`${made.files.length} files for what was made in Intercom`);
  return made.files;
}

class FileMaker {
  readonly files: NewFile[] = [];
  private readonly state: WorkspaceState;
  private readonly known: Identities;
  private readonly paths: Set<string>;
  private readonly ids: Set<string>;
  /** Intercom id of a collection → its folder. */
  private readonly folders: Map<string, string>;

  constructor(state: WorkspaceState, known: Identities) {
    this.state = state;
    this.known = known;
    const { content, recorded } = state;
    this.paths = new Set([
      ...content.articles.map(({ path }) => path),
      ...content.collections.map(({ path }) => path),
    ]);
    this.ids = new Set([
      ...content.articles.map(({ id }) => id),
      ...content.collections.map(({ id }) => id),
    ]);
    this.folders = new Map(
      Object.entries(recorded.collections).map(([id, entry]) => [
        entry.intercomId,
        content.collections.find((item) => item.id === id)?.path ?? entry.path,
      ]),
    );
  }

  article(live: LiveArticle): void {
    const { config } = this.state.content;
    const texts = Object.values(live.translations).filter(
      (text) => !isBlank(text) && (config.locales as readonly string[]).includes(text.locale),
    );
    const main =
      texts.find(({ locale }) => locale === config.defaultLocale) ??
      texts.find(({ locale }) => locale === live.defaultLocale) ??
      texts[0];
    if (main === undefined) return;
    const folder = this.folderOf(live.parentId);
    const path = this.freePath(folder, slugOf(main.title) || `article-${live.intercomId}`);
    const id = freeId(path, this.ids, `article-${live.intercomId}`);
    this.ids.add(id);
    const isRestricted = live.helpCenterAudience !== null && live.helpCenterAudience !== 'everyone';
    for (const text of texts) {
      const keys: KeyChange[] =
        text === main
          ? [
              { path: ['id'], value: id },
              ...(isRestricted ? [{ path: ['visibility'], value: 'users' }] : []),
            ]
          : [];
      this.text(text, { path, id, live }, keys);
    }
  }

  text(
    text: LiveTranslation,
    { path, id, live }: { path: string; id: string; live: LiveArticle },
    keys: readonly KeyChange[],
  ): void {
    const file = `${path}.${text.locale}.md`;
    const { ai } = this.state.content.config;
    const changed = agents.filter((agent) => text.availability[agent] !== ai[agent]);
    const all: KeyChange[] = [
      ...keys,
      { path: ['title'], value: text.title },
      ...(text.description === '' ? [] : [{ path: ['description'], value: text.description }]),
      ...(text.publication === 'draft' ? [{ path: ['publication'], value: 'draft' }] : []),
      ...changed.map((agent) => ({ path: ['fin', agent], value: text.availability[agent] })),
    ];
    const { source, losses } = newText(text, file, all, this.known);
    this.files.push({
      file,
      source,
      pulled: { file, id, locale: text.locale, action: 'created', losses },
      made: live,
    });
  }

  /** The folder of a collection; one that was made there comes along. */
  private folderOf(intercomId: string | null): string {
    if (intercomId === null) return '';
    const known = this.folders.get(intercomId);
    if (known !== undefined) return known;
    const { content, actual } = this.state;
    const live = actual.collections.find((item) => item.intercomId === intercomId);
    if (live === undefined) return '';
    const texts = Object.entries(live.texts).filter(([, text]) => text.title !== '');
    const title = (live.texts[content.config.defaultLocale] ?? texts[0]?.[1])?.title ?? '';
    const parent = this.folderOf(live.parentId);
    const path = this.freePath(parent, slugOf(title) || `collection-${intercomId}`);
    this.folders.set(intercomId, path);
    const id = freeId(path, this.ids, `collection-${intercomId}`);
    this.ids.add(id);
    const changes: KeyChange[] = [
      { path: ['id'], value: id },
      ...texts.flatMap(([locale, text]): KeyChange[] => {
        if (!isLocale(locale)) return [];
        const at = collectionTextPath(locale);
        return [
          { path: [...at, 'title'], value: text.title },
          ...(text.description === ''
            ? []
            : [{ path: [...at, 'description'], value: text.description }]),
        ];
      }),
    ];
    const file = `${path}/_collection.yaml`;
    this.files.push({
      file,
      source: editYamlFile('', changes),
      pulled: { file, id, locale: null, action: 'created', losses: [] },
      made: null,
    });
    return path;
  }

  private freePath(folder: string, name: string): string {
    const stem = folder === '' ? name : `${folder}/${name}`;
    let path = stem;
    for (let number = 2; this.paths.has(path); number++) path = `${stem}-${number}`;
    this.paths.add(path);
    return path;
  }
}
