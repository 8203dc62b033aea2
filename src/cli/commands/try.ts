import { join } from 'node:path';
import { exitCodes } from '../../model/kb-error.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Step } from '../../report/next-steps.ts';
import type { CommandDeclaration, Invocation } from '../declaration.ts';
import { starting } from '../groups.ts';
import { articleProgress } from './import.ts';
import { serve } from './preview.ts';

// try is no identifier that may be bound, so this one is named for what it does.
export const trying: CommandDeclaration = {
  name: 'try',
  summary: 'see a public Zendesk help center as a knowledge base, without an account',
  group: starting,
  arguments: [{ name: 'address', summary: 'https://… of the help center', required: true }],
  options: [
    { flags: '--into <dir>', summary: 'keep it in a new folder (default: a temporary one)' },
    { flags: '--port <number>', summary: 'of the preview; 0 picks a free one (default: 0)' },
    { flags: '--report-only', summary: 'end after the report, without the preview' },
  ],
  examples: [
    { line: 'kb try https://help.example.com', says: 'report, findings, preview' },
    { line: 'kb try https://help.example.com --into help', says: 'and keep what came of it' },
  ],
  jsonKeys: [
    ...['articles', 'collections', 'assets', 'redirects', 'losses', 'skipped', 'failures'],
  ],
  finishesOnInterrupt: true,
  async run(invocation) {
    const { values, context, terminal } = invocation;
    const [{ tryCommand }, { contentKinds }, { tryText }] = await Promise.all([
      import('../../commands/try.ts'),
      import('../../commands/import-result.ts'),
      import('../../report/try-text.ts'),
    ]);
    const port = values.wholeNumber('port', { min: 0, max: 65535 }) ?? 0;
    const tried = await tryCommand(context, {
      address: values.text('address') ?? '',
      into: values.text('into'),
      progress: (done, total) => terminal.progress(articleProgress(done, total)),
    });
    const { result, folder, report, findings, questions } = tried;
    const { dryRun, repeated, ...json } = result;
    const place = `--content ${shellWord(join(folder, 'content'))}`;
    const ends = terminal.format !== 'text' || values.flag('reportOnly');
    const steps: Step[] = [
      {
        command: `open ${shellWord(report)}`,
        says: 'the report: every loss, source beside result',
      },
      ...(ends ? [{ command: `kb preview ${place}`, says: 'as customers would see it' }] : []),
      { command: `kb check ${place}`, says: 'lists what is to be mended' },
    ];
    const whole = { ...result, contentKinds, findings, questions };
    if (ends) {
      if (terminal.format === 'json') context.warn(`knowledge base and report: ${folder}`);
      return { exitCode: exitCodes.done, json, text: (style) => tryText(whole, steps, style) };
    }
    await terminal.tell(tryText(whole, steps, await terminal.style()));
    return preview({ ...invocation, context: tried.context }, port);
  },
};

async function preview(invocation: Invocation, port: number): Promise<null> {
  const [{ previewFacts }] = await Promise.all([import('../../commands/preview.ts')]);
  const { context } = invocation;
  const { contentDir: root, today } = context;
  const settings = { root, today, ports: previewFacts(context), hosted: async () => null };
  const isWatched = process.stdout.isTTY === true && (process.env.CI ?? '') === '';
  await serve(invocation, settings, { port, editor: 'none', opens: isWatched });
  return null;
}
