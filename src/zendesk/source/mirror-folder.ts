import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { idOf, type Json, localeOf } from './help-center-api.ts';

/** How far the reading of a help center is, so that it can go on after it was killed. */
export interface MirrorState {
  version: 1;
  origin: string;
  /** Was it read with a token? Another view has other articles. */
  isAuthorized: boolean;
  /** Epoch seconds that changes are asked for since; null until everything was read once. */
  sinceSeconds: number | null;
  /** The listing under way; null: none is. */
  listing: Listing | null;
}

export interface Listing {
  startedSeconds: number;
  /** By locale. */
  steps: Readonly<Record<string, ListingStep>>;
}

/** How far the listing of one locale is. */
export interface ListingStep {
  /** The address of the next page; null: it is through. */
  next: string | null;
  /** Articles that were met, as `<locale>/<id>`. */
  met: readonly string[];
}

/**
 * A help center as files, in the form that an export has: `<locale>/articles/<id>.json` and so on. What
 * was fetched stays, whatever happens to the process; every file is written in one step.
 */
export class MirrorFolder {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  async readState(): Promise<MirrorState | null> {
    const data = await this.read('.state.json');
    const state = data as Partial<MirrorState> | null;
    return state?.version === 1 && typeof state.origin === 'string' ? (state as MirrorState) : null;
  }

  writeState(state: MirrorState): Promise<void> {
    return this.write('.state.json', state);
  }

  /** null where there is no such file, or it cannot be read. */
  async read(path: string): Promise<unknown> {
    const text = await readFile(join(this.root, path), 'utf8').catch(() => null);
    if (text === null) return null;
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  }

  async write(path: string, value: unknown): Promise<void> {
    await this.writeBytes(path, JSON.stringify(value));
  }

  async writeBytes(path: string, content: string | Uint8Array): Promise<void> {
    const absolute = join(this.root, path);
    await mkdir(dirname(absolute), { recursive: true });
    // A dot in front: what a kill leaves behind is no part of the export.
    const draft = join(dirname(absolute), `.${randomUUID()}.tmp`);
    await writeFile(draft, content, { mode: 0o600 });
    await rename(draft, absolute);
  }

  async remove(path: string): Promise<void> {
    await rm(join(this.root, path), { force: true });
  }

  /** The names of the JSON files in a folder, without their extension. */
  async namesIn(folder: string): Promise<string[]> {
    const files = await names(join(this.root, folder));
    return files.filter((file) => /^[\w-]+\.json$/.test(file)).map((file) => file.slice(0, -5));
  }

  /** The articles that are here, as `<locale>/<id>`. */
  async articles(): Promise<string[]> {
    const found: string[] = [];
    for (const locale of await names(this.root))
      found.push(...(await this.namesIn(`${locale}/articles`)).map((id) => `${locale}/${id}`));
    return found;
  }
}

/** The listing with the step of one locale put in, or taken out. */
export function withStep(listing: Listing, locale: string, step: ListingStep | undefined): Listing {
  const { [locale]: _, ...others } = listing.steps;
  return { ...listing, steps: step === undefined ? others : { ...others, [locale]: step } };
}

/** All articles that were met. */
export function metIn({ steps }: Listing): Set<string> {
  return new Set(Object.values(steps).flatMap(({ met }) => met));
}

/** The file of `<locale>/<id>`. */
export function articleFile(key: string): string {
  return key.replace('/', '/articles/').concat('.json');
}

export function idIn(key: string): string {
  return key.slice(key.indexOf('/') + 1);
}

/** The name of an article, `<locale>/<id>`; null where it has no name. */
export function keyOf(article: Json, asked: string): string | null {
  const id = idOf(article.id);
  const locale = localeOf(article.locale) ?? localeOf(article.source_locale) ?? asked;
  return id === null || locale === '' ? null : `${locale}/${id}`;
}

async function names(folder: string): Promise<string[]> {
  const entries = await readdir(folder).catch(() => []);
  return entries.filter((name) => !name.startsWith('.')).toSorted();
}
