import { addRecords } from './parse-records.ts';
import type { ZendeskSource } from './records.ts';

/** Names of columns that people's exports have, by the key of Zendesk's API. */
const columns: Readonly<Record<string, readonly string[]>> = {
  id: ['id', 'article_id', 'article id'],
  title: ['title', 'name', 'article_title', 'article title'],
  body: ['body', 'html', 'content', 'article_body', 'article body'],
  locale: ['locale', 'language'],
  section_id: ['section_id', 'section id'],
  html_url: ['html_url', 'url', 'link', 'article_url', 'article url'],
  draft: ['draft'],
  label_names: ['label_names', 'labels', 'tags'],
  author_id: ['author_id'],
  position: ['position'],
  user_segment_id: ['user_segment_id'],
};
const folderColumns = [
  ['category', 'category_name', 'category name'],
  ['section', 'section_name', 'section name'],
];

/** Adds the articles of a table; tells how many it knew. Rows without an id are named by their number. */
export function addCsv(source: ZendeskSource, text: string, origin: string): number {
  const [header = [], ...rows] = parseCsv(text);
  const names = header.map((name) => name.trim().toLowerCase());
  const at = (options: readonly string[]): number =>
    names.findIndex((name) => options.includes(name));
  if (at(columns.body ?? []) < 0 || at(columns.title ?? []) < 0) return 0;
  let known = 0;
  for (const [index, row] of rows.entries()) {
    if (row.every((value) => value.trim() === '')) continue;
    const item: Record<string, unknown> = {};
    for (const [key, options] of Object.entries(columns)) {
      const value = row[at(options)];
      if (value !== undefined && value !== '') item[key] = typed(key, value);
    }
    item.id ??= `row-${index + 1}`;
    const added = addRecords(source, { article: item }, `${origin}:${index + 2}`);
    const article = source.articles.at(-1);
    if (added > 0 && article !== undefined)
      article.folders = folderColumns
        .map((options) => row[at(options)]?.trim() ?? '')
        .filter((name) => name !== '');
    known += added;
  }
  return known;
}

function typed(key: string, value: string): unknown {
  if (key === 'draft') return /^(?:true|yes|1)$/i.test(value.trim());
  if (key === 'position') return Number(value);
  if (key === 'label_names') return value.split(/[,;|]/).map((label) => label.trim());
  return value;
}

/** Rows of a comma- or semicolon-separated text as RFC 4180 has it: quotes, doubled quotes, line breaks in them. */
export function parseCsv(text: string): string[][] {
  const content = text.replace(/^\ufeff/, '');
  const firstLine = content.slice(0, content.indexOf('\n') + 1 || content.length);
  const separator =
    count(firstLine, ';') > count(firstLine, ',')
      ? ';'
      : count(firstLine, '\t') > count(firstLine, ',')
        ? '\t'
        : ',';
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)"|([^"\\r\\n${separator}][^\\r\\n${separator}]*)?)(${separator}|\\r?\\n|\\r|$)`,
    'y',
  );
  while (cell.lastIndex < content.length) {
    const start = cell.lastIndex;
    const match = cell.exec(content);
    if (match === null) {
      // A quote that nothing closes: the rest of the line is taken as it stands.
      const end = content.indexOf('\n', start);
      row.push(content.slice(start, end < 0 ? content.length : end));
      rows.push(row);
      row = [];
      cell.lastIndex = end < 0 ? content.length : end + 1;
      continue;
    }
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === separator) continue;
    rows.push(row);
    row = [];
    if (match[0] === '') break;
  }
  if (row.length > 0) rows.push(row);
  return rows.filter((cells) => cells.length > 1 || cells[0] !== '');
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1;
}
