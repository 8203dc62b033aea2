import { isRecord } from '../schema/validate.ts';

/** Text that YAML reads back as the same text without quotes, in flow and in block, in 1.1 and 1.2. */
const plainText =
  /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} _.@/+()'%!?;…–-]*[\p{L}\p{M}\p{N}_.@/+()'%!?;…–-])?$/u;
const readAsSomethingElse =
  /^(?:null|true|false|yes|no|on|off|y|n|[\d_.+-]+(?:e[+-]?\d+)?|0x[\da-f]+|0o[0-7]+)$/i;
const date = /^\d{4}-\d{2}-\d{2}$/;

/** A value on one line: `text`, `"te: xt"`, `[a, b]`, `{ by: anna@example.com, on: 2026-11-20 }`. */
export function yamlValue(value: unknown): string {
  if (typeof value === 'string') return yamlText(value);
  if (Array.isArray(value)) return `[${value.map(yamlValue).join(', ')}]`;
  if (isRecord(value)) {
    const pairs = Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => `${yamlKey(key)}: ${yamlValue(inner)}`);
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  }
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'boolean') return String(value);
  if (value === null) return 'null';
  throw new TypeError(`${typeof value} has no form in YAML`);
}

/** A key; `on` is written as the format has it, whatever YAML 1.1 makes of it. */
export function yamlKey(key: string): string {
  return key === 'on' ? key : yamlText(key);
}

/** Text as a scalar: without quotes where that is safe. */
export function yamlText(text: string): string {
  const isPlain = plainText.test(text) && (date.test(text) || !readAsSomethingElse.test(text));
  return isPlain ? text : doubleQuoted(text);
}

/** In double quotes; what JSON escapes, YAML reads, and what YAML calls unprintable is escaped, too. */
export function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** In single quotes, or null where the text does not fit on a line of them. */
export function singleQuoted(text: string): string | null {
  return /^[\u0020-\u007e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/.test(text)
    ? `'${text.replaceAll("'", "''")}'`
    : null;
}
