/**
 * Checks the import table, and that there was something to check. Types count in src/; build/, where
 * they are gone, shows what is really loaded.
 */
import { globSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cruise, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser';
import { builtRules, sourceRules, table } from './import-rules.ts';

const root = join(import.meta.dirname, '..');
process.chdir(root);

const homeless = readdirSync('src').filter((room) => !(room in table));
if (homeless.length > 0) fail(`not in the import table: ${homeless.join(', ')}`);

const sources = await checked('src', '**/*.ts', sourceRules);
await checked('build', '**/*.js', builtRules);
process.stdout.write(`imports: ${sources} modules, every import is in the table\n`);

async function checked(folder: string, files: string, ruleSet: IFlattenedRuleSet): Promise<number> {
  const { output } = await cruise(
    [folder],
    {
      ruleSet,
      validate: true,
      parser: folder === 'src' ? 'swc' : 'acorn',
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      enhancedResolveOptions: {
        exportsFields: ['exports'],
        conditionNames: ['import', 'types', 'node'],
      },
    },
    { extensions: ['.ts', '.js'] },
  );
  const { modules, summary } = output as ICruiseResult;
  const there = globSync(`${folder}/${files}`).length;
  const read = modules.filter((module) => module.source.startsWith(`${folder}/`)).length;
  // With a parser that cannot read the sources the tool cruises nothing, and reports success.
  if (there === 0 || read < there) fail(`only ${read} of ${there} files in ${folder} were read`);
  for (const { from, to, rule } of summary.violations) {
    const comment = ruleSet.forbidden?.find((item) => item.name === rule.name)?.comment ?? '';
    process.stderr.write(`${from} → ${to}\n  ${rule.name}: ${comment}\n`);
  }
  if (summary.violations.length > 0) fail(`${summary.violations.length} imports break the table`);
  return read;
}

function fail(message: string): never {
  process.stderr.write(`imports: ${message}\n`);
  process.exit(1);
}
