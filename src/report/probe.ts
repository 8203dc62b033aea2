import { markdownTable, markdownText } from './escape.ts';
import { nextSteps } from './next-steps.ts';
import { aligned, type Style } from './style.ts';
import { counted } from './wording.ts';

export interface ProbeReport {
  probes: readonly {
    habit: string;
    value: string | null;
    before: string;
    isChanged: boolean;
    evidence: string;
  }[];
  file: string;
}

/** What was learned of how the workspace rewrites HTML, and what is new. */
export function probeText({ probes, file }: ProbeReport, style: Style): string {
  const changed = probes.filter((probe) => probe.isChanged);
  const rows = aligned(
    probes.map(({ habit, value, before, isChanged }) => [
      `  ${isChanged ? style.paint('warning', '~') : value === null ? style.paint('quiet', '?') : style.paint('good', '=')} ${habit}`,
      isChanged ? `${before} → ${value}` : before,
      value === null ? style.paint('quiet', 'not settled') : '',
    ]),
  );
  const total = `  ${counted(probes.length, 'habit')} probed · ${counted(changed.length, 'difference')} to the last profile · written to ${file}`;
  const steps =
    changed.length === 0 ? [] : [{ command: 'kb plan', says: 'compares under the new profile' }];
  return [...rows, '', total, ...(steps.length === 0 ? [] : [nextSteps(steps, style)])].join('\n');
}

export function probeMarkdown({ probes }: ProbeReport): string {
  return markdownTable(
    ['habit', 'value', 'before', 'seen'],
    probes.map(({ habit, value, before, evidence }) => [
      habit,
      value ?? 'not settled',
      before,
      markdownText(evidence),
    ]),
  );
}
