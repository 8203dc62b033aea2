export { applyEdits } from './editing/apply-edits.ts';
export { stampChange, translatedChange } from './editing/stamp-change.ts';
export { writeFrontMatter } from './editing/write-front-matter.ts';
export type { KeyChange } from './editing/yaml-edit.ts';
export { changedLines, type LineSpan } from './history/changed-lines.ts';
export {
  checkOutContent,
  committerEmail,
  type FileCommit,
  fileAt,
  fileHistory,
  fileOfText,
  headCommit,
  isAncestor,
  isShallow,
  lastCommit,
  lastCommitsOfAssets,
  uncommittedFiles,
} from './history/git.ts';
export { remoteRepository } from './history/git-host.ts';
export {
  type Ancestry,
  type CommittedFile,
  committedFiles,
  isOnDisk,
  type LastCommit,
  lastCommits,
  readAncestry,
  textInCommit,
} from './history/mainline.ts';
export { folderInRepository } from './history/run-git.ts';
export { isLoopback } from './reading/config-checks.ts';
export { slugOf } from './reading/item-id.ts';
export { type ReadingRule, readingRules } from './reading/problem.ts';
export { readAsset } from './reading/read-asset.ts';
export { type ConfigRead, readConfig } from './reading/read-config.ts';
export { type ReadOptions, readContent } from './reading/read-content.ts';
export {
  type Scaffolded,
  scaffoldArticle,
  scaffoldCollection,
  scaffoldTranslation,
} from './scaffolding/scaffold-item.ts';
export { scaffoldKnowledgeBase } from './scaffolding/scaffold-knowledge-base.ts';
export { type ToolRelease, workflowFiles } from './scaffolding/workflows.ts';
export { collectionSchema } from './schema/collection-schema.ts';
export { configSchema } from './schema/config-schema.ts';
export { frontMatterSchema } from './schema/front-matter-schema.ts';
export { jsonSchemas, type SchemaFile, schemaText } from './schema/json-schemas.ts';
