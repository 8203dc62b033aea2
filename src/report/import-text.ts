import { grouped } from './grouped.ts';
import { nextSteps, type Step } from './next-steps.ts';
import { aligned, clipped, type Style, type Tone } from './style.ts';
import { counted, itemName, numeral, oneLine } from './wording.ts';

/** What an import did, as far as a report shows it. */
export interface ImportReport {
  articles: readonly {
    id: string;
    path: string;
    locale: string;
    title: string;
    action: string;
    visibility: string;
  }[];
  collections: readonly { id: string; path: string }[];
  assets: readonly { path: string; bytes: number }[];
  redirects: readonly unknown[];
  losses: readonly {
    article: string;
    locale: string;
    construct: string;
    action: string;
    line: number | null;
    excerpt: string;
  }[];
  skipped: readonly { kind: string; id: string; title: string; reason: string }[];
  failures: readonly { file: string; message: string }[];
  /** Pieces of text that could be includes. */
  repeated: readonly { include: string; locale: string; count: number; text: string }[];
  dryRun: boolean;
  /** Kinds of losses a reader would miss. */
  contentKinds: ReadonlySet<string>;
}

const tones: Readonly<Record<string, Tone>> = {
  created: 'good',
  updated: 'note',
  merged: 'note',
  conflict: 'bad',
  kept: 'warning',
  unchanged: 'quiet',
};
const shownLosses = 12;
const shownRepeated = 5;

/** Totals first, then what a person has to look at, worst first, then the next step. */
export function importText(report: ImportReport, steps: readonly Step[], style: Style): string {
  return [
    ...actionLines(report, style),
    '',
    ...lossLines(report, style),
    ...attentionLines(report, style),
    ...repeatedLines(report, style),
    totals(report, style),
    nextSteps(steps, style),
  ].join('\n');
}

function actionLines({ articles }: ImportReport, style: Style): string[] {
  const byAction = grouped(articles, ({ action }) => action);
  return aligned(
    [...byAction].map(([action, rows]) => [
      `  ${style.paint(tones[action] ?? 'plain', action)}`,
      counted(rows.length, 'text'),
      style.paint('quiet', examplesOf(rows)),
    ]),
  );
}

function examplesOf(rows: ImportReport['articles']): string {
  const [first, second] = rows.map(({ path, locale }) => itemName(path, [locale]));
  const more = rows.length > 2 ? ', …' : '';
  return [first, second].filter((name) => name !== undefined).join(', ') + more;
}

function lossLines({ losses, contentKinds }: ImportReport, style: Style): string[] {
  if (losses.length === 0) return [`  ${style.paint('good', '✓ nothing was lost')}`, ''];
  const counts = [...grouped(losses, ({ construct, action }) => `${construct} ${action}`)].map(
    ([name, rows]) => ({ name, rows, isContent: contentKinds.has(rows[0]?.construct ?? '') }),
  );
  const sorted = counts.toSorted(
    (a, b) => Number(b.isContent) - Number(a.isContent) || b.rows.length - a.rows.length,
  );
  const rows = sorted.slice(0, shownLosses).map(({ name, rows: same, isContent }) => {
    const [example] = same;
    const place =
      example === undefined
        ? ''
        : `${itemName(example.article, [example.locale])}: ${oneLine(example.excerpt)}`;
    return [
      `  ${style.paint(isContent ? 'warning' : 'quiet', isContent ? '!' : '·')} ${name}`,
      numeral(same.length),
      style.paint('quiet', clipped(place, Math.max(40, style.width - 36))),
    ];
  });
  const more = sorted.length - rows.length;
  return [...aligned(rows), ...(more > 0 ? [`  ${counted(more, 'more kind')}`] : []), ''];
}

function attentionLines({ skipped, failures }: ImportReport, style: Style): string[] {
  const lines = [
    ...failures.map(
      ({ file, message }) => `  ${style.paint('bad', '✗')} ${file} ${oneLine(message)}`,
    ),
    ...skipped.map(
      ({ kind, id, title, reason }) =>
        `  ${style.paint('warning', '!')} ${kind} ${id}${title === '' ? '' : ` "${oneLine(title)}"`} ${reason}`,
    ),
  ];
  const shown = lines.slice(0, 30);
  const more = lines.length - shown.length;
  return lines.length === 0
    ? []
    : [...shown, ...(more > 0 ? [`  ${numeral(more)} more; --report lists them all`] : []), ''];
}

function repeatedLines({ repeated }: ImportReport, style: Style): string[] {
  if (repeated.length === 0) return [];
  const rows = repeated
    .slice(0, shownRepeated)
    .map(({ include, locale, count, text }) => [
      `  · the same in ${counted(count, 'text')}`,
      `_includes/${include}.${locale}.md`,
      style.paint('quiet', clipped(oneLine(text), Math.max(30, style.width - 60))),
    ]);
  const more = repeated.length - rows.length;
  return [
    ...aligned(rows),
    ...(more > 0 ? [`  ${numeral(more)} more; --report lists them`] : []),
    '',
  ];
}

function totals(report: ImportReport, style: Style): string {
  const ids = new Set(report.articles.map(({ id }) => id));
  const parts = [
    `${counted(report.articles.length, 'text')} of ${counted(ids.size, 'article')}`,
    counted(report.collections.length, 'collection'),
    counted(report.assets.length, 'file'),
    counted(report.redirects.length, 'old address', 'old addresses'),
    counted(report.losses.length, 'loss', 'losses'),
  ];
  const restricted = report.articles.filter(({ visibility }) => visibility !== 'public').length;
  if (restricted > 0) parts.push(`${counted(restricted, 'text')} not public`);
  const dry = report.dryRun ? style.paint('note', ' · nothing was written (--dry-run)') : '';
  return `  ${parts.join(' · ')}${dry}`;
}
