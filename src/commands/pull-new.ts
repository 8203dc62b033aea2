import { agents } from '../model/config.ts';
import { isLocale } from '../model/locale.ts';
import type { LiveArticle, LiveTranslation } from '../model/snapshot.ts';
import { isBlank } from '../plan/live.ts';
import { editYamlFile } from '../repository/editing/write-front-matter.ts';
import { type KeyChange, slugOf } from '../repository/index.ts';
import { freeId } from '../repository/reading/item-id.ts';
import { collectionTextPath } from '../repository/schema/collection-schema.ts';
import type { Identities } from './live-identities.ts';
import type { PullRun } from './pull-article.ts';
import { storedImages } from './pull-images.ts';
import { type Outcome, plainOutcome } from './pull-outcome.ts';
import { newText } from './pull-text.ts';
import type { WorkspaceState } from './workspace-state.ts';

/** Files for articles, locales and collections that were made in Intercom. */
export async function makeFiles(
  run: PullRun,
  maker: FileMaker,
  isAsked: (id: string) => boolean,
): Promise<Outcome[]> {
  const { recorded, actual, content } = run.state;
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
      if (!isAsked(live.intercomId)) continue;
      maker.known = await withImages(run, Object.values(live.translations));
      maker.article(live);
      continue;
    }
    const entry = recorded.articles[id];
    const article = content.articles.find((item) => item.id === id);
    if (entry === undefined || article === undefined || !isAsked(id)) continue;
    for (const text of Object.values(live.translations)) {
      const isKnown =
        entry.translations[text.locale] !== undefined ||
        article.translations.some((own) => own.locale === text.locale);
      if (isKnown || isBlank(text)) continue;
      maker.known = await withImages(run, [text]);
      maker.text(text, { path: article.path, id, live }, []);
    }
  }
  run.context.verbose(`${maker.files.length} files for what was made in Intercom`);
  return maker.files;
}

/** Fetches what new texts show; what cannot be had stays at its address. */
async function withImages(
  { images, known }: PullRun,
  texts: readonly LiveTranslation[],
): Promise<Identities> {
  for (const { body } of texts) await images.fetch(body, storedImages(body));
  return images.identities(known);
}

/** Makes files for what was made in Intercom, each with a path and an id of its own. */
export class FileMaker {
  readonly files: Outcome[] = [];
  private readonly state: WorkspaceState;
  known: Identities;
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
    const path = this.freePath(
      inFolder(folder, slugOf(main.title) || `article-${live.intercomId}`),
    );
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
    const pulled = { file, id, locale: text.locale, action: 'created' as const, losses };
    this.files.push({ ...plainOutcome(pulled, source), made: live, isMixed: true });
  }

  /** The folder of a collection; one that was made there comes along. */
  folderOf(intercomId: string | null): string {
    if (intercomId === null) return '';
    const known = this.folders.get(intercomId);
    if (known !== undefined) return known;
    const { content, actual } = this.state;
    const live = actual.collections.find((item) => item.intercomId === intercomId);
    if (live === undefined) return '';
    const texts = Object.entries(live.texts).filter(([, text]) => text.title !== '');
    const title = (live.texts[content.config.defaultLocale] ?? texts[0]?.[1])?.title ?? '';
    const parent = this.folderOf(live.parentId);
    const path = this.freePath(inFolder(parent, slugOf(title) || `collection-${intercomId}`));
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
    const pulled = { file, id, locale: null, action: 'created' as const, losses: [] };
    this.files.push(plainOutcome(pulled, editYamlFile('', changes)));
    return path;
  }

  /** A path that nothing has yet: the one wanted, or with a number. */
  freePath(stem: string): string {
    let path = stem;
    for (let number = 2; this.paths.has(path); number++) path = `${stem}-${number}`;
    this.paths.add(path);
    return path;
  }
}

function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
