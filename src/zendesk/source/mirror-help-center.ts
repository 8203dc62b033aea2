import { KbError } from '../../model/kb-error.ts';
import {
  findHelpCenter,
  idOf,
  isJson,
  type Json,
  type KnownHelpCenter,
  localeOf,
  pagesOf,
  recordsIn,
} from './help-center-api.ts';
import { Listings } from './listings.ts';
import {
  articleFile,
  idIn,
  keyOf,
  type Listing,
  MirrorFolder,
  type MirrorState,
  metIn,
  withStep,
} from './mirror-folder.ts';
import { isDenied, type Network, readJson } from './network.ts';

export interface MirrorOptions {
  /** Folder of the mirror; what an earlier run left in it is built upon. */
  folder: string;
  /** Which of its locales; null: all of them. */
  locales: readonly string[] | null;
}

/** What a reading came to. */
export interface Mirrored {
  locales: readonly string[];
  /** Was only what changed asked for? */
  isIncremental: boolean;
  /** What could not be read, and why. */
  failures: readonly { file: string; message: string }[];
}

/** Pages of the service's largest size. */
const paged = 'page[size]=100';
/** A listing whose pages shift while they are read is read again. */
const mostReadings = 3;
const atOnce = 4;
/** Clocks differ, and a change may be stored a little later than it is dated. */
const overlapSeconds = 300;

/**
 * Brings a help center into a folder over its API, in the form of an export: categories, sections,
 * articles of every locale, translations, lists of attachments, and with a token the segments. Goes on
 * where a killed run stopped; once all of it was read, only what changed is asked for.
 *
 * @throws KbError `address`, `zendesk`, `zendesk-denied`
 */
export async function mirrorHelpCenter(
  address: string,
  network: Network,
  options: MirrorOptions,
): Promise<Mirrored> {
  const found = await findHelpCenter(address, network);
  return new Mirror(found, network, options).run();
}

class Mirror {
  private readonly api: Listings;
  private readonly network: Network;
  private readonly folder: MirrorFolder;
  private readonly locales: readonly string[];
  /** Texts in other locales are left out; null: none is. */
  private readonly only: readonly string[] | null;
  private readonly failures: { file: string; message: string }[] = [];
  private readonly answers = new Map<Detail, 'given' | 'denied'>();
  private state: MirrorState;

  constructor(center: KnownHelpCenter, network: Network, { folder, locales }: MirrorOptions) {
    this.network = network;
    this.folder = new MirrorFolder(folder);
    this.locales = locales ?? center.locales;
    this.api = new Listings(center, network, this.locales, (file, error) => this.note(file, error));
    this.only = locales;
    const { origin } = center;
    this.state = {
      version: 1,
      origin,
      isAuthorized: network.authorization !== null,
      sinceSeconds: null,
      listing: null,
    };
  }

  async run(): Promise<Mirrored> {
    const before = await this.folder.readState();
    const isSameView = before?.isAuthorized === this.state.isAuthorized;
    if (before?.origin === this.state.origin && isSameView) this.state = before;
    const isIncremental = await this.readChanges();
    if (!isIncremental) await this.readAll();
    await this.readGroups();
    await this.readDetails();
    return { locales: this.locales, isIncremental, failures: this.failures };
  }

  /** Only what changed since the last complete reading; false where all has to be read. */
  private async readChanges(): Promise<boolean> {
    const { sinceSeconds, listing } = this.state;
    if (sinceSeconds === null || listing !== null) return false;
    const startedSeconds = nowSeconds();
    const changed = new Map<string, Json>();
    try {
      const first = this.api.address('incremental/articles', `start_time=${sinceSeconds}`);
      for await (const page of pagesOf(first, this.network)) {
        const articles = recordsIn(page, 'articles');
        if (articles.length === 0) break;
        for (const article of articles) changed.set(String(article.id), article);
      }
    } catch (error) {
      if (isDenied(error)) return false;
      throw error;
    }
    for (const [id, article] of changed) {
      const key = keyOf(article, this.locales[0] ?? '');
      if (key === null) continue;
      for (const locale of this.locales) await this.folder.remove(articleFile(`${locale}/${id}`));
      await this.keepArticle(article, key);
    }
    this.network.told(`${changed.size} articles changed`);
    await this.readDetails();
    if (await this.hasShrunk()) return false;
    await this.save({ sinceSeconds: startedSeconds - overlapSeconds });
    return true;
  }

