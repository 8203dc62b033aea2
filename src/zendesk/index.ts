export { anchorsOf, type ConvertedBody, convertBody } from './html/convert-body.ts';
export { escapeMarkdown } from './html/escape-markdown.ts';
export { type LossKind, type LossWeight, lossKinds } from './html/losses.ts';
export { type CollectedFile, type Download, FileFinder } from './source/collect-files.ts';
export { findHelpCenter, type KnownHelpCenter } from './source/help-center-api.ts';
export { MirrorFolder } from './source/mirror-folder.ts';
export { mirrorHelpCenter } from './source/mirror-help-center.ts';
export { authorizationFrom, type Network, request } from './source/network.ts';
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
export { besidePath, hrefsIn, LinkIndex, type LinkOrigin } from './structure/link-index.ts';
export { localeFor } from './structure/locales.ts';
export { type ZendeskAddress, zendeskAddress } from './structure/zendesk-address.ts';
