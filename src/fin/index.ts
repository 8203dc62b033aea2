export { ask, type Hit } from './ask.ts';
export {
  type AuditedSource,
  type AuditSummary,
  attestations,
  auditSources,
  auditSummary,
  type LiveSource,
} from './audit.ts';
export {
  type Evaluation,
  evaluate,
  type QuestionCase,
  type QuestionResult,
  questionCases,
} from './evaluate.ts';
export { type Passage, passages } from './passages.ts';
export { type RetrievalIndex, retrievalIndex } from './retrieval-index.ts';
