import type { Content } from '../model/content.ts';
import type { Finding, Severity } from '../model/finding.ts';
import { type Facts, factsOf, placeOf } from './facts.ts';
import type { Found, Rule } from './rule.ts';
import { ruleNamed, rules } from './rules.ts';
import { noSources, type Sources } from './sources.ts';

/**
 * Every problem of a content tree at once: those met on reading, and those the rules find, sorted by
 * file, line and column. Errors hold items back (see `invalidItems`); warnings hold nothing.
 *
 * @param today ISO date: what has expired by then.
 * @param sources Texts of files, for exact places and for fixes that edit text.
 */
export function check(content: Content, today: string, sources: Sources = noSources): Finding[] {
  const facts = factsOf(content, today, sources);
  return inOrder([
    ...content.problems,
    ...markdownFindings(facts),
    ...rules.flatMap((rule) => findingsOf(rule, facts)),
  ]);
}

/** Findings as they are told: by place, and each once, as an include's problem is met by every text that uses it. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(byPlace).filter((finding, index, sorted) => {
    const before = sorted[index - 1];
    return before === undefined || byPlace(before, finding) !== 0;
  });
}

/** What Markdown told of. A rule that the table does not know must not get lost: it counts as an error. */
export function markdownFindings({ texts, includeFile }: Facts): Finding[] {
  return texts.flatMap(({ translation }) =>
    translation.problems.map((problem) => ({
      rule: problem.rule,
      severity: ruleNamed(problem.rule)?.severity === 'warn' ? 'warn' : 'error',
      ...placeOf(includeFile, translation, problem),
      message: problem.message,
      hint: problem.hint,
      fixable: false,
      fix: null,
    })),
  );
}

/** What a rule finds. */
export function findingsOf(rule: Rule, facts: Facts): Finding[] {
  return rule.find(facts).map((found) => ({
    rule: rule.name,
    severity: severityOf(rule, found),
    file: found.file,
    line: found.line,
    column: found.column,
    message: found.message,
    hint: found.hint ?? null,
    fixable: (found.fix ?? null) !== null,
    fix: found.fix ?? null,
  }));
}

function severityOf(rule: Rule, found: Found): Severity {
  return found.severity ?? (rule.severity === 'either' ? 'error' : rule.severity);
}

function byPlace(a: Finding, b: Finding): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  if (a.line !== b.line) return a.line - b.line;
  if (a.column !== b.column) return a.column - b.column;
  if (a.rule !== b.rule) return a.rule < b.rule ? -1 : 1;
  return a.message < b.message ? -1 : a.message > b.message ? 1 : 0;
}
