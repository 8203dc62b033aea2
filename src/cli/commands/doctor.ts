import { exitCodes } from '../../model/kb-error.ts';
import type { CommandDeclaration } from '../declaration.ts';
import { workshop } from '../groups.ts';

export const doctor: CommandDeclaration = {
  name: 'doctor',
  summary: 'look at all that publishing needs, and say what is wrong',
  group: workshop,
  arguments: [],
  options: [],
  examples: [
    { line: 'kb doctor', says: 'the only workspace' },
    { line: 'kb doctor --workspace eu', says: 'a named one' },
  ],
  jsonKeys: ['checks'],
  async run({ context }) {
    const [{ doctorCommand }, report] = await Promise.all([
      import('../../commands/doctor.ts'),
      import('../../report/doctor.ts'),
    ]);
    const { checks } = await doctorCommand(context, {
      now: Date.now,
      nodeVersion: process.version,
    });
    const failed = checks.some(({ status }) => status === 'fail');
    return {
      exitCode: failed ? exitCodes.findings : exitCodes.done,
      json: { checks },
      text: (style) => report.doctorText(checks, style),
      markdown: () => report.doctorMarkdown(checks),
    };
  },
};
