import { shellWord } from '../model/shell-word.ts';
import { markdownTable, markdownText } from './escape.ts';
import { nextSteps } from './next-steps.ts';
import { aligned, type Style } from './style.ts';
import { counted, itemName, numeral, oneLine } from './wording.ts';

interface AuditRow {
  kind: string;
  id: string;
  intercomId: string;
  locale: string | null;
  title: string;
  agents: readonly string[];
  status: string;
  approval: { by: string; on: string; kind: string; pullRequest: number | null } | null;
  isViolation: boolean;
  reason: string;
}

interface ChangeRow {
  id: string;
  locale: string;
  title: string;
  before: Readonly<Record<string, boolean>>;
  after: Readonly<Record<string, boolean>>;
  error: string | null;
}

export interface AuditReport {
  sources: readonly AuditRow[];
  attest: readonly string[];
  summary: Readonly<Record<string, number>>;
  changes: readonly ChangeRow[];
  undo: string | null;
}

/** What the AI can say today, and who approved it; violations first. */
export function auditText(report: AuditReport, all: boolean, style: Style): string {
  const { sources, attest, summary, changes, undo } = report;
  const violations = sources.filter((source) => source.isViolation);
  const shown = all
    ? [...violations, ...sources.filter((source) => !source.isViolation)]
    : violations;
  const rows = aligned(
    shown.map((source) => [
      source.isViolation
        ? `  ${style.paint('bad', `✗ ${source.status}`)}`
        : `  ${style.paint('good', `✓ ${source.status}`)}`,
      itemName(oneLine(source.title), [source.locale]),
      source.agents.join(', '),
      style.paint('quiet', `${oneLine(source.reason)} (${source.id})`),
    ]),
  );
  const total = `  The AI reads ${counted(summary.sources ?? 0, 'source')} · ${numeral(summary.proven ?? 0)} proven · ${numeral(summary.declared ?? 0)} declared · ${numeral(summary.baseline ?? 0)} baseline · ${counted(summary.violations ?? 0, 'violation')}`;
  const attested = [
    '  No API shows these: look, and attest by hand',
    ...attest.map((line) => `    – ${line}`),
  ];
  const steps =
    violations.length > 0 && changes.length === 0
      ? [
          {
            command: 'kb audit --fix',
            says: 'takes the violations from the AI; an undo file takes it back',
          },
          { command: 'kb pull', says: 'brings what drifted into the files, for a review' },
        ]
      : [];
  return [
    ...rows,
    ...(rows.length === 0 ? [] : ['']),
    total,
    ...changesLines(changes, undo, style),
    '',
    ...attested,
    ...(steps.length === 0 ? [] : [nextSteps(steps, style)]),
  ].join('\n');
}

/** What would be taken from the AI, or given back, before it is. */
export function availabilityPlanText(changes: readonly ChangeRow[], style: Style): string {
  const rows = changes.map((change) => [
    `  ${style.paint('warning', '○')} ${itemName(oneLine(change.title), [change.locale])}`,
    whatChanges(change),
    style.paint('quiet', `(${change.id})`),
  ]);
  const total = `  ${counted(changes.length, 'text')} · an undo file is written first`;
  return [...aligned(rows), '', total].join('\n');
}

/** Which agents read it no more, or again. */
function whatChanges({ before, after }: Pick<ChangeRow, 'before' | 'after'>): string {
  const names = Object.keys(after).filter((agent) => before[agent] !== after[agent]);
  const isOff = names.every((agent) => after[agent] === false);
  return names.length === 0
    ? 'stays as it is'
    : `${isOff ? 'taken from' : 'given to'} ${names.join(', ')}`;
}

function changesLines(changes: readonly ChangeRow[], undo: string | null, style: Style): string[] {
  if (changes.length === 0) return [];
  const rows = changes.map((change) => {
    const name = itemName(oneLine(change.title), [change.locale]);
    return change.error === null
      ? `  ${style.paint('good', '✓')} ${name}  ${whatChanges(change)}`
      : `  ${style.paint('bad', '✗')} ${name}  ${oneLine(change.error)}`;
  });
  const back = undo === null ? [] : [`  kb quarantine --undo ${shellWord(undo)} takes this back`];
  return ['', ...rows, ...back];
}

/** What was taken from the AI, or given back. */
export function quarantineText(
  report: Pick<AuditReport, 'changes' | 'undo'>,
  style: Style,
): string {
  const lines = changesLines(report.changes, report.undo, style);
  return lines.length === 0 ? '  Nothing to change.' : lines.slice(1).join('\n');
}

