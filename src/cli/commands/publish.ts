import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { exitCodeOfPublish } from '../../commands/exit-code.ts';
import { exitCodes } from '../../model/kb-error.ts';
import type { Plan } from '../../plan/plan.ts';
import type { PublishResult } from '../../publish/outcome.ts';
import type { Answer, CommandDeclaration, Invocation } from '../declaration.ts';
import { publishing } from '../groups.ts';
import { scopeOf, scopeOptions } from '../scope.ts';

export const publish: CommandDeclaration = {
  name: 'publish',
  summary: 'make the workspace say what git says, as far as it is reviewed',
  group: publishing,
  arguments: [{ name: 'plan', summary: 'a plan saved by kb plan --out', required: false }],
  options: [
    ...scopeOptions,
    {
      flags: '--break-glass <reason>',
      summary: 'publish what --only names without its review; audit asks for it until it is there',
    },
  ],
  examples: [
    { line: 'kb publish', says: 'plan and apply' },
    { line: 'kb publish plan.json', says: 'apply exactly the plan that was read, or refuse' },
    { line: 'kb publish --only konto/sso', says: 'one article' },
    { line: 'kb publish --allow delete-percent', says: 'let a guard pass, once' },
    {
      line: 'kb publish --only konto/sso --break-glass "wrong emergency number"',
      says: 'now, and reviewed afterwards',
    },
  ],
  jsonKeys: ['outcomes', 'withheld', 'held', 'summary', 'calls'],
  finishesOnInterrupt: true,
  async run(invocation) {
    const { values, context } = invocation;
    const file = values.text('plan');
    const planFile = file === null ? null : resolve(context.cwd, file);
    const { ask } = invocation.terminal;
    return planFile === null && ask !== null
      ? publishAsked(invocation, ask)
      : publishNow(invocation, planFile);
  },
};

/** @param asked the plan that was confirmed: what it left waiting is part of the answer */
async function publishNow(
  invocation: Invocation,
  planFile: string | null,
  asked: Plan | null = null,
): Promise<Answer> {
  const { values, context, terminal } = invocation;
  const { publishCommand } = await import('../../commands/publish.ts');
  const { result, plan } = await publishCommand(context, {
    planFile,
    ...scopeOf(values),
    breakGlass: values.text('breakGlass'),
    onProgress: terminal.progress,
  });
  if (asked === null) return answerOf(invocation, result, plan);
  const { withheld, held, summary } = asked;
  const { applied, skipped, failed } = result.summary;
  const whole = { ...result, withheld, held, summary: { ...summary, applied, skipped, failed } };
  return answerOf(invocation, whole, plan);
}

/**
 * On a terminal the plan is shown and confirmed first; what is applied then is that very plan, as a
 * saved one would be.
 */
async function publishAsked(
  invocation: Invocation,
  ask: (text: string, question: string) => Promise<boolean>,
): Promise<Answer> {
  const { values, context, terminal, flags } = invocation;
  const [{ planCommand }, { planText }, facts] = await Promise.all([
    import('../../commands/plan.ts'),
    import('../../report/plan-text.ts'),
    import('../../report/plan-facts.ts'),
  ]);
  const { plan, texts } = await planCommand(context, {
    ...scopeOf(values),
    breakGlass: values.text('breakGlass'),
  });
  const refused = facts.refusingGuards(plan).length > 0;
  if (refused || !facts.writesSomething(plan)) return publishNow(invocation, null);
  const view = {
    style: await terminal.style(),
    all: terminal.verbose,
    flags: flags.place,
    contentFlags: flags.content,
    savedTo: null,
  };
  const question = `Publish this to ${plan.workspace.name}?`;
  if (!(await ask(planText(plan, texts, view), question))) {
    return {
      exitCode: exitCodes.refused,
      json: null,
      text: () => 'Nothing was written.',
    };
  }
  const folder = await mkdtemp(join(tmpdir(), 'kb-plan-'));
  try {
    const planFile = join(folder, 'plan.json');
    await writeFile(planFile, JSON.stringify(plan));
    return await publishNow(invocation, planFile, plan);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function answerOf(
  { terminal, flags }: Invocation,
  result: PublishResult,
  plan: Plan,
): Promise<Answer> {
  const [text, markdown, github] = await Promise.all([
    import('../../report/publish-text.ts'),
    import('../../report/plan-markdown.ts'),
    import('../../report/plan-github.ts'),
  ]);
  const workspace = plan.workspace.name;
  return {
    exitCode: exitCodeOfPublish(result),
    json: result,
    text: (style) =>
      text.publishText(result, workspace, {
        style,
        all: terminal.verbose,
        flags: flags.place,
        contentFlags: flags.content,
        savedTo: null,
      }),
    markdown: () => markdown.publishMarkdown(result, workspace, plan.today),
    github: () => github.publishGithub(result),
  };
}
