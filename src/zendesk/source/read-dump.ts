import { createHash } from 'node:crypto';
import { open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { KbError } from '../../model/kb-error.ts';
import type { KeptBody } from './body-store.ts';
import { jsonRecords } from './json-records.ts';
import { addCsv } from './parse-csv.ts';
import { addRecords } from './parse-records.ts';
import { emptySource, type ZendeskArticle, type ZendeskSource } from './records.ts';

/** Bigger files are no articles. */
const mostBytes = 512 * 1024 * 1024;
/** A bigger JSON file is read record by record. */
const mostWholeBytes = 4 * 1024 * 1024;
const bodyNames = /^(?:body|index|content|article)\.(?:html?|txt)$/i;
const localeName = /^[a-z]{2}(?:-[a-z0-9]{2,4})?$/i;

/**
 * Reads an export of a help center in whatever form it lies there: JSON as the API answers it (pages,
 * single articles), articles beside their bodies, folders of HTML files, CSV. What cannot be read is
 * named, the rest is read.
 *
 * @throws KbError `no-source` where there is nothing, or nothing that is known
 */
export async function readDump(path: string): Promise<ZendeskSource> {
  const found = await stat(path).catch(() => null);
  if (found === null)
    throw new KbError('no-source', `There is no file or folder ${path}.`, {
      hint: 'kb import zendesk --from <folder, file or https://…>',
    });
  const root = found.isDirectory() ? path : dirname(path);
  const files = found.isDirectory() ? await filesIn(path, '') : [basename(path)];
  const source = emptySource();
  const pages: string[] = [];
  for (const file of files) {
    const kind = extname(file).toLowerCase();
    if (kind === '.json' || kind === '.jsonl' || kind === '.ndjson')
      await readJson(root, file, source);
    else if (kind === '.csv' || kind === '.tsv') await readCsv(root, file, source);
    else if (kind === '.html' || kind === '.htm') pages.push(file);
    else source.files.push(file);
  }
  await joinBodies(root, pages, source);
  if (source.articles.length + source.translations.length === 0 && source.failures.length === 0)
    throw new KbError('no-source', `${path} holds no articles of a Zendesk help center.`, {
      hint: 'Expected JSON as the API answers it, a folder of HTML files, or CSV with title and body.',
    });
  return source;
}

async function filesIn(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const files: string[] = [];
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) files.push(...(await filesIn(root, path)));
    else if (entry.isFile()) files.push(path);
  }
  return files;
}

async function readJson(root: string, file: string, source: ZendeskSource): Promise<void> {
  const isLines = extname(file).toLowerCase() !== '.json';
  if (!isLines && (await isBigUtf8(join(root, file)))) return readBigJson(root, file, source);
  const text = await textIn(root, file, source);
  if (text === null) return;
  const values = isLines ? text.split('\n') : [text];
  for (const [index, value] of values.entries()) {
    if (value.trim() === '') continue;
    const place = values.length > 1 ? `${file}:${index + 1}` : file;
    try {
      addRecords(source, JSON.parse(value), place);
    } catch (error) {
      source.failures.push({ file: place, message: `is no valid JSON (${reason(error)})` });
    }
  }
}

async function isBigUtf8(path: string): Promise<boolean> {
  const { size } = await stat(path);
  if (size <= mostWholeBytes) return false;
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return (
      !(buffer[0] === 0xff && buffer[1] === 0xfe) && !(buffer[0] === 0xfe && buffer[1] === 0xff)
    );
  } finally {
    await file.close();
  }
}

/** Record after record, so that a dump in one file takes no more memory than one in many. */
async function readBigJson(root: string, file: string, source: ZendeskSource): Promise<void> {
  let count = 0;
  try {
    for await (const { key, text } of jsonRecords(join(root, file))) {
      count++;
      try {
        const value: unknown = JSON.parse(text);
        addRecords(source, key === null ? [value] : { [key]: value }, file);
      } catch (error) {
        const message = `holds a record that is no valid JSON, the ${count}th (${reason(error)})`;
        source.failures.push({ file, message });
      }
    }
  } catch (error) {
    source.failures.push({ file, message: `is no valid JSON (${reason(error)})` });
  }
}

