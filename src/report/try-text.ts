import { grouped } from './grouped.ts';
import { type ImportReport, importText } from './import-text.ts';
import type { Step } from './next-steps.ts';
import { aligned, type Style } from './style.ts';
import { counted, numeral } from './wording.ts';

/** What trying a help center came to, beside its import. */
export interface TryReport extends ImportReport {
  findings: readonly { rule: string; severity: 'error' | 'warn'; message: string }[];
  questions: { asked: number; first: number; amongThree: number };
}

const shownRules = 8;

/** The import, then what is to be mended and whether questions find their answers. */
export function tryText(report: TryReport, steps: readonly Step[], style: Style): string {
  return [
    ...findingLines(report, style),
    ...questionLines(report, style),
    importText(report, steps, style),
  ].join('\n');
}

function findingLines({ findings: all }: TryReport, style: Style): string[] {
  // Nothing imported is reviewed; that is no news of any one text.
  const findings = all.filter(({ rule }) => rule !== 'review');
  if (findings.length === 0) return [`  ${style.paint('good', '✓ nothing is to be mended')}`];
  const rules = [...grouped(findings, ({ rule, severity }) => `${severity} ${rule}`).values()]
    .toSorted((a, b) => rank(b) - rank(a) || b.length - a.length)
    .slice(0, shownRules);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return [
    `  ${counted(errors, 'error')} and ${counted(findings.length - errors, 'warning')} to be mended`,
    ...aligned(
      rules.flatMap((same) => {
        const [first] = same;
        if (first === undefined) return [];
        const isError = first.severity === 'error';
        return [
          [
            `    ${style.paint(isError ? 'bad' : 'warning', first.rule)}`,
            numeral(same.length),
            style.paint('quiet', isError ? 'holds back what it is in' : ''),
          ],
        ];
      }),
    ),
  ];
}

function rank([first]: TryReport['findings']): number {
  return first?.severity === 'error' ? 1 : 0;
}

function questionLines({ questions }: TryReport, style: Style): string[] {
  const { asked, first, amongThree } = questions;
  if (asked === 0) return ['', '  No title or heading asks a question.', ''];
  const share = `${numeral(first)} of ${counted(asked, 'question')} of its own`;
  return [
    '',
    `  ${share} find their article first, ${numeral(amongThree)} among the first three ${style.paint('quiet', '(once reviewed: until then the AI reads none of it)')}`,
    '',
  ];
}
