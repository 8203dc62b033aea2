import { counted, numeral } from './wording.ts';

/** One text as it was and as it is. */
export interface ImportPage {
  row: {
    id: string;
    path: string;
    locale: string;
    title: string;
    action: string;
    visibility: string;
  };
  source: string;
  markdown: string;
  losses: readonly { construct: string; action: string; line: number | null; excerpt: string }[];
}

export interface ImportSummary {
  pages: readonly ImportPage[];
  skipped: readonly { kind: string; id: string; title: string; reason: string }[];
  failures: readonly { file: string; message: string }[];
  contentKinds: ReadonlySet<string>;
}

/**
 * The report as files of a folder: a list, worst first, and a page for each text with the source beside
 * the result. Both are shown as text: nothing of an imported body is markup here, and the policy lets
 * nothing load or run.
 */
export function importPages(summary: ImportSummary): { path: string; text: string }[] {
  const pages = summary.pages
    .map((page, index) => ({ page, file: `texts/${index + 1}.html` }))
    .toSorted((a, b) => weight(b.page, summary) - weight(a.page, summary));
  return [
    { path: 'index.html', text: indexPage(pages, summary) },
    ...pages.map(({ page, file }) => ({ path: file, text: textPage(page, summary) })),
  ];
}

function weight({ losses }: ImportPage, { contentKinds }: ImportSummary): number {
  return losses.reduce((sum, { construct }) => sum + (contentKinds.has(construct) ? 1000 : 1), 0);
}

function indexPage(
  pages: readonly { page: ImportPage; file: string }[],
  summary: ImportSummary,
): string {
  const all = pages.flatMap(({ page }) => page.losses);
  const kinds = new Map<string, number>();
  for (const { construct, action } of all)
    kinds.set(`${construct}|${action}`, (kinds.get(`${construct}|${action}`) ?? 0) + 1);
  const kindRows = [...kinds]
    .toSorted(([, a], [, b]) => b - a)
    .map(([key, count]) => {
      const [construct = '', action = ''] = key.split('|');
      const isContent = summary.contentKinds.has(construct);
      return row([html(construct), html(action), isContent ? 'content' : 'look', numeral(count)]);
    });
  const rows = pages.map(({ page, file }) => {
    const { title, path, locale, action, visibility } = page.row;
    const lost = page.losses.filter(({ construct }) => summary.contentKinds.has(construct)).length;
    return row([
      `<a href="${html(file)}">${html(title)}</a><br><small>${html(path)} · ${html(locale)}</small>`,
      html(action),
      html(visibility),
      numeral(lost),
      numeral(page.losses.length - lost),
    ]);
  });
  const attention = [
    ...summary.failures.map(
      ({ file, message }) => `<li><b>${html(file)}</b> ${html(message)}</li>`,
    ),
    ...summary.skipped.map(
      ({ kind, id, title, reason }) =>
        `<li>${html(kind)} <b>${html(id)}</b> ${html(title)}: ${html(reason)}</li>`,
    ),
  ];
  return document(
    'Import report',
    `<h1>Import report</h1>
<p>${counted(pages.length, 'text')}, ${counted(all.length, 'loss', 'losses')}. Nothing imported counts as reviewed.</p>
${attention.length === 0 ? '' : `<h2>To look at</h2><ul>${attention.join('')}</ul>`}
${kindRows.length === 0 ? '<p>Nothing was lost.</p>' : `<h2>Losses by kind</h2><table><thead>${headRow(['kind', 'action', 'weight', 'count'])}</thead><tbody>${kindRows.join('')}</tbody></table>`}
<h2>Texts</h2>
<table><thead>${headRow(['text', 'action', 'visibility', 'content', 'looks'])}</thead><tbody>${rows.join('')}</tbody></table>`,
  );
}

function textPage(
  { row: text, source, markdown, losses }: ImportPage,
  summary: ImportSummary,
): string {
  const rows = losses.map(({ construct, action, line, excerpt }) =>
    row([
      html(construct),
      html(action),
      summary.contentKinds.has(construct) ? 'content' : 'look',
      line === null ? '' : String(line),
      html(excerpt),
    ]),
  );
  const table =
    rows.length === 0
      ? '<p>Nothing was lost.</p>'
      : `<table><thead>${headRow(['kind', 'action', 'weight', 'line', 'excerpt'])}</thead><tbody>${rows.join('')}</tbody></table>`;
  return document(
    text.title,
    `<p><a href="../index.html">All texts</a></p>
<h1>${html(text.title)}</h1>
<p>${html(text.path)} · ${html(text.locale)} · ${html(text.action)} · ${html(text.visibility)}</p>
${table}
<div class="sides"><section><h2>Zendesk</h2><pre tabindex="0">${html(source)}</pre></section>
<section><h2>Markdown</h2><pre tabindex="0">${html(markdown)}</pre></section></div>`,
  );
}

function row(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function headRow(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<th scope="col">${cell}</th>`).join('')}</tr>`;
}

function document(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${html(title)}</title>
<style>${css}</style></head>
<body><main>${body}</main></body></html>
`;
}

const css =
  'body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#1a1a1a;background:#fff}main{max-width:80rem;margin:auto;padding:1.5rem}table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid #ddd}small{color:#555}pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f6f6f6;padding:1rem;border-radius:6px;font-size:13px}.sides{display:grid;grid-template-columns:1fr 1fr;gap:1rem}@media(max-width:60rem){.sides{grid-template-columns:1fr}}a{color:#0b57d0}';

/** Text that is no markup, and no control character either. */
function html(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}