export function auditMarkdown({ sources, attest, summary }: AuditReport): string {
  return [
    `**The AI reads ${counted(summary.sources ?? 0, 'source')}, ${counted(summary.violations ?? 0, 'violation')}**`,
    '',
    markdownTable(
      ['', 'source', 'agents', 'status', 'why'],
      sources.map((source) => [
        source.isViolation ? '✗' : '✓',
        markdownText(itemName(oneLine(source.title), [source.locale])),
        source.agents.join(', '),
        source.status,
        markdownText(source.reason),
      ]),
    ),
    '',
    'To attest by hand:',
    ...attest.map((line) => `- ${markdownText(line)}`),
  ].join('\n');
}

const columns = [
  'kind',
  'id',
  'intercomId',
  'locale',
  'title',
  'agents',
  'status',
  'violation',
  'approvedBy',
  'approvedOn',
  'reason',
];

/** The sources as CSV, for a spreadsheet. */
export function auditCsv({ sources }: AuditReport): string {
  const lines = sources.map((source) =>
    [
      source.kind,
      source.id,
      source.intercomId,
      source.locale ?? '',
      source.title,
      source.agents.join(' '),
      source.status,
      source.isViolation ? 'yes' : 'no',
      source.approval?.by ?? '',
      source.approval?.on ?? '',
      source.reason,
    ].map(csvCell),
  );
  return [columns, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('');
}

/** A spreadsheet runs what begins like a formula: titles come from strangers. */
function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** A page to print and sign, for a privacy officer. */
export function auditPage(
  { sources, attest, summary }: AuditReport,
  about: { workspace: string; today: string },
): string {
  const rows = sources.map(pageRow);
  const boxes = attest.map((line) => `<li><span class="box"></span> ${html(line)}</li>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>What the AI can read: ${html(about.workspace)}, ${html(about.today)}</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; color: #1c1c1e; background: #fff; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid #d9d9de; vertical-align: top; } td:first-child, .day { white-space: nowrap; }
.violation td:first-child { color: #a1000e; font-weight: 600; } .fine td:first-child { color: #146c2e; }
ul { list-style: none; padding: 0; } .box { display: inline-block; width: .9rem; height: .9rem; border: 1px solid #1c1c1e; margin-right: .4rem; vertical-align: -.1rem; }
.sign { margin-top: 3rem; display: flex; gap: 3rem; } .sign span { flex: 1; border-top: 1px solid #1c1c1e; padding-top: .3rem; }
@page { margin: 16mm 14mm; }
@media print { body { margin: 0; padding: 0; max-width: none; font-size: 10.5px; } tr, li, .sign { break-inside: avoid; } thead { display: table-header-group; } h2 { break-after: avoid; } td { overflow-wrap: anywhere; } }
@media (max-width: 40rem) { table { display: block; overflow-x: auto; } }
</style>
</head>
<body>
<h1>What the AI can read</h1>
<p>Workspace ${html(about.workspace)}, ${html(about.today)}: ${counted(summary.sources ?? 0, 'source')}, of these ${numeral(summary.proven ?? 0)} proven, ${numeral(summary.declared ?? 0)} declared, ${numeral(summary.baseline ?? 0)} accepted as migrated; ${counted(summary.violations ?? 0, 'violation')}. Proven: the review is recorded in a pull request. Declared: somebody stamped the text.</p>
<table><thead><tr><th>Status</th><th>Title</th><th>Locale</th><th>Agents</th><th>Approved</th><th>Violation</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>
<h2>To attest by hand</h2>
<p>No API shows these. Tick what was looked at.</p>
<ul>
${boxes.join('\n')}
</ul>
<div class="sign"><span>Date</span><span>Name</span><span>Signature</span></div>
</body>
</html>
`;
}

function html(text: string): string {
  return oneLine(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

/** One source: who stands behind it, or what is wrong. */
function pageRow({
  status,
  title,
  locale,
  agents,
  approval,
  isViolation,
  reason,
}: AuditRow): string {
  const approved =
    approval === null ? '' : `${html(approval.by)} <span class="day">${html(approval.on)}</span>`;
  const cells = [
    `${isViolation ? '✗' : '✓'} ${html(status)}`,
    html(title),
    html(locale ?? ''),
    html(agents.join(', ')),
    approved,
    isViolation ? html(reason) : '',
  ];
  const row = cells.map((cell) => `<td>${cell}</td>`).join('');
  return `<tr class="${isViolation ? 'violation' : 'fine'}">${row}</tr>`;
}