async function readCsv(root: string, file: string, source: ZendeskSource): Promise<void> {
  const text = await textIn(root, file, source);
  if (text !== null && addCsv(source, text, file) === 0)
    source.failures.push({ file, message: 'has no columns title and body' });
}

/** HTML files are bodies of articles whose data lie beside them, or articles without any data. */
async function joinBodies(
  root: string,
  pages: readonly string[],
  source: ZendeskSource,
): Promise<void> {
  const waiting = Map.groupBy(
    source.articles.filter((article) => article.body === null),
    ({ origin }) => dirname(origin),
  );
  for (const page of pages) {
    const owner = waiting.get(dirname(page))?.find((article) => isBodyOf(page, article));
    const text = await textIn(root, page, source);
    if (text === null) continue;
    const body = source.bodies.keep(bodyOf(text));
    if (owner !== undefined) owner.body = body;
    else source.articles.push(articleFromPage(page, { text, body }));
  }
}

function isBodyOf(page: string, { id, origin }: ZendeskArticle): boolean {
  const name = basename(page);
  const stem = name.slice(0, -extname(name).length);
  const isAlone = /^(?:meta|article|data|info)\.json$/i.test(basename(origin));
  return stem === id || stem === basename(origin, '.json') || (isAlone && bodyNames.test(name));
}

/** A page on its own: its name is the title, its folders are category and section. */
function articleFromPage(
  page: string,
  { text, body }: { text: string; body: KeptBody },
): ZendeskArticle {
  const steps = page.split('/').slice(0, -1);
  const locale = steps.find((step) => localeName.test(step) && step.length !== 3)?.toLowerCase();
  const name = basename(page, extname(page));
  const id = /^(\d{5,})(?:-|$)/.exec(name)?.[1] ?? `page-${shortHash(page)}`;
  const heading = /<title[^>]*>([^<]+)<\/title>/i.exec(text)?.[1]?.trim();
  return {
    id,
    locale: locale ?? null,
    sourceLocale: null,
    title: heading || titleFromName(name),
    body,
    htmlUrl: null,
    url: null,
    sectionId: null,
    authorId: null,
    isDraft: false,
    isOutdated: false,
    position: null,
    labels: [],
    segments: [],
    updatedAt: null,
    folders: steps.filter((step) => step.toLowerCase() !== locale),
    origin: page,
  };
}

/** `12345-How-to-pay` and `How_to_pay` are titles without their id and dashes. */
function titleFromName(name: string): string {
  const plain = name.replace(/^\d{5,}-?/, '');
  const spaced = /\s/.test(plain) ? plain : plain.replace(/[-_]+/g, ' ');
  return spaced.trim() || name;
}

/** What stands in the body element, where a file is a whole page. */
function bodyOf(html: string): string {
  return /<body[^>]*>([\s\S]*?)(?:<\/body\s*>|$)/i.exec(html)?.[1] ?? html;
}

async function textIn(root: string, file: string, source: ZendeskSource): Promise<string | null> {
  const absolute = join(root, file);
  try {
    if ((await stat(absolute)).size > mostBytes) {
      source.failures.push({ file, message: 'is too big to be read' });
      return null;
    }
    return decodedText(await readFile(absolute), file, source);
  } catch (error) {
    source.failures.push({ file, message: `cannot be read (${reason(error)})` });
    return null;
  }
}

/** UTF-8, or what its first bytes say; anything else is named and read as Windows-1252, so that nothing is lost. */
function decodedText(bytes: Uint8Array, file: string, source: ZendeskSource): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    source.failures.push({ file, message: 'is not UTF-8; it was read as Windows-1252' });
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.slice(0, 120);
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}
