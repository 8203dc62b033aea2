export { withWrittenAnchors } from './keys.ts';
export { liftTree, type StoredForm } from './lift.ts';
export { type Mapping, mapTree } from './map-tree.ts';
export {
  type MergeConflict,
  type MergeInput,
  type MergeResult,
  mergeMarkdown,
  mergeTexts,
  withMarkers,
} from './merge-markdown.ts';
export { mergedValue } from './merge-trees.ts';
