import { html } from 'hono/html';
import type { LoggedRequest, RequestLog } from '../gate/request-log.ts';
import type { Workspace } from '../workspace.ts';
import type { Html } from './layout.ts';
import { teamPage } from './team-layout.ts';

/** The calls to the API, newest first; a small script of our own adds those that come in. */
export function logPage(workspace: Workspace, log: RequestLog): Html {
  const { total } = log.summary();
  const content = html`<div class="heading"><h1>Live log</h1>
<p class="lead">Every call to the API, refused ones too. Pages and the sandbox's own endpoints are not counted.</p>
<p class="count"><span id="total">${total}</span> since the start or the last reset</p></div>
<div class="scroll" role="region" aria-label="Calls" tabindex="0"><table><thead><tr><th scope="col" class="wide">#</th><th scope="col" class="wide">Time</th><th scope="col">Call</th><th scope="col">Answer</th><th scope="col" class="wide">Took</th></tr></thead>
<tbody id="rows">${log.recent().map(row)}</tbody></table></div>`;
  return teamPage(
    workspace,
    'Live log',
    content,
    html`<script src="/_sandbox/static/log.js" defer></script>`,
  );
}

function row({ number, at, method, path, status, fault, tookMs }: LoggedRequest): Html {
  const time = new Date(at).toISOString().slice(11, 23);
  return html`<tr><td class="mono wide">${number}</td><td class="mono wide">${time}</td><td class="mono call">${method} ${path}</td>
<td>${statusBadge(status)}${fault === null ? '' : html` <small>${fault}</small>`}</td><td class="mono wide">${tookMs.toFixed(1)} ms</td></tr>`;
}

function statusBadge(status: number | null): Html {
  if (status === null) return html`<span class="state failed">cut</span>`;
  return html`<span class="state ${status < 300 ? 'published' : 'failed'}">${status}</span>`;
}

/** Asks for what is new once a second and shows it; texts go in as text, never as markup. */
export const LOG_SCRIPT = `
const rows = document.getElementById('rows');
const total = document.getElementById('total');
let last = Number(rows.querySelector('td')?.textContent ?? 0);
const cell = (text, name) => {
  const td = document.createElement('td');
  td.className = name;
  td.textContent = text;
  return td;
};
const badge = (request) => {
  const td = document.createElement('td');
  const span = document.createElement('span');
  span.className = request.status !== null && request.status < 300 ? 'state published' : 'state failed';
  span.textContent = request.status ?? 'cut';
  td.append(span);
  if (request.fault !== null) {
    const small = document.createElement('small');
    small.textContent = ' ' + request.fault;
    td.append(small);
  }
  return td;
};
const show = (request) => {
  const tr = document.createElement('tr');
  tr.append(
    cell(request.number, 'mono wide'),
    cell(new Date(request.at).toISOString().slice(11, 23), 'mono wide'),
    cell(request.method + ' ' + request.path, 'mono call'),
    badge(request),
    cell(request.tookMs.toFixed(1) + ' ms', 'mono wide'),
  );
  rows.prepend(tr);
  while (rows.children.length > 200) rows.lastElementChild.remove();
};
const refresh = async () => {
  try {
    const { requests } = await (await fetch('/_sandbox/requests/recent')).json();
    const newest = requests[0]?.number ?? 0;
    if (newest < last) {
      rows.replaceChildren();
      last = 0;
    }
    for (const request of requests.filter(({ number }) => number > last).reverse()) show(request);
    last = newest;
    total.textContent = newest;
  } catch {
    // The sandbox has stopped; it may come back.
  }
  setTimeout(refresh, 1000);
};
refresh();
`;
