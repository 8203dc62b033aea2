import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ruleTable } from '../../src/check/index.ts';
import { readingRules } from '../../src/repository/reading/problem.ts';

const page = readFileSync(new URL('../../docs/rules.md', import.meta.url), 'utf8');
const severities = { error: 'error', warn: 'warning', either: 'error or warning' };

/** The part of the page under a rule's heading. */
function section(name: string): string {
  return page.split(/^### /m).find((part) => part.startsWith(`${name}\n`)) ?? '';
}

describe('docs/rules.md', () => {
  it.each(ruleTable)('explains $name as the table has it', (rule) => {
    const text = section(rule.name);
    const what = `${rule.what[0]?.toUpperCase()}${rule.what.slice(1)}.`;
    const holds = `holds the ${rule.holds === 'item' ? 'whole item' : 'text'}`;
    const head = [severities[rule.severity], holds, ...(rule.fixable ? ['`--fix`'] : [])];
    expect(text).toContain(`\n${head.join(' · ')}\n`);
    expect(text).toContain(`\n${what}\n`);
    expect(text).toContain(`\nWhy: ${rule.why}\n`);
    expect(text).toContain(`\nMend: ${rule.mend}\n`);
    const row = `| [${rule.name}](#${rule.name}) | ${severities[rule.severity]} | ${rule.fixable ? 'yes' : ''} |`;
    expect(page).toContain(`${row}\n`);
  });

  it('names no rule that there is not', () => {
    const told = [...page.matchAll(/^### (.+)$/gm)].map(([, name]) => name);
    expect(told).toEqual(ruleTable.map(({ name }) => name));
  });
});

describe('the table of rules', () => {
  it('has each rule once', () => {
    const names = ruleTable.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has the rules that reading the tree applies', () => {
    const names = ruleTable.map(({ name }) => name);
    for (const name of Object.keys(readingRules)) expect(names).toContain(name);
  });
});
