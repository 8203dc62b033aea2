export { withWrittenAnchors } from './keys.ts';
export { commonLevelShift, knownForms, liftTree, type StoredForm } from './lift.ts';
export { type Mapping, mapTree } from './map-tree.ts';
export { withMarkers } from './markers.ts';
export {
  type MergeConflict,
  type MergeInput,
  type MergeResult,
  mergeBody,
  mergeTexts,
} from './merge-body.ts';
export { mergedValue } from './merge-trees.ts';
