import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Content } from '../model/content.ts';
import type { Loss } from '../model/finding.ts';
import { digestOf } from '../model/hash.ts';
import type { Locale } from '../model/locale.ts';
import { rewriteFile } from '../repository/editing/content-file.ts';
import { editYamlFile } from '../repository/editing/write-front-matter.ts';
import {
  type KeyChange,
  readContent,
  slugOf,
  translatedChange,
  writeFrontMatter,
} from '../repository/index.ts';
import { writeNewFiles } from '../repository/scaffolding/new-file.ts';
import { collectionTextPath } from '../repository/schema/collection-schema.ts';
import {
  anchorsOf,
  buildStructure,
  convertBody,
  hrefsIn,
  type ImportedArticle,
  type ImportedText,
  type ImportStructure,
  type KnownContent,
  LinkIndex,
  type LossKind,
  lossKinds,
  type Skipped,
  type SourceFailure,
  zendeskAddress,
} from '../zendesk/index.ts';
import type { Context } from './context.ts';
import { type OpenedSource, openSource } from './import-source.ts';
import { type ImportAction, mergedFile, newFileText } from './import-text.ts';
import { stateDir } from './ledger-store.ts';

export interface ImportedRow {
  id: string;
  sourceId: string;
  path: string;
  locale: Locale;
  title: string;
  action: ImportAction;
  visibility: string;
}

export interface LossRow extends Loss {
  article: string;
  locale: Locale;
  construct: LossKind;
}

/** One text as it was and as it is, for the report. */
export interface ImportedPage {
  row: ImportedRow;
  source: string;
  markdown: string;
  losses: readonly LossRow[];
}

export interface ImportResult {
  articles: readonly ImportedRow[];
  collections: readonly { id: string; path: string; title: string }[];
  assets: readonly { path: string; bytes: number }[];
  redirects: readonly { from: string; id: string; locale: Locale }[];
  losses: readonly LossRow[];
  skipped: readonly Skipped[];
  failures: readonly SourceFailure[];
  /** Empty unless asked for. */
  pages: readonly ImportedPage[];
  dryRun: boolean;
}

export interface ImportOptions {
  from: string;
  dryRun: boolean;
  /** Keep source and result of each text for a report. */
  keepPages: boolean;
  progress?: (done: number, total: number) => void;
}

/**
 * Imports a Zendesk help center into the content folder. What was imported before is updated, and
 * merged where it was edited here; nothing is deleted. Nothing imported counts as reviewed.
 *
 * @throws KbError `no-content`, `no-source`, `address`, `zendesk`, `locale`
 */
export async function importZendeskCommand(
  context: Context,
  options: ImportOptions,
): Promise<ImportResult> {
  const content = await readContent(context.contentDir);
  const opened = await openSource(context, options.from);
  const known = knownContent(content);
  const structure = buildStructure(opened.source, { config: content.config, known, slug: slugOf });
  const run = new ImportRun(context, options, opened, structure);
  await run.collections(new Set(known.collections.keys()));
  await run.articles();
  if (!options.dryRun) await run.markTranslations();
  return run.result(goneFrom(content, structure, opened));
}

/** The kinds of losses that a reader would miss. */
export const contentKinds: ReadonlySet<string> = new Set(
  Object.entries(lossKinds).flatMap(([kind, weight]) => (weight === 'content' ? [kind] : [])),
);

/** Are there losses that a reader would miss? Looks are not counted. */
export function losesContent({ losses }: ImportResult): boolean {
  return losses.some(
    ({ construct, action }) => lossKinds[construct] === 'content' && action !== 'transformed',
  );
}

function knownContent(content: Content): KnownContent {
  const imported = content.articles.filter(({ source }) => source?.system === 'zendesk');
  return {
    articles: new Map(
      imported.map(({ id, path, sourceLocale, source }) => [
        source?.id ?? '',
        { id, path, sourceLocale },
      ]),
    ),
    collections: new Map(content.collections.map(({ id, path }) => [id, path])),
    paths: [
      ...content.articles.map(({ path }) => path),
      ...content.collections.map(({ path }) => path),
    ],
    ids: content.articles.map(({ id }) => id),
  };
}

