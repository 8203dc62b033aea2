export { ask, type Hit } from './ask.ts';
export {
  type AuditedSource,
  type AuditSummary,
  attestations,
  auditSources,
  auditSummary,
  type LiveSource,
  syncAttestation,
} from './audit.ts';
export { type ComparedText, type Resemblance, resemblances } from './copies.ts';
export {
  type Evaluation,
  evaluate,
  type QuestionCase,
  type QuestionResult,
  questionCases,
} from './evaluate.ts';
export { type Passage, passages } from './passages.ts';
export { type AgentFacts, reasonAgainst } from './reason-against.ts';
export { type RetrievalIndex, retrievalIndex } from './retrieval-index.ts';
