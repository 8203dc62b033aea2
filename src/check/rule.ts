import type { Fix, Severity } from '../model/finding.ts';
import type { Facts } from './facts.ts';
import type { Place } from './place.ts';

/** What a rule found, before check puts the rule's name and severity to it. */
export interface Found extends Place {
  message: string;
  hint?: string | null;
  fix?: Fix | null;
  /** Only of rules whose severity is `either`. */
  severity?: Severity;
}

/** What an error of a rule holds back: one locale's text, or the item with all its locales. */
export type Hold = 'text' | 'item';

/** A rule as `docs/rules.md` shows it. */
export interface RuleEntry {
  name: string;
  /** `either`: error or warning, as the finding says. */
  severity: Severity | 'either';
  holds: Hold;
  /** Can `kb check --fix` mend (some of) it? */
  fixable: boolean;
  /** What it finds. */
  what: string;
  /** Why that is a problem. */
  why: string;
  /** What mends it. */
  mend: string;
}

/** A rule that looks for something in the content that was read. */
export interface Rule extends RuleEntry {
  /**
   * `item`: what it finds about an article depends on that article and the settings alone, so it
   * stays true while both are the same. Left out: on others, too.
   */
  looksAt?: 'item';
  find(facts: Facts): Found[];
}