function goneFrom(
  content: Content,
  structure: ImportStructure,
  { isWhole }: OpenedSource,
): Skipped[] {
  if (!isWhole) return [];
  const there = new Set(structure.articles.map(({ sourceId }) => sourceId));
  return content.articles
    .filter(({ source }) => source?.system === 'zendesk' && !there.has(source.id))
    .map((article) => ({
      kind: 'article',
      id: article.id,
      title: article.translations[0]?.title ?? '',
      reason: 'is no longer in Zendesk; it stays here until somebody removes it',
    }));
}

/** One import under way. */
class ImportRun {
  private readonly context: Context;
  private readonly options: ImportOptions;
  private readonly opened: OpenedSource;
  private readonly structure: ImportStructure;
  private readonly links: LinkIndex;
  /** Content path by the address a body has. */
  private readonly fileOf = new Map<string, string | null>();
  private readonly anchors = new Map<string, ReadonlyMap<string, string>>();
  private readonly wanted = new Map<string, Set<string>>();
  private readonly rows: ImportedRow[] = [];
  private readonly assets = new Map<string, number>();
  private readonly losses: LossRow[] = [];
  private readonly skipped: Skipped[] = [];
  private readonly failures: SourceFailure[] = [];
  private readonly pages: ImportedPage[] = [];
  private readonly outdated = new Set<string>();

  constructor(
    context: Context,
    options: ImportOptions,
    opened: OpenedSource,
    structure: ImportStructure,
  ) {
    this.context = context;
    this.options = options;
    this.opened = opened;
    this.structure = structure;
    this.links = new LinkIndex({
      structure,
      hosts: opened.hosts,
      base: opened.base,
      locales: structure.locales,
      fileAt: (address) => this.fileOf.get(address.trim()) ?? null,
      anchorsOf: (sourceId, locale) => this.anchors.get(`${sourceId}/${locale}`) ?? null,
    });
  }

  /** Writes the collections that are not there yet. */
  async collections(known: ReadonlySet<string>): Promise<void> {
    if (this.options.dryRun) return;
    for (const collection of this.structure.collections) {
      const file = `${collection.path}/_collection.yaml`;
      if (known.has(collection.id) || (await isThere(this.context.contentDir, file))) continue;
      const changes: KeyChange[] = [
        { path: ['id'], value: collection.id },
        ...(collection.order === null ? [] : [{ path: ['order'], value: collection.order }]),
        ...collection.texts.flatMap(({ locale, title, description }) => [
          { path: [...collectionTextPath(locale), 'title'], value: title },
          { path: [...collectionTextPath(locale), 'description'], value: description },
        ]),
      ];
      await writeNewFiles(this.context.contentDir, [
        { path: file, text: editYamlFile('', changes) },
      ]);
    }
  }

  /** Converts and writes every text. What fails is named, the others go on. */
  async articles(): Promise<void> {
    const { articles } = this.structure;
    this.collectAnchors(articles);
    for (const [index, article] of articles.entries()) {
      this.context.signal.throwIfAborted();
      for (const text of article.texts) {
        try {
          await this.text(article, text);
        } catch (error) {
          const message = error instanceof Error ? error.message : String(error);
          this.failures.push({ file: `${article.sourceId} (${text.locale})`, message });
        }
      }
      this.options.progress?.(index + 1, articles.length);
    }
  }

