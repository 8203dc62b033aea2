import { exitCodes, KbError } from '../../model/kb-error.ts';
import type { CommandDeclaration } from '../declaration.ts';
import { publishing } from '../groups.ts';

const forms = ['csv', 'nginx', 'apache', 'zendesk'] as const;

export const redirects: CommandDeclaration = {
  name: 'redirects',
  summary: 'old addresses and the new ones, for servers and lists',
  group: publishing,
  arguments: [],
  options: [
    { flags: '--to <url>', summary: 'address of the new help center' },
    { flags: '--as <form>', summary: 'for a server or a list', choices: forms },
    { flags: '--ids', summary: 'old id and new id instead' },
  ],
  examples: [
    { line: 'kb redirects', says: 'what leads where' },
    { line: 'kb redirects --to https://help.example.com/eu --as nginx', says: 'rules for nginx' },
    { line: 'kb redirects --ids --format json', says: 'Zendesk ids and Intercom ids' },
  ],
  jsonKeys: ['redirects'],
  async run({ values, context }) {
    const to = values.text('to');
    if (to !== null && !/^https?:\/\/[^\s/]+/i.test(to))
      throw new KbError('usage', `--to needs an address, found "${to}".`, {
        hint: 'kb redirects --to https://help.example.com',
      });
    const [{ redirectsCommand }, report] = await Promise.all([
      import('../../commands/redirects.ts'),
      import('../../report/import-redirects.ts'),
    ]);
    const { redirects: rows } = await redirectsCommand(context, { helpCenterUrl: to });
    const form = forms.find((known) => known === values.text('as')) ?? null;
    if (values.flag('ids')) {
      const ids = report.redirectIds(rows);
      return {
        exitCode: exitCodes.done,
        json: { redirects: ids },
        text: () =>
          ids
            .map(({ sourceId, id, intercomId }) => `${sourceId}\t${id}\t${intercomId ?? ''}`)
            .join('\n'),
      };
    }
    return {
      exitCode: exitCodes.done,
      json: { redirects: rows },
      text: (style) =>
        form === null ? report.redirectsText(rows, style) : report.redirectsAs(rows, form),
    };
  },
};
