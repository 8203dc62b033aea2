export { check } from './check.ts';
export { type InvalidArticle, type InvalidItems, invalidItems } from './invalid-items.ts';
export { checkAround, rememberingCheck, type StepwiseCheck } from './remembering-check.ts';
export type { RuleEntry } from './rule.ts';
export { ruleNamed, ruleTable } from './rules.ts';
export { noSources, type Sources } from './sources.ts';
