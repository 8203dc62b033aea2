import { allBlocks, innerInlines } from '../../model/tree-text.ts';
import type { Facts, Text } from '../facts.ts';
import type { Place } from '../place.ts';
import type { Found, Rule } from '../rule.ts';
import { positionAt } from '../sources.ts';

export const placeholder: Rule = {
  name: 'placeholder',
  severity: 'either',
  holds: 'text',
  fixable: false,
  looksAt: 'item',
  what: 'text that only keeps a place: Lorem ipsum (an error once published), TODO, TBD, “hier Text einfügen”',
  why: 'Readers and the AI would take it for an answer.',
  mend: 'Write what belongs there. Code is not looked at.',
  find(facts) {
    return facts.texts.flatMap((text) => [...inTitle(text, facts), ...inBody(text, facts)]);
  },
};

const fillers = /lorem\s+ipsum/i;
/** In capitals only: "todo" is a Spanish word. */
const reminders = /(?<![\p{L}\p{N}_])(?:TODO|TBD|FIXME|XXX+)(?![\p{L}\p{N}_])/u;
/** As a whole line or in brackets only: "Hier Text einfügen" may be part of an instruction. */
const phrase =
  '(?:hier (?:kommt |steht |folgt )?(?:der |den |noch )?text(?: einfügen| ergänzen| hin)?|text folgt(?: noch)?|(?:insert|add|your) text here)';
const asked = new RegExp(`\\[${phrase}[ .…]*\\]|^[ <(]*${phrase}[ .…!>)]*$`, 'imu');

function placeholderIn(text: string): { found: string; severity: 'error' | 'warn' } | null {
  const filler = fillers.exec(text);
  if (filler !== null) return { found: filler[0], severity: 'error' };
  const found = (reminders.exec(text) ?? asked.exec(text))?.[0].trim();
  return found === undefined ? null : { found, severity: 'warn' };
}

function inTitle({ translation }: Text, facts: Facts): Found[] {
  return (['title', 'description'] as const).flatMap((key) => {
    const hit = placeholderIn(translation[key]);
    if (hit === null) return [];
    return [
      {
        ...facts.place(translation.file, [key]),
        message: `the ${key} holds a placeholder: "${hit.found}"`,
        severity: severityOf(hit, translation.publication),
      },
    ];
  });
}

function inBody({ translation }: Text, facts: Facts): Found[] {
  const hit = placeholderIn(prose(translation.body));
  if (hit === null) return [];
  const files = [
    translation.file,
    ...translation.includes.map((name) => facts.includeFile(name, translation.locale)),
  ];
  const place = files.map((file) => placeIn(file, hit.found, facts)).find((one) => one !== null);
  return [
    {
      ...(place ?? { file: translation.file, line: 1, column: 1 }),
      message: `the text holds a placeholder: "${hit.found}"`,
      severity: severityOf(hit, translation.publication),
    },
  ];
}

function severityOf(
  hit: { severity: 'error' | 'warn' },
  publication: Text['translation']['publication'],
): 'error' | 'warn' {
  return publication === 'published' ? hit.severity : 'warn';
}

/** Text that is no code, a line for each block. */
function prose(body: Text['translation']['body']): string {
  return allBlocks(body)
    .map((block) =>
      innerInlines(block)
        .map((inline) => (inline.type === 'text' && inline.code !== true ? inline.text : ' '))
        .join(''),
    )
    .join('\n');
}

function placeIn(file: string, found: string, facts: Facts): Place | null {
  const source = facts.sources.get(file);
  if (source === undefined) return null;
  const body = /^\uFEFF?---[ \t]*$.*?^---[ \t]*$/ms.exec(source)?.[0].length ?? 0;
  const offset = source.indexOf(found, body);
  return offset === -1 ? null : { file, ...positionAt(source, offset) };
}
