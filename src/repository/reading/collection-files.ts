import { type Locale, locales } from '../../model/locale.ts';
import {
  type CollectionInFile,
  type CollectionTextInFile,
  collectionSchema,
  collectionTextPath,
  collectionTextSchema,
} from '../schema/collection-schema.ts';
import { isRecord, validate } from '../schema/validate.ts';
import { collectionFile, folderOf } from './content-path.ts';
import { byteOrderMark, type Place } from './line-index.ts';
import { type Problem, problem } from './problem.ts';
import type { TextFile } from './read-text.ts';
import { readYaml } from './yaml-source.ts';

/** One `_collection.yaml`, read. */
export interface CollectionFile {
  /** Relative to the content folder. */
  path: string;
  folder: string;
  /** Null where the file could not be read. */
  parsed: ParsedCollection | null;
  problems: readonly Problem[];
}

export interface ParsedCollection extends CollectionInFile {
  idText: string | null;
  /** Where the id stands, or would. */
  idPlace: Place;
  idIsWrong: boolean;
  place(locale: string, key: string): Place;
}

/** Intercom allows a collection, a section in it, and a section in that. */
export const deepestCollection = 3;

/** Reads one collection file. All of its problems at once, none thrown. */
export function readCollectionFile(path: string, file: TextFile): CollectionFile {
  const folder = folderOf(path);
  const unread = (problems: readonly Problem[]) => ({ path, folder, parsed: null, problems });
  if ('problem' in file) return unread([file.problem]);
  const { text } = file;
  const yaml = readYaml(text, text.startsWith(byteOrderMark) ? 1 : 0, text.length);
  if (yaml.problems.length > 0) return unread(yaml.problems);
  if (yaml.value === undefined) {
    return unread([
      problem('schema', 'the file is empty', { hint: 'It needs at least id and a title.' }),
    ]);
  }
  const { data, problems, wrong } = validate(collectionSchema, yaml);
  if (!isRecord(yaml.value)) return unread(problems);
  const { id, order } = data;
  return {
    path,
    folder,
    parsed: {
      id,
      order,
      texts: textsOf(data),
      idText: id === undefined ? null : String(id),
      idPlace: yaml.place(['id'], 'key'),
      idIsWrong: wrong.has('id'),
      place: (locale, key) => yaml.place([...collectionTextPath(locale), key]),
    },
    problems: [
      ...problems,
      ...textProblems(data, wrong, (locale) => yaml.place(collectionTextPath(locale), 'key')),
    ],
  };
}

function textsOf(data: Record<string, unknown>): Map<Locale, CollectionTextInFile> {
  const texts = new Map<Locale, CollectionTextInFile>();
  for (const locale of locales) {
    const written = collectionTextPath(locale).reduce<unknown>(
      (inner, key) => (isRecord(inner) ? inner[key] : undefined),
      data,
    );
    const parsed = collectionTextSchema.safeParse(written);
    if (parsed.success) texts.set(locale, parsed.data);
  }
  return texts;
}

function textProblems(
  data: Record<string, unknown>,
  wrong: ReadonlySet<string>,
  placeOf: (locale: string) => Place,
): Problem[] {
  const texts = [...textsOf(data)];
  if (texts.length === 0 && !locales.some((locale) => wrong.has(locale))) {
    const hint = 'Add a title: de: { title: … }';
    return [problem('schema', 'the collection has no title in any locale', { hint })];
  }
  return texts
    .filter(([locale, text]) => text.title === undefined && !wrong.has(locale))
    .map(([locale]) =>
      problem('schema', `${locale}.title is missing`, { at: placeOf(locale), hint: null }),
    );
}

/** Nesting as Intercom counts it: a folder at the top is the first level. */
export function collectionLevel(folder: string): number {
  return folder.split('/').length;
}

/** The `_collection.yaml` that a folder needs. */
export function collectionFileOf(folder: string): string {
  return `${folder}/${collectionFile}`;
}
