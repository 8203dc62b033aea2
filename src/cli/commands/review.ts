import { exitCodes, KbError } from '../../model/kb-error.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Answer, CommandDeclaration, Invocation } from '../declaration.ts';
import { writing } from '../groups.ts';

export const review: CommandDeclaration = {
  name: 'review',
  summary: 'stamp texts as reviewed in exactly this version, or list what is to be reviewed',
  group: writing,
  arguments: [
    {
      name: 'items',
      summary: 'ids, paths without locale, or files; one locale as item:de; lists by comma',
      required: false,
      variadic: true,
    },
  ],
  options: [
    { flags: '--by <email>', summary: 'the person who has read it' },
    { flags: '--baseline', summary: 'accept as migrated, without having read it' },
    { flags: '--until <date>', summary: 'the last day a baseline counts' },
    { flags: '--spread <days>', summary: 'end baselines over these last days, worst losses first' },
    { flags: '--imported', summary: 'all that an import brought and nobody has reviewed' },
    { flags: '--status', summary: 'list the work instead' },
  ],
  examples: [
    { line: 'kb review --status', says: 'what is to be reviewed' },
    { line: 'kb review konto/sso --by anna@example.com', says: 'an article' },
    {
      line: 'kb review konto/sso:en,konto/ --by anna@example.com',
      says: 'one locale; a collection',
    },
    {
      line: 'kb review konto/sso --by anna@example.com --baseline --until 2027-05-31',
      says: 'migrated text, for a time',
    },
    {
      line: 'kb review --imported --by anna@example.com --baseline --until 2027-05-31 --spread 90',
      says: 'a whole import',
    },
  ],
  jsonKeys: ['translations'],
  async run(invocation) {
    return invocation.values.flag('status') ? status(invocation) : stamp(invocation);
  },
};

async function status({ values, context }: Invocation): Promise<Answer> {
  const [{ reviewStatusCommand }, report] = await Promise.all([
    import('../../commands/review.ts'),
    import('../../report/review.ts'),
  ]);
  const { translations } = await reviewStatusCommand(context, { items: values.list('items') });
  return {
    exitCode: exitCodes.done,
    json: { translations },
    text: (style) => report.reviewStatusText(translations, style),
    markdown: () => report.reviewMarkdown(translations),
  };
}

async function stamp({ values, context }: Invocation): Promise<Answer> {
  const items = values.list('items');
  const by = values.text('by');
  const imported = values.flag('imported');
  if (items.length > 0 && imported) {
    throw new KbError('usage', '--imported takes no items: it means all that was imported.');
  }
  if (items.length === 0 && !imported) {
    throw new KbError('usage', 'kb review needs the items that were reviewed.', {
      hint: 'kb review --status lists what is to be reviewed.',
    });
  }
  if (by === null) {
    throw new KbError('usage', 'kb review needs --by <email>: the person who has read it.', {
      hint: `kb review ${imported ? '--imported' : shellWord(items.join(','))} --by anna@example.com`,
    });
  }
  const [{ reviewCommand }, report] = await Promise.all([
    import('../../commands/review.ts'),
    import('../../report/review.ts'),
  ]);
  const { translations } = await reviewCommand(context, {
    items,
    by,
    baseline: values.flag('baseline'),
    until: values.text('until'),
    imported,
    spreadDays: values.wholeNumber('spread', { min: 1, max: 3650 }),
  });
  const refused = translations.some((text) => text.refused !== null);
  return {
    exitCode: refused ? exitCodes.findings : exitCodes.done,
    json: { translations },
    text: (style) => report.stampedText(translations, style),
    markdown: () => report.reviewMarkdown(translations),
  };
}