  /** Anchors of the texts that others link into: known before the first link is written. */
  private collectAnchors(articles: readonly ImportedArticle[]): void {
    for (const article of articles) {
      for (const { body, locale } of article.texts) {
        for (const wanted of this.links.wantedBy(body, { article, locale })) {
          const key = `${wanted.sourceId}/${wanted.locale}`;
          const ids = this.wanted.get(key) ?? new Set<string>();
          this.wanted.set(key, ids.add(wanted.id).add(decoded(wanted.id)));
        }
      }
    }
    for (const article of articles) {
      for (const { body, locale } of article.texts) {
        const key = `${article.sourceId}/${locale}`;
        const ids = this.wanted.get(key);
        if (ids === undefined) continue;
        this.anchors.set(key, anchorsOf(body, this.links.contextFor({ article, locale }, ids)));
      }
    }
  }

  private async text(article: ImportedArticle, text: ImportedText): Promise<void> {
    await this.collectFiles(text.body);
    const { locale } = text;
    const wanted = this.wanted.get(`${article.sourceId}/${locale}`);
    const converted = convertBody(text.body, this.links.contextFor({ article, locale }, wanted));
    const attached = await this.attachments(article, locale);
    const markdown = [converted.markdown, attached.markdown]
      .filter((part) => part !== '')
      .join('\n');
    const losses = [...converted.losses, ...attached.losses].map((loss) => ({
      ...loss,
      construct: loss.construct as LossKind,
      article: article.id,
      locale,
    }));
    const action = await this.write(article, text, markdown);
    const row: ImportedRow = {
      id: article.id,
      sourceId: article.sourceId,
      path: article.path,
      locale,
      title: text.title,
      action,
      visibility: article.visibility,
    };
    this.rows.push(row);
    this.losses.push(...losses);
    if (text.isOutdated) this.outdated.add(`${article.id}/${locale}`);
    if (this.options.keepPages) this.pages.push({ row, source: text.body, markdown, losses });
  }

  /** Finds the pictures and downloads of a body, and writes those that are not there yet. */
  private async collectFiles(body: string): Promise<void> {
    for (const written of hrefsIn(body)) {
      if (this.fileOf.has(written)) continue;
      const address = zendeskAddress(written, { hosts: this.opened.hosts, base: this.opened.base });
      const file = await this.opened.files.find(written, address);
      if (file === null) {
        this.fileOf.set(written, null);
        continue;
      }
      this.fileOf.set(written, file.path);
      await this.asset(file.path, file.bytes);
    }
  }

  private async asset(path: string, bytes: Uint8Array): Promise<void> {
    if (this.assets.has(path)) return;
    this.assets.set(path, bytes.length);
    if (this.options.dryRun) return;
    const absolute = join(this.context.contentDir, path);
    await mkdir(dirname(absolute), { recursive: true });
    if ((await stat(absolute).catch(() => null)) === null)
      await writeFile(absolute, bytes, { flag: 'wx' });
  }

  /** Downloads that Zendesk lists under an article. */
  private async attachments(
    article: ImportedArticle,
    locale: Locale,
  ): Promise<{ markdown: string; losses: Loss[] }> {
    const lines: string[] = [];
    const losses: Loss[] = [];
    const origin = { article, locale };
    for (const id of article.attachments) {
      const { name, url, file } = await this.opened.files.attachment(id);
      if (file !== null) {
        await this.asset(file.path, file.bytes);
        this.fileOf.set(`attachment:${id}`, file.path);
      }
      const href = file === null ? url : relativeFrom(origin, file.path);
      if (file === null)
        losses.push({
          construct: 'file',
          action: url === null ? 'dropped' : 'kept',
          line: null,
          excerpt: name,
        });
      if (href !== null) lines.push(`- [${name.replace(/[[\]\\]/g, '\\$&')}](${encodeURI(href)})`);
    }
    return { markdown: lines.length === 0 ? '' : `${lines.join('\n')}\n`, losses };
  }

