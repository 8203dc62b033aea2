export {
  codeOwnersPaths,
  mostCodeOwnersBytes,
  type OwnerRule,
  ownersOf,
  parseCodeOwners,
} from './code-owners.ts';
export { daysAfter, daysBetween, isDay } from './day.ts';
export { decide, type ReviewFacts } from './decide.ts';
export { type DueReview, dueReviews } from './due.ts';
export { expiresOn } from './expiry.ts';
export { type GateFacts, gates } from './gates.ts';
export {
  isOutdated,
  type Translated,
  type TranslationState,
  translationState,
  translationStates,
} from './outdated.ts';
export type {
  Account,
  FileFacts,
  FileVersion,
  Ownership,
  ProofPolicy,
  PullRequestFacts,
  PullRequestReview,
  Writer,
  WritingCommit,
} from './proof/proof-facts.ts';
export { type FileVerdict, policyVersion, proveFile } from './proof/prove-file.ts';
export { type Proof, proveText, withoutProof } from './proof/prove-text.ts';
