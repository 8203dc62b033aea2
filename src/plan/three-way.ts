import { canonicalJson } from '../model/canonical-json.ts';
import type { Stop } from './decision.ts';
import type { PlanInput } from './input.ts';
import type { FieldChange } from './plan.ts';

/** The decision table for one plain value. */
export function decideField<T>(
  field: { name: string; label: string; wanted: T; recorded: T; live: T },
  onDrift: PlanInput['config']['onDrift'],
): FieldChange | Stop | null {
  const { name, label, wanted, recorded, live } = field;
  if (isSame(live, wanted)) return null;
  const isChangedHere = !isSame(wanted, recorded);
  const isChangedThere = !isSame(live, recorded);
  const there = `Intercom says ${shown(live)}.`;
  if (isChangedThere && isChangedHere) {
    return {
      kind: 'conflict',
      reason: `${label} changed in Intercom, and here`,
      hint: `${there} Make both sides say the same.`,
    };
  }
  if (isChangedThere && onDrift === 'hold') {
    return {
      kind: 'drift',
      reason: `${label} changed in Intercom`,
      hint: `${there} Take it into the front matter, or undo it there.`,
    };
  }
  return { name, before: live, after: wanted };
}

function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ') || 'none';
  return value === null ? 'none' : String(value);
}