  /** Changes tell nothing of what was deleted: that shows in how many are left. */
  private async hasShrunk(): Promise<boolean> {
    const here = await this.folder.articles();
    for (const locale of this.locales) {
      const first = this.api.address(`${locale}/articles`, 'per_page=1&page=1');
      const answer = await readJson(first, this.network).catch((error) => {
        if (isDenied(error)) return null;
        throw error;
      });
      const count = isJson(answer) ? answer.count : null;
      const known = here.filter((key) => key.startsWith(`${locale}/`)).length;
      const translated = await this.translatedInto(locale, here);
      if (count !== known + translated) return true;
    }
    return false;
  }

  /** Texts that only the list of an article's translations holds. */
  private async translatedInto(locale: string, here: readonly string[]): Promise<number> {
    const own = new Set(here);
    const ids = new Set(here.map(idIn));
    let count = 0;
    for (const id of ids) {
      if (own.has(`${locale}/${id}`)) continue;
      const kept = await this.folder.read(`translations/${id}.json`);
      if (recordsIn(kept, 'translations').some((text) => localeOf(text.locale) === locale)) count++;
    }
    return count;
  }

  private async readAll(): Promise<void> {
    let listing: Listing = this.state.listing ?? {
      startedSeconds: nowSeconds(),
      steps: {},
    };
    for (const locale of this.locales) {
      this.network.told(`reading ${locale}`);
      listing = await this.readListing(locale, listing);
      this.network.told(`${locale}: ${listing.steps[locale]?.met.length ?? 0} articles`);
    }
    const met = metIn(listing);
    for (const key of await this.folder.articles())
      if (!met.has(key)) await this.folder.remove(articleFile(key));
    await this.save({ listing: null, sinceSeconds: listing.startedSeconds - overlapSeconds });
  }

  /** Every article of a locale, page by page; each page is on disk before the next is asked for. */
  private async readListing(locale: string, before: Listing): Promise<Listing> {
    const sideloads = locale === this.locales[0] ? '&include=translations,users' : '';
    let listing = before;
    for (let reading = 1; ; reading++) {
      const step = listing.steps[locale];
      if (step?.next === null) return listing;
      const others = metIn(listing);
      const met = new Set(step?.met ?? []);
      const counts = new Set<number>();
      const pages = this.api.pages(locale, 'articles', `${paged}${sideloads}`, step?.next ?? null);
      for await (const { page, next } of pages) {
        for (const article of recordsIn(page, 'articles')) {
          const key = keyOf(article, locale);
          if (key === null) continue;
          if (!met.has(key) && !others.has(key)) await this.keepArticle(article, key);
          met.add(key);
        }
        for (const user of recordsIn(page, 'users')) await this.keepUser(user);
        if (isJson(page) && typeof page.count === 'number') counts.add(page.count);
        listing = withStep(listing, locale, { next, met: [...met] });
        await this.save({ listing });
      }
      // Pages by number shift when an article is deleted meanwhile, and one is skipped.
      const isSteady = counts.size === 0 || (counts.size === 1 && counts.has(met.size));
      if (isSteady) return listing;
      if (reading === mostReadings) {
        const message = `changed while it was read: ${met.size} articles, one may be missing`;
        this.failures.push({ file: `${locale}/articles`, message });
        return listing;
      }
      listing = withStep(listing, locale, undefined);
    }
  }

  /** Writes an article as the export has it, with the translations that came along. */
  private async keepArticle(article: Json, key: string): Promise<void> {
    const { translations: texts } = article;
    const wanted = Array.isArray(texts) ? { translations: this.wanted(texts.filter(isJson)) } : {};
    await this.folder.write(articleFile(key), { article: { ...article, ...wanted } });
  }

