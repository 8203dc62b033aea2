/**
 * Characters that would let a text speak to the terminal, the reader's eye or the workflow runner
 * instead of being read: control characters but tab and newline, and marks that turn the direction of
 * writing around (a title could otherwise show something else than it says).
 */
const unspoken =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gu;

/** The text without characters that steer instead of being read. Painted text must not come here. */
export function withoutControls(text: string): string {
  return text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(unspoken, '');
}

/**
 * Text for a Markdown table cell or line of a pull request comment: nothing in it formats, links,
 * mentions somebody, refers to an issue, or becomes HTML (facts: GitHub, "Actions").
 */
export function markdownText(text: string): string {
  return withoutControls(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_[\]{}|~!$]/g, (sign) => `\\${sign}`)
    .replace(/@(?=[\w-])/g, '@\u200b')
    .replace(/#(?=\d)/g, '#\u200b')
    .replace(/\bGH-(?=\d)/gi, (letters) => `${letters}\u200b`)
    .replace(/\b([a-z][a-z0-9+.]*):\/\//gi, '$1:\u200b//')
    .replace(/\b(mailto|xmpp):(?=\S)/gi, '$1:\u200b')
    .replace(/\bwww\./gi, 'www\u200b.')
    .replace(/^([-+]|\d+[.)])(?=\s)/, '\\$1');
}

/** A code span that holds any text: its fence is longer than every run of backticks inside. */
export function markdownCode(text: string): string {
  const inner = withoutControls(text).replace(/\s+/g, ' ').trim().replace(/\|/g, '\\|');
  const longest = Math.max(0, ...[...inner.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 ? ' ' : '';
  return inner === '' ? '' : `${fence}${pad}${inner}${pad}${fence}`;
}

/** A fenced block that holds any text. */
export function markdownFence(text: string, info = ''): string {
  const inner = withoutControls(text);
  const longest = Math.max(2, ...[...inner.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${info}\n${inner}\n${fence}`;
}

/** A table; cells are Markdown already. */
export function markdownTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Data of a workflow command, escaped as the runner reads it. */
export function commandData(text: string): string {
  return withoutControls(text).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

/** A property of a workflow command. */
export function commandProperty(text: string): string {
  return commandData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}

/** Lines that a workflow runner would take for commands, made readable text. */
export function withoutCommands(text: string): string {
  // The runner trims a line, whatever white space it starts with, before it looks for a command.
  return text.replace(/^(\s*)::/gm, '$1: :').replace(/##\[/g, '## [');
}

/** JSON with the same value in which a runner finds no command of the old form. */
export function jsonWithoutCommands(json: string): string {
  return json.replace(/##\[/g, '#\\u0023[');
}

/** One annotation. The runner shows ten errors and ten warnings of a step and drops the rest. */
export function annotation(note: {
  level: 'error' | 'warning' | 'notice';
  message: string;
  title?: string;
  file?: string;
  line?: number;
  column?: number;
}): string {
  const properties = [
    ['file', note.file],
    ['line', note.line],
    ['col', note.column],
    ['title', note.title],
  ]
    .filter((entry) => entry[1] !== undefined)
    .map(([name, value]) => `${name}=${commandProperty(String(value))}`)
    .join(',');
  const lead = properties === '' ? note.level : `${note.level} ${properties}`;
  return `::${lead}::${commandData(note.message)}`;
}
