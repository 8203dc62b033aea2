import { beforeAll, describe, expect, it } from 'vitest';
import {
  configText,
  type Ran,
  recognisableToken,
  runKb,
  servedSandbox,
  temporaryFolders,
  writeKnowledgeBase,
} from '../cli-bad-input/kb-process.ts';

const newFolder = temporaryFolders();
const newSandbox = servedSandbox();

/** What steers a terminal or a workflow runner when it is printed as it stands. */
const hostile = {
  'a window title': '\u001b]0;pwned\u0007',
  'a cleared screen': '\u001b[2J\u001b[H',
  'hidden text': '\u001b[8mhidden\u001b[0m',
  'a C1 sequence': '\u009b31mred',
  'a device string': '\u001bP1;2|pwned\u001b\\',
  'a link': '\u001b]8;;https://evil.example\u001b\\here\u001b]8;;\u001b\\',
  'an overwritten line': 'bad\rgood',
  backspaces: 'bad\b\b\bgood',
  'a turned direction': 'safe\u202egnp.exe',
  'an isolated direction': 'safe\u2066gnp\u2069',
  'a command': '::add-mask::pwned',
  'a command on a line of its own': 'x\n::add-mask::pwned\n',
  'a command after a return': 'x\r::add-mask::pwned',
  'a command after a no-break space': '\u00a0::add-mask::pwned',
  'a command after a line separator': 'x\u2028::add-mask::pwned',
  'an escaped command': 'x%0A::add-mask::pwned',
  'an annotation in an annotation': 'x,title=pwned::error file=a::pwned',
  'a command of the old form': '##[add-mask]pwned',
  'the end of a group': '::endgroup::',
  'a stop token': '::stop-commands::pwned',
} as const;

function hostileFiles(): Record<string, string> {
  const files: Record<string, string> = {
    'content/kb.yaml': configText(),
  };
  for (const [index, payload] of Object.values(hostile).entries()) {
    const title = JSON.stringify(`${payload} Nummer ${index}`);
    // The second begins with the payload itself: nothing of ours stands before it in its line.
    files[`content/konto/fall${index}.de.md`] =
      `---\nid: fall${index}\ntitle: ${title}\ndescription: ${title}\ntags: [${JSON.stringify(`t${payload}`)}]\n` +
      `questions: [${JSON.stringify(`${payload} Wie geht Nummer ${index}?`)}]\n---\n\n${payload}\n\nText von Nummer ${index}.\n`;
    files[`content/f${index}/_collection.yaml`] =
      `id: f${index}\nde: { title: ${title}, description: ${title} }\n`;
    // Messages quote what they found.
    files[`content/konto/falsch${index}.de.md`] =
      `---\nid: falsch${index}\ntitle: ok\n${JSON.stringify(`k${payload}`)}: 1\nvisibility: ${JSON.stringify(payload)}\n---\n\n[x](${JSON.stringify(
        payload,
      )
        .slice(1, -1)
        .replace(/[\s()]/g, '')}.md)\n`;
  }
  return files;
}

const formats = ['text', 'markdown', 'github', 'json'] as const;
const commands: readonly string[] = [
  'check',
  'plan',
  'plan --verbose',
  'review --status',
  'translated --status',
  'ask Nummer',
  'eval',
  'doctor',
  'publish',
  'publish --verbose',
  'drift',
  'adopt',
  'plan --only fall0',
];

const onlyText: readonly string[] = [
  'plan --verbose',
  'publish --verbose',
  'translated --status',
  'eval',
  'doctor',
];
const inAllForms: readonly string[] = ['check', 'plan', 'publish', 'ask Nummer'];

/** All that a runner or a terminal gets to see, with the command that printed it. */
const printed: { line: string; format: (typeof formats)[number]; ran: Ran }[] = [];
const painted: Ran[] = [];

