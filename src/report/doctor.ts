import { markdownTable, markdownText } from './escape.ts';
import { padded, type Style, type Tone, wrapped } from './style.ts';
import { counted } from './wording.ts';

/** One thing that must be right for publishing, with its remedy. */
export interface HealthCheck {
  name: string;
  status: 'ok' | 'warn' | 'fail';
  message: string;
  hint: string | null;
}

const looks: Readonly<Record<HealthCheck['status'], { symbol: string; tone: Tone }>> = {
  ok: { symbol: '✓', tone: 'good' },
  warn: { symbol: '!', tone: 'warning' },
  fail: { symbol: '✗', tone: 'bad' },
};

/** Each check in a line, its remedy below it. */
export function doctorText(checks: readonly HealthCheck[], style: Style): string {
  const columns = Math.max(...checks.map(({ name }) => name.length)) + 3;
  const lines = checks.map((check) => {
    const { symbol, tone } = looks[check.status];
    const lead = `${style.paint(tone, symbol)} ${padded(check.name, columns)}`;
    const hint =
      check.hint === null
        ? ''
        : `\n${' '.repeat(columns + 2)}→ ${wrapped(check.hint, columns + 4, style)}`;
    return `${lead}${wrapped(check.message, columns + 2, style)}${hint}`;
  });
  return [...lines, '', verdict(checks, style)].join('\n');
}

function verdict(checks: readonly HealthCheck[], style: Style): string {
  const failed = checks.filter(({ status }) => status === 'fail').length;
  const warned = checks.filter(({ status }) => status === 'warn').length;
  if (failed > 0) {
    return style.paint('bad', `✗ ${counted(failed, 'check')} failed`);
  }
  const rest = warned === 0 ? '' : `, ${counted(warned, 'warning')}`;
  return style.paint('good', `✓ ready to publish${rest}`);
}

/** The checks as a table. */
export function doctorMarkdown(checks: readonly HealthCheck[]): string {
  return markdownTable(
    ['', 'check', 'found', 'remedy'],
    checks.map(({ name, status, message, hint }) => [
      `${looks[status].symbol} ${status}`,
      markdownText(name),
      markdownText(message),
      markdownText(hint ?? ''),
    ]),
  );
}
