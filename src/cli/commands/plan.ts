import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { exitCodeOfPlan } from '../../commands/exit-code.ts';
import { KbError } from '../../model/kb-error.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { CommandDeclaration } from '../declaration.ts';
import { publishing } from '../groups.ts';
import { planKeys, scopeOf, scopeOptions } from '../scope.ts';

export const plan: CommandDeclaration = {
  name: 'plan',
  summary: 'say what publish would do, and write nothing',
  group: publishing,
  arguments: [],
  options: [
    { flags: '--out <file>', summary: 'save the plan, for kb publish <file>' },
    ...scopeOptions,
  ],
  examples: [
    { line: 'kb plan', says: 'what would change for readers and for the AI' },
    { line: 'kb plan --only konto/sso', says: 'one article' },
    { line: 'kb plan --out plan.json', says: 'save it, to publish exactly this' },
    { line: 'kb plan --format markdown', says: 'for a pull request comment' },
  ],
  jsonKeys: planKeys,
  async run({ values, context, terminal, flags }) {
    const { planCommand } = await import('../../commands/plan.ts');
    const { plan, texts } = await planCommand(context, scopeOf(values));
    const file = values.text('out');
    if (file !== null) {
      await save(resolve(context.cwd, file), `${JSON.stringify(plan, null, 2)}\n`);
      context.warn(
        `Saved to ${file}: kb publish ${shellWord(file)}${flags.place} applies exactly this plan.`,
      );
    }
    const [text, markdown, github] = await Promise.all([
      import('../../report/plan-text.ts'),
      import('../../report/plan-markdown.ts'),
      import('../../report/plan-github.ts'),
    ]);
    return {
      exitCode: exitCodeOfPlan(plan),
      json: plan,
      text: (style) =>
        text.planText(plan, texts, {
          style,
          all: terminal.verbose,
          flags: flags.place,
          contentFlags: flags.content,
          savedTo: file,
        }),
      markdown: () => markdown.planMarkdown(plan, texts),
      github: () => github.planGithub(plan),
    };
  },
};

async function save(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new KbError('not-written', `The plan could not be saved as ${file}.`, {
      hint: error instanceof Error ? error.message : null,
      location: { file },
      cause: error,
    });
  }
}
