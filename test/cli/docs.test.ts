import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formats } from '../../src/cli/declaration.ts';
import { loadDeclarations } from '../../src/cli/declarations.ts';
import { globalOptions } from '../../src/cli/global-options.ts';
import { exitCodes } from '../../src/model/kb-error.ts';

const declarations = await loadDeclarations();

const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((section) => [(section.split('\n')[0] ?? '').replaceAll('`', ''), section]),
);

function sectionOf(name: string): string {
  const found = [...sections].find(([title]) => title === name || title.startsWith(`${name} `));
  return found?.[1] ?? '';
}

describe('docs/cli.md', () => {
  it.each(declarations.map((declaration) => [declaration.name, declaration] as const))(
    'tells everything about kb %s',
    (name, declaration) => {
      const section = sectionOf(`kb ${name}`);
      for (const argument of declaration.arguments)
        expect(section).toContain(`\`${argument.name}\``);
      for (const { flags } of declaration.options) expect(section).toContain(`\`${flags}\``);
      for (const { line } of declaration.examples) expect(section).toContain(`$ ${line}`);
      const [, json = ''] = /^JSON: (.*)$/m.exec(section) ?? [];
      const keys = [...json.matchAll(/`(\w+)/g)].map(([, key]) => key);
      expect(keys).toEqual(declaration.jsonKeys);
    },
  );

  it('tells of no command or flag that is not there', () => {
    const titles = [...sections.keys()].filter((title) => title.startsWith('kb '));
    expect(titles.map((title) => title.split(' ')[1]).sort()).toEqual(
      declarations.map(({ name }) => name).sort(),
    );
    const flags = [...globalOptions, ...declarations.flatMap(({ options }) => options)].map(
      ({ flags: text }) => text.split(' ')[0],
    );
    const told = [...page.matchAll(/`(--[a-z-]+)/g)].map(([, flag]) => flag);
    expect(told.filter((flag) => flag !== '--help' && !flags.includes(flag))).toEqual([]);
  });

  it('tells the options of every command, the formats and the exit codes', () => {
    const options = sectionOf('Options of every command');
    for (const { flags } of globalOptions) expect(options).toContain(`\`${flags}\``);
    for (const format of formats) expect(sectionOf('Formats')).toContain(`- \`${format}\``);
    const codes = [...sectionOf('Exit codes').matchAll(/^\| (\d+) \|/gm)].map(([, code]) =>
      Number(code),
    );
    expect(codes).toEqual(Object.values(exitCodes));
  });
});
