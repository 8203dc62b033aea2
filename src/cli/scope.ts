import type { OptionDeclaration } from './declaration.ts';
import type { Values } from './values.ts';

/** What plan and publish can be narrowed and allowed to; both take the same. */
export const scopeOptions: readonly OptionDeclaration[] = [
  { flags: '--only <items>', summary: 'these items only; lists by comma', list: true },
  { flags: '--allow <guard>', summary: 'let a guard pass that was tripped', list: true },
  { flags: '--recreate <items>', summary: 'create these again though they are gone', list: true },
];

/** The scope as the use cases take it. */
export function scopeOf(values: Values): { only: string[]; allow: string[]; recreate: string[] } {
  return {
    only: values.list('only'),
    allow: values.list('allow'),
    recreate: values.list('recreate'),
  };
}

/** Top-level JSON keys of a plan, whichever command shows one. */
export const planKeys: readonly string[] = [
  'version',
  'workspace',
  'today',
  'changes',
  'withheld',
  'held',
  'guards',
  'summary',
  'calls',
  'seconds',
  'fingerprint',
];
