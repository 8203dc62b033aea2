import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { exitCodes, KbError } from '../../model/kb-error.ts';
import { confirmAvailability } from '../confirm-availability.ts';
import type { CommandDeclaration } from '../declaration.ts';
import { asking } from '../groups.ts';

export const audit: CommandDeclaration = {
  name: 'audit',
  summary: 'list every source the AI can read, with its approval or the violation',
  group: asking,
  arguments: [],
  options: [
    { flags: '--fix', summary: 'take the violations from the AI, and write an undo file' },
    { flags: '--out <file>', summary: 'save it as .csv, or as .html: a page to print and sign' },
  ],
  examples: [
    { line: 'kb audit', says: 'exits 1 when the AI reads something that is not approved' },
    { line: 'kb audit --out audit.html', says: 'for the privacy officer' },
    { line: 'kb audit --fix', says: 'only what is approved remains' },
  ],
  jsonKeys: ['sources', 'attest', 'summary', 'changes', 'undo'],
  async run({ values, context, terminal }) {
    const file = values.text('out');
    if (file !== null && !/\.(?:csv|html)$/.test(file)) {
      throw new KbError('usage', `--out needs a file that ends in .csv or .html, found "${file}".`);
    }
    const [{ auditCommand }, report] = await Promise.all([
      import('../../commands/audit.ts'),
      import('../../report/audit.ts'),
    ]);
    const asked = confirmAvailability(terminal, (count) => `Take these ${count} from the AI?`);
    const { workspace, ...result } = await auditCommand(context, {
      fix: values.flag('fix'),
      confirm: asked.confirm,
    });
    if (asked.isDeclined()) {
      return { exitCode: exitCodes.refused, json: null, text: () => 'Nothing was written.' };
    }
    if (file !== null) {
      const about = { workspace, today: context.today };
      const text = file.endsWith('.csv')
        ? report.auditCsv(result)
        : report.auditPage(result, about);
      await writeFile(resolve(context.cwd, file), text);
      context.warn(`Saved to ${file}.`);
    }
    const fixed = new Set(
      result.changes
        .filter(({ error }) => error === null)
        .map(({ intercomId, locale }) => `${intercomId} ${locale}`),
    );
    const isOpen = result.sources.some(
      (source) => source.isViolation && !fixed.has(`${source.intercomId} ${source.locale}`),
    );
    return {
      exitCode: isOpen ? exitCodes.findings : exitCodes.done,
      json: result,
      text: (style) => report.auditText(result, terminal.verbose, style),
      markdown: () => report.auditMarkdown(result),
    };
  },
};
