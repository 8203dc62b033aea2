import type { MarkdownContext } from '../../markdown/index.ts';
import type { Collection, CollectionText } from '../../model/article.ts';
import type { Config } from '../../model/config.ts';
import { collectionDigest } from '../../model/digest.ts';
import type { Locale } from '../../model/locale.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { ProblemIn } from './article-group.ts';
import { readText, stampFrom } from './build-article.ts';
import {
  type CollectionFile,
  collectionFileOf,
  collectionLevel,
  deepestCollection,
  type ParsedCollection,
} from './collection-files.ts';
import { folderOf } from './content-path.ts';
import { freeId } from './item-id.ts';
import { problem } from './problem.ts';

/** The collections of a tree, and what was found wrong with them. */
export interface CollectionsRead {
  collections: Collection[];
  problems: ProblemIn[];
  /** Files whose collection is unknown: not parsed, without id, or with an id that is taken. */
  unreadable: string[];
}

/** Parents first, so that a collection's parent is known when it is its turn. */
export function buildCollections(
  files: readonly CollectionFile[],
  config: Config,
  contextFor: (locale: Locale) => Pick<MarkdownContext, 'variable' | 'variableNames'>,
): CollectionsRead {
  const problems: ProblemIn[] = [];
  const unreadable: string[] = [];
  const byFolder = new Map<string, Collection>();
  const byId = new Map<string, Collection>();
  const takenIds = new Set(files.flatMap(({ parsed }) => parsed?.idText ?? []));
  const parentsFirst = [...files].sort(
    (a, b) => collectionLevel(a.folder) - collectionLevel(b.folder),
  );
  for (const file of parentsFirst) {
    const report = (it: ProblemIn['problem'], path = file.path) =>
      problems.push({ file: path, problem: it });
    for (const it of file.problems) report(it);
    const { parsed } = file;
    const id = parsed?.idText ?? null;
    if (parsed === null || id === null) {
      unreadable.push(file.path);
      if (parsed !== null && !parsed.idIsWrong) report(missingId(file, takenIds));
      continue;
    }
    const first = byId.get(id);
    if (first !== undefined) {
      unreadable.push(file.path);
      report(duplicateId(id, first.file, parsed));
      report(duplicateId(id, file.path, placedAt(first, files)), first.file);
      continue;
    }
    const parentFolder = folderOf(file.folder);
    const parent = parentFolder === '' ? null : (byFolder.get(parentFolder) ?? null);
    if (parentFolder !== '' && parent === null) report(missingCollection(parentFolder, parsed));
    if (collectionLevel(file.folder) > deepestCollection) report(tooDeep(file.folder));
    const texts = collectionTexts(file.path, parsed, config, contextFor);
    problems.push(...texts.problems);
    const collection: Collection = {
      id,
      path: file.folder,
      file: file.path,
      parentId: parent?.id ?? null,
      order: parsed.order ?? null,
      texts: texts.texts,
    };
    byFolder.set(file.folder, collection);
    byId.set(id, collection);
  }
  return { collections: [...byFolder.values()], problems, unreadable };
}

function collectionTexts(
  file: string,
  parsed: ParsedCollection,
  config: Config,
  contextFor: (locale: Locale) => Pick<MarkdownContext, 'variable' | 'variableNames'>,
): { texts: CollectionText[]; problems: ProblemIn[] } {
  const problems: ProblemIn[] = unlistedLocales(file, parsed, config);
  const texts = config.locales.flatMap((locale): CollectionText[] => {
    const text = parsed.texts.get(locale);
    if (text === undefined) return [];
    const context = contextFor(locale);
    const title = readText(text.title ?? '', parsed.place(locale, 'title'), context);
    const description = readText(
      text.description ?? '',
      parsed.place(locale, 'description'),
      context,
    );
    for (const { line, column, message, hint } of [...title.problems, ...description.problems]) {
      problems.push({
        file,
        problem: problem('variable-unknown', message, { at: { line, column }, hint }),
      });
    }
    return [
      {
        locale,
        title: title.text,
        description: description.text,
        review: stampFrom(text.review),
        translationOf: text.translationOf ?? null,
        textDigest: collectionDigest({ title: title.text, description: description.text }),
      },
    ];
  });
  return { texts, problems };
}

function unlistedLocales(file: string, parsed: ParsedCollection, config: Config): ProblemIn[] {
  const listed: readonly string[] = config.locales;
  return [...parsed.texts.keys()]
    .filter((locale) => !listed.includes(locale))
    .map((locale) => ({
      file,
      problem: problem('locale-unlisted', `kb.yaml does not list the locale ${locale}`, {
        at: parsed.place(locale, ''),
        hint: `Add ${locale} to locales in kb.yaml, or remove it here.`,
      }),
    }));
}

function missingId(file: CollectionFile, takenIds: ReadonlySet<string>) {
  const value = freeId(file.folder, takenIds, 'collection');
  return problem('id-missing', 'the collection has no id', {
    hint: `kb check --fix adds it: id: ${value}`,
    fix: { kind: 'front-matter', file: file.path, path: ['id'], value },
  });
}

function duplicateId(id: string, other: string, { idPlace }: Pick<ParsedCollection, 'idPlace'>) {
  return problem('id-duplicate', `the collection ${other} has the id "${id}", too`, {
    at: idPlace,
    hint: 'Give the newer of the two another id.',
  });
}

function placedAt(collection: Collection, files: readonly CollectionFile[]) {
  const parsed = files.find(({ path }) => path === collection.file)?.parsed;
  return { idPlace: parsed?.idPlace ?? { line: 1, column: 1 } };
}

function missingCollection(folder: string, { idPlace }: ParsedCollection) {
  return problem('collection-missing', `the folder ${folder} has no usable _collection.yaml`, {
    at: idPlace,
    hint: `Add ${collectionFileOf(folder)} with id and title: kb new collection ${shellWord(folder)}`,
  });
}

function tooDeep(folder: string) {
  return problem(
    'collection-depth',
    `${folder} is level ${collectionLevel(folder)}; Intercom has ${deepestCollection} levels of collections`,
    { hint: 'Move the folder further up.' },
  );
}
