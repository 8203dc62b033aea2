import type { Finding } from '../../../model/finding.ts';
import { html, joined, type Markup, nothing } from '../../render/markup.ts';
import type { Book } from '../book.ts';

/** Findings with the way to their line, and what mends them. */
export function findingList(findings: readonly Finding[], book: Book): Markup {
  if (findings.length === 0) return html`<p class="quiet">Nothing to mend.</p>`;
  return html`<ul class="findings">${findings.map((finding) => findingItem(finding, book))}</ul>`;
}

function findingItem(finding: Finding, book: Book): Markup {
  const { rule, severity, file, line, column, message, hint } = finding;
  const isError = severity === 'error';
  const fix =
    finding.fix !== null && book.isLive
      ? html`<button type="button" class="fix" data-fix="${findingKey(finding)}" aria-label="Fix: ${message}">Fix</button>`
      : nothing;
  const told = hint === null ? nothing : html`<p class="hint">${hintText(hint)}</p>`;
  return html`<li class="finding ${severity}"><p><span class="tag ${isError ? 'bad' : 'warn'}">${isError ? 'error' : 'warning'}</span> <span class="rule">${rule}</span></p><p>${message}</p>${told}<p class="places">${placeLinks({ file, line, column }, book)}${fix}</p></li>`;
}

/** A hint that is a command looks like one. */
function hintText(hint: string): Markup {
  return /^kb [a-z]/.test(hint) ? html`<code>${hint}</code>` : html`${hint}`;
}

/** Links to a place: in the source as the preview shows it, in the editor. */
export function placeLinks(
  { file, line, column }: { file: string; line: number; column: number },
  { addresses, editor }: Pick<Book, 'addresses' | 'editor'>,
): Markup {
  const source = addresses.page({ kind: 'source', file }, `L${line}`);
  const links = [html`<a href="${source}">${file}:${line}</a>`];
  if (editor !== null) {
    links.push(html`<a class="editor" href="${editor(file, line, column)}">Open in editor</a>`);
  }
  return joined(links, ' ');
}

/** What names a finding between page and server. */
export function findingKey({ rule, file, line, column, message }: Finding): string {
  return JSON.stringify([rule, file, line, column, message]);
}
