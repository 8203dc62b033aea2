import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { indexPage, type ListedPage, textPage } from '../report/import-html.ts';
import { contentKinds, type ImportedPage, type ImportResult } from './import-result.ts';

/** A report being written: a page for each text as it comes, the list at the end. */
export class ImportReport {
  private readonly root: string;
  private readonly pages: ListedPage[] = [];

  constructor(root: string) {
    this.root = root;
  }

  /** Removes the pages of an earlier report, whose numbers would mean other texts. */
  async begin(): Promise<void> {
    await rm(join(this.root, 'texts'), { recursive: true, force: true });
  }

  async page(page: ImportedPage): Promise<void> {
    const file = `texts/${this.pages.length + 1}.html`;
    this.pages.push({ file, row: page.row, losses: page.losses });
    await this.write(file, textPage(page, contentKinds));
  }

  /** Writes list and data. @returns the page to open */
  async end(result: ImportResult): Promise<string> {
    const { dryRun, repeated, ...json } = result;
    const { skipped, failures } = result;
    const summary = { pages: this.pages, skipped, failures, repeated, dryRun, contentKinds };
    await this.write('index.html', indexPage(summary));
    await this.write('report.json', `${JSON.stringify({ ...json, repeated }, null, 2)}\n`);
    return join(this.root, 'index.html');
  }

  private async write(file: string, text: string): Promise<void> {
    const path = join(this.root, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}
