import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { rewriteFile } from '../repository/editing/content-file.ts';
import { writeNewFiles } from '../repository/scaffolding/new-file.ts';
import {
  convertBody,
  type ImportedArticle,
  type ImportedText,
  type ImportStructure,
  LinkIndex,
  type LossKind,
  type Skipped,
  type SourceFailure,
} from '../zendesk/index.ts';
import type { Context } from './context.ts';
import { type LinkedPlaces, linkedPlaces } from './import-anchors.ts';
import { ImportedFiles } from './import-files.ts';
import { incomingKeys } from './import-front-matter.ts';
import { RepeatedPieces } from './import-repeated.ts';
import type {
  ImportAction,
  ImportedRow,
  ImportOptions,
  ImportResult,
  LossRow,
} from './import-result.ts';
import type { OpenedSource } from './import-source.ts';
import { mergedFile, newFileText } from './import-text.ts';
import { stateDir } from './ledger-store.ts';

/** One import under way: text after text is read, converted, written, and forgotten. */
export class ImportRun {
  private readonly context: Context;
  private readonly options: ImportOptions;
  private readonly opened: OpenedSource;
  private readonly structure: ImportStructure;
  private readonly links: LinkIndex;
  private readonly files: ImportedFiles;
  private readonly repeated = new RepeatedPieces();
  private places: LinkedPlaces | null = null;
  private readonly rows: ImportedRow[] = [];
  private readonly losses: LossRow[] = [];
  private readonly skipped: Skipped[] = [];
  private readonly failures: SourceFailure[] = [];
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
    this.files = new ImportedFiles(opened, options.dryRun ? null : context.contentDir);
    this.links = new LinkIndex({
      structure,
      hosts: opened.hosts,
      base: opened.base,
      locales: structure.locales,
      fileAt: (address) => this.files.at(address),
      anchorsOf: (sourceId, locale) => this.places?.anchors(sourceId, locale) ?? null,
    });
  }

  /** Converts and writes every text. What fails is named, the others go on. */
  async articles(): Promise<void> {
    const { articles } = this.structure;
    this.places = linkedPlaces(articles, this.links, (text) => this.bodyOf(text));
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

  private bodyOf({ body }: ImportedText): string {
    return body === null ? '' : this.opened.source.bodies.read(body);
  }

  private async text(article: ImportedArticle, text: ImportedText): Promise<void> {
    const { locale } = text;
    const source = this.bodyOf(text);
    await this.files.collect(source, { article, locale });
    const wanted = this.places?.wanted(article.sourceId, locale);
    const converted = convertBody(source, this.links.contextFor({ article, locale }, wanted));
    const attached = await this.files.attached(article, posix.dirname(article.path));
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
    this.repeated.add(markdown, article.id, locale);
    if (text.isOutdated) this.outdated.add(`${article.id}/${locale}`);
    await this.options.page?.({ row, source, markdown, losses });
  }

  private async write(
    article: ImportedArticle,
    text: ImportedText,
    markdown: string,
  ): Promise<ImportAction> {
    const { contentDir } = this.context;
    const file = `${article.path}.${text.locale}.md`;
    const incoming = { keys: incomingKeys(article, text), body: markdown };
    const fresh = newFileText(incoming);
    const current = await readFile(join(contentDir, file), 'utf8').catch(() => null);
    const record = join(stateDir(this.context), 'import', file);
    if (current === null) {
      if (this.options.dryRun) return 'created';
      await writeNewFiles(contentDir, [{ path: file, text: fresh }]);
      await writeRecord(record, fresh);
      return 'created';
    }
    const base = await readFile(record, 'utf8').catch(() => null);
    const merged = mergedFile({ path: file, locale: text.locale, current, base }, incoming);
    if (merged.reason !== null)
      this.skipped.push({
        kind: 'translation',
        id: `${article.id}:${text.locale}`,
        title: text.title,
        reason: merged.reason,
      });
    if (this.options.dryRun) return merged.action;
    if (merged.text !== current) await rewriteFile(contentDir, file, () => merged.text);
    // What differs and was never recorded has no base yet: the next import must not invent one.
    if (base !== null || merged.action === 'unchanged') await writeRecord(record, fresh);
    return merged.action;
  }

  /** Texts whose source moved on in Zendesk, as `<article id>/<locale>`. */
  get outdatedTexts(): ReadonlySet<string> {
    return this.outdated;
  }

  result(gone: readonly Skipped[]): ImportResult {
    const { structure, rows } = this;
    return {
      articles: rows,
      collections: structure.collections.map(({ id, path, texts }) => ({
        id,
        path,
        title: texts[0]?.title ?? id,
      })),
      assets: this.files.assets,
      redirects: structure.articles.flatMap(({ id, texts }) =>
        texts.flatMap(({ redirects, locale }) => redirects.map((from) => ({ from, id, locale }))),
      ),
      losses: this.losses,
      skipped: [...structure.skipped, ...this.skipped, ...gone],
      failures: [...this.opened.failures, ...this.failures],
      repeated: this.repeated.found(),
      dryRun: this.options.dryRun,
    };
  }
}

async function writeRecord(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