beforeAll(async () => {
  const folder = await writeKnowledgeBase(await newFolder(), hostileFiles());
  const env = { KB_ENDPOINT: await newSandbox(), GITHUB_ACTIONS: 'true' };
  for (const line of commands) {
    for (const format of inAllForms.includes(line)
      ? formats
      : onlyText.includes(line)
        ? (['text'] as const)
        : (['text', 'github'] as const)) {
      const ran = await runKb([...line.split(' '), '--format', format], { cwd: folder, env });
      expect(ran.code, `kb ${line}: ${ran.stderr}`).not.toBe(70);
      printed.push({ line, format, ran });
    }
  }
  const asked: string[] = Object.values(hostile).filter((word) => !word.includes('\n'));
  for (const word of asked.slice(0, 4)) {
    const ran = await runKb(['plan', '--only', word], { cwd: folder, env });
    printed.push({ line: 'plan --only <payload>', format: 'text', ran });
  }
  for (const line of ['check', 'plan', 'review --status', 'ask Nummer']) {
    painted.push(await runKb(line.split(' '), { cwd: folder, env: { ...env, FORCE_COLOR: '1' } }));
  }
}, 120_000);

describe('hostile texts on a terminal', () => {
  it('are shown, so that this looks at something', () => {
    for (const line of ['check', 'plan', 'ask Nummer']) {
      const text = printed.find((it) => it.line === line && it.format === 'text');
      expect(text?.ran.stdout, line).toMatch(/Nummer|fall\d/);
    }
  });

  it('no control character gets out but tab and newline', () => {
    for (const { line, format, ran } of printed) {
      const found = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.exec(ran.stdout + ran.stderr);
      expect(found?.[0], `kb ${line} --format ${format}`).toBeUndefined();
    }
  });

  it('no mark that turns the direction of writing gets out', () => {
    for (const { line, format, ran } of printed) {
      const found = /[\u202a-\u202e\u2066-\u2069]/.exec(
        format === 'json' ? ran.stderr : ran.stdout + ran.stderr,
      );
      expect(found?.[0], `kb ${line} --format ${format}`).toBeUndefined();
    }
  });

  it('with colours nothing but colours gets out', () => {
    for (const { stdout, stderr } of painted) {
      expect(stdout + stderr).not.toMatch(/\u001b(?!\[[0-9;]*m)/);
    }
  });
});

describe('hostile texts in a workflow', () => {
  /** As the runner reads: it trims all white space before it looks for a command. */
  function commandsIn(text: string): string[] {
    return text
      .split(/\r\n|\r|\n/)
      .map((line) => line.trim())
      .filter((line) => line.startsWith('::'));
  }

  it.each(formats)('%s: no line is a command but our annotations', (format) => {
    for (const it of printed.filter((entry) => entry.format === format)) {
      const found = commandsIn(it.ran.stdout).concat(commandsIn(it.ran.stderr));
      const ours = /^::(?:error|warning|notice)(?: (?:file|line|col|title)=[^\n:]*)?::/;
      const foreign = found.filter((line) => format !== 'github' || !ours.test(line));
      expect(foreign, `kb ${it.line}`).toEqual([]);
    }
  });

  it('no line holds a command of the old form', () => {
    for (const { line, format, ran } of printed.filter((it) => it.format !== 'json')) {
      const lines = (ran.stdout + ran.stderr).split('\n');
      // A line that is a command of the new form is not searched for one of the old form.
      const read = lines.filter((it) => !it.startsWith('::') && it.includes('##['));
      expect(read, `kb ${line} --format ${format}`).toEqual([]);
    }
  });

  it('annotations name only properties of ours', () => {
    const annotations = printed
      .filter(({ format }) => format === 'github')
      .flatMap(({ ran }) => commandsIn(ran.stdout));
    expect(annotations.length).toBeGreaterThan(0);
    for (const line of annotations) {
      const [, properties = ''] = /^::\w+ ?([^:]*)::/.exec(line) ?? [];
      const names = properties === '' ? [] : properties.split(',').map((it) => it.split('=')[0]);
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(['file', 'line', 'col', 'title']).toContain(name);
    }
  });

  it('no run prints the token', () => {
    for (const { ran } of printed) {
      expect(ran.stdout + ran.stderr).not.toContain(recognisableToken);
    }
  });
});
