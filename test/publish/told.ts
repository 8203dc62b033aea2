import type { Plan } from '../../src/plan/plan.ts';

/** A plan in lines that can be read and compared: what it does, what waits, what is left alone. */
export function told(plan: Plan): string[] {
  const at = (id: string, locale: string | null) =>
    // A redirect goes by its address, whose port is another in each run.
    [id.replace(/^https?:.*(?=\/)/, ''), locale].filter((part) => part !== null).join(' ');
  return [
    ...plan.changes.map((change) => {
      const fields = change.fields.map((field) => field.name).join(' ');
      const kind = change.kind === 'article' ? '' : `${change.kind} `;
      return `${change.action} ${kind}${at(change.id, change.locale)}${fields === '' ? '' : ` (${fields})`}`;
    }),
    ...plan.held.map((item) => `held ${item.kind}: ${at(item.id, item.locale)}`),
    ...plan.withheld.map((item) => `withheld: ${at(item.id, item.locale)}`),
    ...plan.unmanaged.map((item) => `unmanaged ${item.kind}: ${at(item.title, item.locale)}`),
  ];
}

/** What of it stays when everything was written. */
export function waiting(lines: readonly string[]): string[] {
  return lines.filter((line) => /^(held|withheld|unmanaged)/.test(line));
}
