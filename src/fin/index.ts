export { ask, type Hit } from './ask.ts';
export {
  type Evaluation,
  evaluate,
  type QuestionCase,
  type QuestionResult,
  questionCases,
} from './evaluate.ts';
export { type Passage, passages } from './passages.ts';
export { type RetrievalIndex, retrievalIndex } from './retrieval-index.ts';
