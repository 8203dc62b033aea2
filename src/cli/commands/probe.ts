import { exitCodes } from '../../model/kb-error.ts';
import type { CommandDeclaration } from '../declaration.ts';
import { publishing } from '../groups.ts';

export const probe: CommandDeclaration = {
  name: 'probe',
  summary: 'learn on a draft how a workspace rewrites HTML, and write its profile',
  group: publishing,
  arguments: [],
  options: [
    {
      flags: '--image <url>',
      summary: 'an image that Intercom can fetch (default: https://example.com/kb-probe.png)',
    },
  ],
  examples: [
    { line: 'kb probe --workspace eu', says: 'sends one draft, reads it, deletes it' },
    {
      line: 'kb probe --image https://cdn.example.com/logo.png',
      says: 'settles the habits of images, too',
    },
  ],
  jsonKeys: ['profile', 'probes', 'file'],
  async run({ values, context }) {
    const [{ probeCommand }, report] = await Promise.all([
      import('../../commands/probe.ts'),
      import('../../report/probe.ts'),
    ]);
    const image = values.text('image') ?? 'https://example.com/kb-probe.png';
    const result = await probeCommand(context, { image });
    return {
      exitCode: exitCodes.done,
      json: result,
      text: (style) => report.probeText(result, style),
      markdown: () => report.probeMarkdown(result),
    };
  },
};
