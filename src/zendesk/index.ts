export { anchorsOf, type ConvertedBody, convertBody } from './html/convert-body.ts';
export { type LossKind, type LossWeight, lossKinds } from './html/losses.ts';
export { type CollectedFile, FileFinder } from './source/collect-files.ts';
export {
  authorizationFrom,
  fetchHelpCenter,
  type Network,
  request,
} from './source/fetch-help-center.ts';
export { readDump } from './source/read-dump.ts';
export type { SourceFailure, ZendeskSource } from './source/records.ts';
export { buildStructure, type KnownContent } from './structure/build-structure.ts';
export type {
  ImportedArticle,
  ImportedCollection,
  ImportedText,
  ImportStructure,
  Skipped,
} from './structure/import-structure.ts';
export { hrefsIn, LinkIndex } from './structure/link-index.ts';
export { zendeskAddress } from './structure/zendesk-address.ts';