  /** Texts in the locales that are read. */
  private wanted(texts: readonly Json[]): Json[] {
    return texts.filter(({ locale }) => this.only?.includes(localeOf(locale) ?? '') ?? true);
  }

  private async keepUser(user: Json): Promise<void> {
    const id = idOf(user.id);
    if (id !== null) await this.folder.write(`users/${id}.json`, { user });
  }

  /** Categories and sections of every locale; with a token the segments. */
  private async readGroups(): Promise<void> {
    for (const locale of this.locales) {
      for (const kind of ['categories', 'sections']) {
        const records: Json[] = [];
        for await (const { page } of this.api.pages(locale, kind, paged, null))
          records.push(...recordsIn(page, kind));
        await this.folder.write(`${locale}/${kind}.json`, { [kind]: records });
      }
    }
    if (!this.state.isAuthorized) return;
    const segments: Json[] = [];
    try {
      const first = this.api.address('user_segments', paged);
      for await (const page of pagesOf(first, this.network))
        segments.push(...recordsIn(page, 'user_segments'));
      await this.folder.write('user_segments.json', { user_segments: segments });
    } catch (error) {
      this.note('user_segments', error);
    }
  }

  /** What only a call for each article tells: its attachments, and translations no listing had. */
  private async readDetails(): Promise<void> {
    const byId = Map.groupBy(await this.folder.articles(), idIn);
    for (const { folder } of [translations, attachments])
      for (const id of await this.folder.namesIn(folder))
        if (!byId.has(id)) await this.folder.remove(`${folder}/${id}.json`);
    await pooled([...byId], async ([id, keys]) => {
      const records = await Promise.all(keys.map((key) => this.articleAt(key)));
      const version = versionOf(records);
      const isComplete = records.some((record) => Array.isArray(record.translations));
      if (isComplete || (this.api.isLocalised && keys.length === this.locales.length))
        await this.folder.remove(`${translations.folder}/${id}.json`);
      else await this.readDetail(translations, id, version);
      await this.readDetail(attachments, id, version);
    });
  }

  /** Asks once for each version of an article. Where the first is denied, the others would be, too. */
  private async readDetail(kind: Detail, id: string, version: string): Promise<void> {
    const file = `${kind.folder}/${id}.json`;
    const kept = await this.folder.read(file);
    if (isJson(kept) && kept.version === version) return;
    if (this.answers.get(kind) === 'denied') return;
    try {
      const records: Json[] = [];
      for await (const page of pagesOf(
        this.api.address(`articles/${id}/${kind.folder}`, paged),
        this.network,
      ))
        records.push(...recordsIn(page, kind.key));
      this.answers.set(kind, 'given');
      const wanted = kind === translations ? this.wanted(records) : records;
      await this.folder.write(file, { version, [kind.key]: wanted });
    } catch (error) {
      if (!isDenied(error)) throw error;
      if (!this.answers.has(kind)) this.answers.set(kind, 'denied');
      this.note(`articles/${id}/${kind.folder}`, error);
    }
  }

  private async articleAt(key: string): Promise<Json> {
    const kept = await this.folder.read(articleFile(key));
    return isJson(kept) && isJson(kept.article) ? kept.article : {};
  }

  private note(file: string, error: unknown): void {
    const said = error instanceof KbError ? error.message : String(error);
    this.failures.push({
      file,
      message: `cannot be read: ${said}`,
    });
  }

  private async save(change: Partial<MirrorState>): Promise<void> {
    this.state = { ...this.state, ...change };
    await this.folder.writeState(this.state);
  }
}

/** A list that belongs to one article. */
interface Detail {
  folder: string;
  key: string;
}
const translations: Detail = { folder: 'translations', key: 'translations' };
const attachments: Detail = { folder: 'attachments', key: 'article_attachments' };

/** When an article was last touched: details of the same version need not be asked for again. */
function versionOf(records: readonly Json[]): string {
  const dates = records.flatMap(({ updated_at, edited_at }) => [updated_at, edited_at]);
  return (
    dates
      .filter((date) => typeof date === 'string')
      .toSorted()
      .at(-1) ?? ''
  );
}

async function pooled<T>(items: readonly T[], run: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await run(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