  private async write(
    article: ImportedArticle,
    text: ImportedText,
    markdown: string,
  ): Promise<ImportAction> {
    const { contentDir } = this.context;
    const file = `${article.path}.${text.locale}.md`;
    const fresh = newFileText(frontMatterOf(article, text), markdown);
    const current = await readFile(join(contentDir, file), 'utf8').catch(() => null);
    const record = join(stateDir(this.context), 'import', file);
    if (current === null) {
      if (this.options.dryRun) return 'created';
      await writeNewFiles(contentDir, [{ path: file, text: fresh }]);
      await writeRecord(record, fresh);
      return 'created';
    }
    const base = await readFile(record, 'utf8').catch(() => null);
    const merged = mergedFile(
      { path: file, locale: text.locale, current, base },
      { title: text.title, publication: text.publication, body: markdown },
    );
    if (merged.reason !== null)
      this.skipped.push({
        kind: 'translation',
        id: `${article.id}:${text.locale}`,
        title: text.title,
        reason: merged.reason,
      });
    if (this.options.dryRun || merged.action === 'kept') return merged.action;
    await rewriteFile(contentDir, file, () => merged.text);
    await writeRecord(record, fresh);
    return merged.action;
  }

  /** Says of each new translation which source text it translates; an outdated one of another text. */
  async markTranslations(): Promise<void> {
    const content = await readContent(this.context.contentDir);
    const touched = new Set(
      this.rows
        .filter(({ action }) => action === 'created' || action === 'updated')
        .map(({ id, locale }) => `${id}/${locale}`),
    );
    for (const article of content.articles) {
      const source = article.translations.find(({ locale }) => locale === article.sourceLocale);
      if (source === undefined) continue;
      for (const text of article.translations) {
        const key = `${article.id}/${text.locale}`;
        if (text === source || !touched.has(key)) continue;
        const digest = this.outdated.has(key)
          ? digestOf({ outdatedIn: 'zendesk', source: article.source?.id ?? article.id })
          : source.textDigest;
        if (text.translationOf !== digest)
          await writeFrontMatter(content.root, text.file, [translatedChange(digest)]);
      }
    }
  }

  result(gone: readonly Skipped[]): ImportResult {
    const { structure } = this;
    return {
      articles: this.rows,
      collections: structure.collections.map(({ id, path, texts }) => ({
        id,
        path,
        title: texts[0]?.title ?? id,
      })),
      assets: [...this.assets].map(([path, bytes]) => ({ path, bytes })),
      redirects: structure.articles.flatMap(({ id, texts }) =>
        texts.flatMap(({ redirects, locale }) => redirects.map((from) => ({ from, id, locale }))),
      ),
      losses: this.losses,
      skipped: [...structure.skipped, ...this.skipped, ...gone],
      failures: [...structure.failures, ...this.failures],
      pages: this.pages,
      dryRun: this.options.dryRun,
    };
  }
}

function frontMatterOf(article: ImportedArticle, text: ImportedText): KeyChange[] {
  const isSource = text.locale === article.sourceLocale;
  const own: [string, unknown][] = isSource
    ? [
        ['id', article.id],
        ['author', article.author],
        ['visibility', article.visibility === 'public' ? null : article.visibility],
        ['tags', article.tags.length === 0 ? null : article.tags],
        ['order', article.order],
        ['source', { system: 'zendesk', id: article.sourceId, segment: article.segment }],
      ]
    : [];
  const keys: [string, unknown][] = [
    ...own,
    ['title', text.title],
    ['description', ''],
    ['publication', text.publication],
    ['redirects', text.redirects.length === 0 ? null : text.redirects],
  ];
  return keys.filter(([, value]) => value !== null).map(([key, value]) => ({ path: [key], value }));
}

function relativeFrom({ article }: { article: ImportedArticle }, path: string): string {
  const depth = article.path.split('/').length - 1;
  return `${'../'.repeat(depth)}${path}`;
}

async function writeRecord(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

async function isThere(root: string, path: string): Promise<boolean> {
  return (await stat(join(root, path)).catch(() => null)) !== null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
