import type { OptionDeclaration } from './declaration.ts';
import { formats } from './declaration.ts';

/** Options that every command takes, before or after its name. */
export const globalOptions: readonly OptionDeclaration[] = [
  { flags: '--content <dir>', summary: 'the content folder (default: content)' },
  { flags: '--ledger <file>', summary: 'the ledger; journal and lock lie beside it' },
  { flags: '--today <date>', summary: 'judge reviews as of this day (default: today in UTC)' },
  {
    flags: '--workspace <name>',
    summary: 'a workspace of kb.yaml (default: the only one)',
    list: true,
  },
  { flags: '--format <format>', summary: 'how to print the result', choices: formats },
  { flags: '--no-color', summary: 'print without colours, as NO_COLOR does' },
  { flags: '--quiet', summary: 'print the result only' },
  { flags: '--verbose', summary: 'print every row and what is going on' },
  { flags: '--yes', summary: 'answer every question with yes' },
];
