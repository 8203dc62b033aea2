import { exitCodes, KbError } from '../../model/kb-error.ts';
import { confirmAvailability } from '../confirm-availability.ts';
import type { CommandDeclaration } from '../declaration.ts';
import { asking } from '../groups.ts';

export const quarantine: CommandDeclaration = {
  name: 'quarantine',
  summary: 'take items from the AI now, or give them back',
  group: asking,
  arguments: [
    {
      name: 'items',
      summary: 'ids, paths, files or Intercom ids; with :locale for one text',
      required: false,
      variadic: true,
    },
  ],
  options: [{ flags: '--undo <file>', summary: 'take back what an undo file holds' }],
  examples: [
    { line: 'kb quarantine konto/sso', says: 'all locales, all agents' },
    { line: 'kb quarantine --undo .kb/undo/eu-2026-11-22-1.json', says: 'exactly as it was' },
  ],
  jsonKeys: ['changes', 'undo'],
  async run({ values, context, terminal }) {
    const items = values.list('items');
    const undo = values.text('undo');
    if ((items.length === 0) === (undo === null)) {
      throw new KbError('usage', 'kb quarantine needs items, or --undo and a file.', {
        hint: 'kb audit lists what the AI reads.',
      });
    }
    const [{ quarantineCommand }, report] = await Promise.all([
      import('../../commands/quarantine.ts'),
      import('../../report/audit.ts'),
    ]);
    const asked = confirmAvailability(terminal, (count) =>
      undo === null ? `Take these ${count} from the AI?` : `Give these ${count} back as they were?`,
    );
    const result = await quarantineCommand(context, { items, undo, confirm: asked.confirm });
    if (asked.isDeclined()) {
      return { exitCode: exitCodes.refused, json: null, text: () => 'Nothing was written.' };
    }
    const isWhole = result.changes.every(({ error }) => error === null);
    return {
      exitCode: isWhole ? exitCodes.done : exitCodes.failed,
      json: result,
      text: (style) => report.quarantineText(result, style),
    };
  },
};
