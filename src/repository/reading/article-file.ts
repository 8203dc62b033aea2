import type { Locale } from '../../model/locale.ts';
import { articleKeys, type FrontMatter, frontMatterSchema } from '../schema/front-matter-schema.ts';
import { isRecord, validate } from '../schema/validate.ts';
import { findFrontMatter, readFrontMatter } from './front-matter.ts';
import type { Place } from './line-index.ts';
import { type Problem, problem } from './problem.ts';
import type { TextFile } from './read-text.ts';
import type { YamlSource } from './yaml-source.ts';

/** One Markdown file of an article: what its front matter says, and where its body begins. */
export interface ArticleFile {
  /** Relative to the content folder. */
  path: string;
  locale: Locale;
  /** Null where the file or its front matter could not be read. */
  parsed: ParsedFile | null;
  problems: readonly Problem[];
}

export interface ParsedFile {
  frontMatter: FrontMatter;
  id: string | null;
  /** Keys whose value could not be read. */
  wrong: ReadonlySet<string>;
  body: string;
  bodyLine: number;
  titlePlace: Place;
  descriptionPlace: Place;
  idPlace: Place;
  /** Keys of the article as a whole, with their places: only the source-locale file may have them. */
  articleKeys: readonly { key: string; at: Place }[];
}

/** Reads the front matter of one article file. All of its problems at once, none thrown. */
export function articleFile(path: string, locale: Locale, file: TextFile): ArticleFile {
  if ('problem' in file) return { path, locale, parsed: null, problems: [file.problem] };
  const found = findFrontMatter(file.text);
  if ('problem' in found) return { path, locale, parsed: null, problems: [found.problem] };
  const yaml = readFrontMatter(file.text, found.split);
  if (yaml.problems.length > 0) return { path, locale, parsed: null, problems: yaml.problems };
  const { data, problems, wrong } = validate(frontMatterSchema, yaml);
  if (yaml.value !== undefined && !isRecord(yaml.value)) {
    return { path, locale, parsed: null, problems };
  }
  const parsed: ParsedFile = {
    frontMatter: data,
    id: data.id === undefined ? null : String(data.id),
    wrong,
    body: file.text.slice(found.split.bodyStart),
    bodyLine: found.split.bodyLine,
    titlePlace: yaml.place(['title']),
    descriptionPlace: yaml.place(['description']),
    idPlace: yaml.place(['id'], 'key'),
    articleKeys: presentArticleKeys(yaml),
  };
  return { path, locale, parsed, problems: [...problems, ...titleProblems(parsed, yaml)] };
}

function presentArticleKeys(yaml: YamlSource): { key: string; at: Place }[] {
  if (!isRecord(yaml.value)) return [];
  return Object.keys(yaml.value)
    .filter((key) => key !== 'id' && articleKeys.includes(key))
    .map((key) => ({ key, at: yaml.place([key], 'key') }));
}

function titleProblems({ frontMatter, wrong }: ParsedFile, yaml: YamlSource): Problem[] {
  if (frontMatter.title !== undefined || wrong.has('title')) return [];
  const at = yaml.value === undefined ? { line: 1, column: 1 } : yaml.place([]);
  return [problem('schema', 'title is missing', { at, hint: 'Add a line: title: …' })];
}

/** Article-level keys in a file that is not the source-locale file: nothing reads them there. */
export function strayArticleKeys(file: ArticleFile, source: ArticleFile): Problem[] {
  return (file.parsed?.articleKeys ?? []).map(({ key, at }) =>
    problem('schema', `${key} belongs to the article as a whole, not to one translation`, {
      at,
      hint: `Move it to ${source.path}, the file with the id.`,
    }),
  );
}
