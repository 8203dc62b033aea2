import { exitCodeOfPlan, exitCodeOfPublish } from '../../commands/exit-code.ts';
import { KbError } from '../../model/kb-error.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Answer, CommandDeclaration, Invocation } from '../declaration.ts';
import { publishing } from '../groups.ts';
import { planKeys, scopeOf, scopeOptions } from '../scope.ts';

export const rollback: CommandDeclaration = {
  name: 'rollback',
  summary: 'plan, or make, the workspace as it was at a commit; the files stay',
  group: publishing,
  arguments: [],
  options: [
    { flags: '--to <commit>', summary: 'the commit, branch or tag' },
    { flags: '--apply', summary: 'carry the plan out' },
    ...scopeOptions,
  ],
  examples: [
    { line: 'kb rollback --to v12', says: 'what would change' },
    { line: 'kb rollback --to 4f2c1e9 --only konto/sso --apply', says: 'one article, now' },
  ],
  jsonKeys: planKeys,
  finishesOnInterrupt: true,
  async run(invocation) {
    const { values } = invocation;
    const to = values.text('to');
    if (to === null) {
      throw new KbError('usage', 'kb rollback needs --to and a commit.', {
        hint: 'git log -- content lists them.',
      });
    }
    const wishes = { to, ...scopeOf(values) };
    return values.flag('apply') ? applied(invocation, wishes) : planned(invocation, wishes);
  },
};

type Wishes = { to: string } & ReturnType<typeof scopeOf>;

async function planned({ context, terminal, flags }: Invocation, wishes: Wishes): Promise<Answer> {
  const [{ rollbackPlan }, text, markdown, github] = await Promise.all([
    import('../../commands/rollback.ts'),
    import('../../report/plan-text.ts'),
    import('../../report/plan-markdown.ts'),
    import('../../report/plan-github.ts'),
  ]);
  const { plan, texts } = await rollbackPlan(context, wishes);
  context.warn(
    `Nothing was written: kb rollback --to ${shellWord(wishes.to)} --apply carries this out.`,
  );
  const view = {
    ...{ all: terminal.verbose, flags: flags.place, contentFlags: flags.content },
    savedTo: null,
  };
  return {
    exitCode: exitCodeOfPlan(plan),
    json: plan,
    text: (style) => text.planText(plan, texts, { style, ...view }),
    markdown: () => markdown.planMarkdown(plan, texts),
    github: () => github.planGithub(plan),
  };
}

async function applied({ context, terminal, flags }: Invocation, wishes: Wishes): Promise<Answer> {
  const [{ rollbackNow }, text, markdown, github] = await Promise.all([
    import('../../commands/rollback.ts'),
    import('../../report/publish-text.ts'),
    import('../../report/plan-markdown.ts'),
    import('../../report/plan-github.ts'),
  ]);
  const { result, plan } = await rollbackNow(context, wishes, terminal.progress);
  context.warn(
    `The files are as they were: revert them to ${wishes.to} too, or the next publish goes forward again.`,
  );
  const { name } = plan.workspace;
  const view = {
    ...{ all: terminal.verbose, flags: flags.place, contentFlags: flags.content },
    savedTo: null,
  };
  return {
    exitCode: exitCodeOfPublish(result),
    json: { ...plan, ...result },
    text: (style) => text.publishText(result, name, { style, ...view }),
    markdown: () => markdown.publishMarkdown(result, name, plan.today),
    github: () => github.publishGithub(result),
  };
}
