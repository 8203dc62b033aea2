import { counted, numeral } from './wording.ts';

interface PageRow {
  id: string;
  path: string;
  locale: string;
  title: string;
  action: string;
  visibility: string;
}

interface PageLoss {
  construct: string;
  action: string;
  line: number | null;
  excerpt: string;
}

/** One text as it was and as it is. */
export interface ImportPage {
  row: PageRow;
  /** HTML; shown as text. */
  source: string;
  markdown: string;
  losses: readonly PageLoss[];
}

/** A page as the list has it. */
export interface ListedPage {
  /** Relative to the list. */
  file: string;
  row: PageRow;
  losses: readonly PageLoss[];
}

export interface ImportSummary {
  pages: readonly ListedPage[];
  skipped: readonly { kind: string; id: string; title: string; reason: string }[];
  failures: readonly { file: string; message: string }[];
  repeated: readonly {
    include: string;
    locale: string;
    text: string;
    count: number;
    articles: readonly string[];
  }[];
  dryRun: boolean;
  /** Kinds of losses a reader would miss. */
  contentKinds: ReadonlySet<string>;
}

/**
 * The list of a report: totals, what a person has to look at, and every text, worst first. Nothing of
 * an imported body is markup here, and the policy lets nothing load or run.
 */
export function indexPage(summary: ImportSummary): string {
  const { pages, contentKinds } = summary;
  const losses = pages.flatMap((page) => page.losses);
  const content = losses.filter(({ construct }) => contentKinds.has(construct)).length;
  return document(
    'Import report',
    `<h1>Import report</h1>
<p class="totals"><b>${counted(pages.length, 'text')}</b> <b>${counted(content, 'loss', 'losses')} of content</b> <b>${numeral(losses.length - content)} of looks</b></p>
<p>${summary.dryRun ? 'A dry run: nothing was written. ' : ''}Nothing imported counts as reviewed. Losses of content are what a reader would miss.</p>
${attention(summary)}
${kinds(losses, contentKinds)}
${repetitions(summary.repeated)}
${texts(pages, contentKinds)}`,
  );
}

/** A page of the report: source beside result, both as text, the lines with losses marked. */
export function textPage(page: ImportPage, contentKinds: ReadonlySet<string>): string {
  const { row: text, source, markdown, losses } = page;
  const lost = new Set(losses.flatMap(({ line }) => (line === null ? [] : [line])));
  const lines = source
    .split('\n')
    .map((line, index) => {
      const number = index + 1;
      return lost.has(number) ? `<mark id="L${number}">${html(line)}</mark>` : html(line);
    })
    .join('\n');
  const rows = losses.map(({ construct, action, line, excerpt }) =>
    row([
      html(construct),
      html(action),
      contentKinds.has(construct) ? 'content' : 'look',
      line === null ? '' : `<a href="#L${line}">${line}</a>`,
      html(excerpt),
    ]),
  );
  return document(
    text.title,
    `<p><a href="../index.html">All texts</a></p>
<h1>${html(text.title)}</h1>
<p>${[text.path, text.locale, text.action, text.visibility].map(html).join(' · ')}</p>
${rows.length === 0 ? '<p>Nothing was lost.</p>' : table(['kind', 'action', 'weight', 'line', 'excerpt'], rows)}
<div class="sides"><section><h2>Zendesk</h2><pre tabindex="0">${lines}</pre></section>
<section><h2>Markdown</h2><pre tabindex="0">${html(markdown)}</pre></section></div>`,
  );
}

function attention({ failures, skipped }: ImportSummary): string {
  const items = [
    ...failures.map(({ file, message }) => `<li><b>${html(file)}</b> ${html(message)}</li>`),
    ...skipped.map(
      ({ kind, id, title, reason }) =>
        `<li>${html(kind)} <b>${html(id)}</b> ${html(title)}: ${html(reason)}</li>`,
    ),
  ];
  return items.length === 0 ? '' : `<h2>To look at</h2><ul>${items.join('')}</ul>`;
}

function kinds(losses: readonly PageLoss[], contentKinds: ReadonlySet<string>): string {
  if (losses.length === 0) return '<p>Nothing was lost.</p>';
  const counts = new Map<string, { loss: PageLoss; count: number }>();
  for (const loss of losses) {
    const key = `${loss.construct}|${loss.action}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { loss, count: 1 });
    else known.count++;
  }
  const weight = ({ loss, count }: { loss: PageLoss; count: number }): number =>
    (contentKinds.has(loss.construct) ? 1e9 : 0) + count;
  const rows = [...counts.values()]
    .toSorted((a, b) => weight(b) - weight(a))
    .map(({ loss: { construct, action, excerpt }, count }) =>
      row([
        html(construct),
        html(action),
        contentKinds.has(construct) ? 'content' : 'look',
        numeral(count),
        html(excerpt),
      ]),
    );
  return `<h2>Losses by kind</h2>${table(['kind', 'action', 'weight', 'count', 'for example'], rows)}`;
}

function repetitions(repeated: ImportSummary['repeated']): string {
  if (repeated.length === 0) return '';
  const rows = repeated.map(({ include, locale, text, count, articles }) =>
    row([
      `<code>_includes/${html(include)}.${html(locale)}.md</code>`,
      numeral(count),
      `<pre>${html(text)}</pre>`,
      html(articles.join(', ') + (count > articles.length ? ', …' : '')),
    ]),
  );
  return `<h2>The same in several texts</h2>
<p>Each could be written once, and put in by <code>{{&gt; name }}</code>.</p>
${table(['as an include', 'texts', 'piece', 'in'], rows)}`;
}

function texts(pages: readonly ListedPage[], contentKinds: ReadonlySet<string>): string {
  const missed = ({ losses }: ListedPage): number =>
    losses.filter(({ construct }) => contentKinds.has(construct)).length;
  const rows = pages
    .map((page) => ({ page, content: missed(page) }))
    .toSorted((a, b) => b.content - a.content || b.page.losses.length - a.page.losses.length)
    .map(({ page: { file, row: text, losses }, content }) =>
      row([
        `<a href="${html(file)}">${html(text.title)}</a><br><small>${html(text.path)} · ${html(text.locale)}</small>`,
        html(text.action),
        html(text.visibility),
        numeral(content),
        numeral(losses.length - content),
      ]),
    );
  return `<h2>Texts, worst first</h2>${table(['text', 'action', 'visibility', 'content', 'looks'], rows)}`;
}

function table(heads: readonly string[], rows: readonly string[]): string {
  const head = heads.map((cell) => `<th scope="col">${cell}</th>`).join('');
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function row(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
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
  ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0;color:light-dark(#1a1a1a,#eee);background:light-dark(#fff,#161616)}main{max-width:80rem;margin:auto;padding:1.5rem}.totals b{display:inline-block;margin:0 1rem .5rem 0;padding:.4rem .9rem;border:1px solid light-dark(#ccc,#444);border-radius:6px}.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid light-dark(#ddd,#333);overflow-wrap:anywhere}small{color:light-dark(#555,#aaa)}pre{white-space:pre-wrap;overflow-wrap:anywhere;background:light-dark(#f6f6f6,#222);padding:1rem;border-radius:6px;font-size:13px;margin:0}mark{background:light-dark(#ffe9a8,#5a4500);color:inherit}mark:target{outline:2px solid #b26a00}.sides{display:grid;grid-template-columns:1fr 1fr;gap:1rem}.sides section{min-width:0}@media(max-width:60rem){.sides{grid-template-columns:1fr}}a{color:light-dark(#0b57d0,#8ab4f8)}';

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
