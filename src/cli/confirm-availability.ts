import type { Confirm } from '../commands/availability.ts';
import type { Terminal } from './declaration.ts';

/** Shows what the AI would lose or get back and asks, where somebody can answer; null elsewhere. */
export function confirmAvailability(
  terminal: Terminal,
  question: (count: number) => string,
): { confirm: Confirm | null; isDeclined(): boolean } {
  const { ask } = terminal;
  let isDeclined = false;
  const confirm: Confirm = async (changes) => {
    if (ask === null) return true;
    const { availabilityPlanText } = await import('../report/audit.ts');
    const text = availabilityPlanText(changes, await terminal.style());
    const isWanted = await ask(text, question(changes.length));
    isDeclined = !isWanted;
    return isWanted;
  };
  return { confirm: ask === null ? null : confirm, isDeclined: () => isDeclined };
}
