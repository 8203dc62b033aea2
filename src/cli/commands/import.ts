import { join, relative, resolve } from 'node:path';
import { exitCodes, KbError } from '../../model/kb-error.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Progress } from '../../publish/outcome.ts';
import type { Step } from '../../report/next-steps.ts';
import type { CommandDeclaration } from '../declaration.ts';
import { starting } from '../groups.ts';

const systems = ['zendesk'] as const;

/** How far an import is, as the terminal shows it. */
export function articleProgress(done: number, total: number): Progress {
  return {
    ...{ phase: 'articles', done, total, secondsLeft: null },
    ...{ callsPerWindow: 0, limitPerWindow: null },
  };
}

// import is no identifier that may be bound, so this one is named for what it does.
export const importing: CommandDeclaration = {
  name: 'import',
  summary: 'bring a help center from elsewhere, and say what was lost',
  group: starting,
  arguments: [{ name: 'system', summary: 'where it comes from', required: true, choices: systems }],
  options: [
    { flags: '--from <source>', summary: 'folder or file of an export, or https://…' },
    { flags: '--dry-run', summary: 'convert everything, write nothing' },
    { flags: '--fail-on-loss', summary: 'exit 1 where content was lost' },
    { flags: '--report <dir>', summary: 'write a report to read, with the sources beside' },
  ],
  examples: [
    { line: 'kb import zendesk --from export', says: 'an export, whatever its shape' },
    { line: 'kb import zendesk --from export --dry-run --report out', says: 'look first' },
    { line: 'kb import zendesk --from https://help.example.com', says: 'a live help center' },
  ],
  jsonKeys: [
    ...['articles', 'collections', 'assets', 'redirects', 'losses', 'skipped', 'failures'],
  ],
  async run({ values, context, terminal, flags }) {
    const from = values.text('from');
    if (from === null)
      throw new KbError('usage', 'kb import zendesk needs --from.', {
        hint: 'kb import zendesk --from <folder, file or https://…>',
      });
    const [{ importZendeskCommand }, { contentKinds, losesContent }, text, pages] =
      await Promise.all([
        import('../../commands/import-zendesk.ts'),
        import('../../commands/import-result.ts'),
        import('../../report/import-text.ts'),
        import('../../commands/import-report.ts'),
      ]);
    const folder = values.text('report');
    const pageReport =
      folder === null ? null : new pages.ImportReport(resolve(context.cwd, folder));
    await pageReport?.begin();
    const result = await importZendeskCommand(context, {
      from,
      dryRun: values.flag('dryRun'),
      ...(pageReport === null ? {} : { page: (page) => pageReport.page(page) }),
      progress: (done, total) => terminal.progress(articleProgress(done, total)),
    });
    await pageReport?.end(result);
    const { dryRun, repeated, ...json } = result;
    const report = { ...result, contentKinds };
    const isLossy = values.flag('failOnLoss') && losesContent(result);
    const steps: Step[] = [
      ...(dryRun
        ? [
            {
              command: `kb import zendesk --from ${shellWord(from)}${flags.content}`,
              says: 'writes it',
            },
          ]
        : []),
      ...(folder === null
        ? []
        : [
            {
              command: `open ${shellWord(join(relative(context.cwd, resolve(context.cwd, folder)), 'index.html'))}`,
              says: 'the report',
            },
          ]),
      { command: `kb check${flags.content}`, says: 'lists what is to be mended' },
      { command: `kb review --status${flags.content}`, says: 'imported is not reviewed' },
    ];
    return {
      exitCode: isLossy ? exitCodes.findings : exitCodes.done,
      json,
      text: (style) => text.importText(report, steps, style),
    };
  },
};
