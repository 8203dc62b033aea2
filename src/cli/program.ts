import { Argument, Command, CommanderError, Option } from 'commander';
import { KbError } from '../model/kb-error.ts';
import type { CommandDeclaration, OptionDeclaration } from './declaration.ts';
import { globalOptions } from './global-options.ts';
import { workshop } from './groups.ts';
import type { Parsed } from './values.ts';

/** What a command line asks for: a text to show, or a command to run with its values. */
export type Request =
  | { kind: 'show'; text: string }
  | { kind: 'run'; declaration: CommandDeclaration; parsed: Parsed };

/**
 * Parses a command line.
 * @throws KbError `usage` with the nearest known word for what is unknown.
 */
export function parseCommandLine(
  argv: readonly string[],
  declarations: readonly CommandDeclaration[],
  version: string,
): Request {
  let shown = '';
  let request: Request | null = null;
  const program = programOf(declarations, version, (declaration, parsed) => {
    request = { kind: 'run', declaration, parsed };
  });
  const write = (text: string): void => {
    shown += text;
  };
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeOut: write, writeErr: () => undefined });
  }
  try {
    program.parse(argv.length === 0 ? ['--help'] : [...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'show', text: shown };
    if (error.code === 'commander.help') {
      throw new KbError('usage', 'No command given.', { hint: 'kb --help lists the commands.' });
    }
    throw usageError(error, argv, declarations);
  }
  return request ?? { kind: 'show', text: shown };
}

/** The whole command line as commander knows it. */
export function programOf(
  declarations: readonly CommandDeclaration[],
  version: string,
  run: (declaration: CommandDeclaration, parsed: Parsed) => void,
): Command {
  const program = new Command('kb')
    .description('Help articles as Markdown in git, reviewed, published to Intercom.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .addHelpCommand(
      new Command('help')
        .argument('[command]', 'the command')
        .description('print help for a command')
        .helpGroup(workshop),
    )
    .usage('<command> [options]')
    .configureHelp({ showGlobalOptions: true, subcommandTerm: termOf })
    .addHelpText('after', startText);
  for (const option of globalOptions) program.addOption(optionOf(option));
  for (const declaration of declarations) program.addCommand(commandOf(declaration, run));
  return program;
}

/** Every command takes options, so the list of commands does not say it. */
function termOf(command: Command): string {
  const words = command.registeredArguments.map((argument) => {
    const name = argument.name() + (argument.variadic ? '...' : '');
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  return [command.name(), ...words].join(' ');
}

const startText = `
Example:
  $ kb init my-knowledge       begin a knowledge base
  $ kb check                   list all findings
  $ kb plan                    say what publishing would change
`;

function commandOf(
  declaration: CommandDeclaration,
  run: (declaration: CommandDeclaration, parsed: Parsed) => void,
): Command {
  const command = new Command(declaration.name)
    .description(declaration.summary)
    .helpGroup(declaration.group)
    .helpOption('-h, --help', 'print help')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', examplesText(declaration));
  for (const { name, summary, required, variadic, choices } of declaration.arguments) {
    const inner = variadic ? `${name}...` : name;
    const argument = new Argument(required ? `<${inner}>` : `[${inner}]`, summary);
    command.addArgument(choices === undefined ? argument : argument.choices([...choices]));
  }
  for (const option of declaration.options) command.addOption(optionOf(option));
  return command.action((...received: unknown[]) => {
    const named = declaration.arguments.map(({ name }, index) => [name, received[index]] as const);
    run(declaration, { ...command.optsWithGlobals(), ...Object.fromEntries(named) });
  });
}

function optionOf({ flags, summary, choices, list }: OptionDeclaration): Option {
  const option = new Option(flags, summary);
  if (choices !== undefined) option.choices([...choices]);
  if (list) {
    option.argParser((value: string, before: unknown) => [
      ...(Array.isArray(before) ? before : []),
      value,
    ]);
  }
  return option;
}

function examplesText({ examples }: CommandDeclaration): string {
  const columns = Math.max(...examples.map(({ line }) => line.length));
  const lines = examples.map(({ line, says }) => `  $ ${line.padEnd(columns)}   ${says}`);
  return `\nExample:\n${lines.join('\n')}\n`;
}

/** Commander's complaint in our words: what, what was expected, the nearest known word. */
function usageError(
  error: CommanderError,
  argv: readonly string[],
  declarations: readonly CommandDeclaration[],
): KbError {
  const [complaint = '', ...more] = error.message.split('\n');
  const suggestion = /\(Did you mean (?:one of )?(.+?)\?\)/.exec(more.join(' '))?.[1];
  const sentence = complaint.replace(/^error: /, '').replace(/'/g, '"');
  const named = declarations.find(({ name }) => argv.includes(name));
  const help = named === undefined ? 'kb --help' : `kb ${named.name} --help`;
  const hint =
    suggestion === undefined ? `${help} says what is expected.` : `Did you mean ${suggestion}?`;
  return new KbError(
    'usage',
    `${sentence.charAt(0).toUpperCase()}${sentence.slice(1).replace(/\.?$/, '.')}`,
    {
      hint,
      cause: error,
    },
  );
}
