export { daysAfter, daysBetween, isDay } from './day.ts';
export { decide, type ReviewFacts } from './decide.ts';
export { expiresOn } from './expiry.ts';
export { type GateFacts, gates } from './gates.ts';
export {
  isOutdated,
  type Translated,
  type TranslationState,
  translationState,
  translationStates,
} from './outdated.ts';
