import { relative } from 'node:path';
import type { Context } from '../../commands/context.ts';
import { exitCodes } from '../../model/kb-error.ts';
import type { CommandDeclaration } from '../declaration.ts';
import { writing } from '../groups.ts';

export const check: CommandDeclaration = {
  name: 'check',
  summary: 'list every problem of the content at once',
  group: writing,
  arguments: [
    {
      name: 'paths',
      summary: 'files or folders (default: everything)',
      required: false,
      variadic: true,
    },
  ],
  options: [{ flags: '--fix', summary: 'mend what can be mended safely' }],
  examples: [
    { line: 'kb check', says: 'all findings' },
    { line: 'kb check content/konto --fix', says: 'mend one folder' },
    { line: 'kb check --format github', says: 'annotations in a workflow' },
  ],
  jsonKeys: ['findings', 'fixed', 'summary'],
  async run({ values, context }) {
    const [{ checkCommand }, report] = await Promise.all([
      import('../../commands/check.ts'),
      import('../../report/findings.ts'),
    ]);
    const result = await checkCommand(context, {
      paths: values.texts('paths'),
      fix: values.flag('fix'),
    });
    const shown = { ...result, folder: folderFrom(context.cwd, context) };
    const annotated = {
      ...result,
      folder: folderFrom(context.env.GITHUB_WORKSPACE ?? context.cwd, context),
    };
    return {
      exitCode: result.summary.errors > 0 ? exitCodes.findings : exitCodes.done,
      json: {
        findings: result.findings.map(
          ({ rule, severity, file, line, column, message, hint, fixable }) => ({
            rule,
            severity,
            file,
            line,
            column,
            message,
            hint,
            fixable,
          }),
        ),
        fixed: result.fixed,
        summary: result.summary,
      },
      text: (style) => report.checkText(shown, style),
      markdown: () => report.checkMarkdown(shown),
      github: () => report.checkGithub(annotated),
    };
  },
};

/** The content folder as seen from a folder, with slashes. */
function folderFrom(start: string, { contentDir }: Context): string {
  return relative(start, contentDir).replaceAll('\\', '/');
}
