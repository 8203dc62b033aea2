import { markdownRules, treeRules } from './reading-rules.ts';
import type { Rule, RuleEntry } from './rule.ts';
import { altText } from './rules/alt-text.ts';
import { assetMissing } from './rules/asset-missing.ts';
import { assetType } from './rules/asset-type.ts';
import { assetUnused } from './rules/asset-unused.ts';
import { authorFormat } from './rules/author-format.ts';
import { bodyLength } from './rules/body-length.ts';
import { defaultLocaleMissing } from './rules/default-locale-missing.ts';
import { descriptionLength } from './rules/description-length.ts';
import { empty } from './rules/empty.ts';
import { fileLeftBehind } from './rules/file-left-behind.ts';
import { finAudiences } from './rules/fin-audiences.ts';
import { headingOrder } from './rules/heading-order.ts';
import { linkAnchor } from './rules/link-anchor.ts';
import { linkDraft } from './rules/link-draft.ts';
import { linkInternal } from './rules/link-internal.ts';
import { linkLocale } from './rules/link-locale.ts';
import { linkTarget } from './rules/link-target.ts';
import { listStart } from './rules/list-start.ts';
import { outdated } from './rules/outdated.ts';
import { placeholder } from './rules/placeholder.ts';
import { questions } from './rules/questions.ts';
import { redirects } from './rules/redirects.ts';
import { review } from './rules/review.ts';
import { stampFormat } from './rules/stamp-format.ts';
import { tags } from './rules/tags.ts';
import { titleDuplicate } from './rules/title-duplicate.ts';
import { titleLength } from './rules/title-length.ts';
import { translationMissing } from './rules/translation-missing.ts';
import { translationOf } from './rules/translation-of.ts';

/** Every rule that looks for something in the content that was read. */
export const rules: readonly Rule[] = [
  linkTarget,
  linkAnchor,
  linkInternal,
  linkLocale,
  linkDraft,
  assetMissing,
  assetType,
  assetUnused,
  fileLeftBehind,
  altText,
  headingOrder,
  listStart,
  empty,
  placeholder,
  bodyLength,
  titleLength,
  titleDuplicate,
  descriptionLength,
  questions,
  redirects,
  tags,
  authorFormat,
  finAudiences,
  defaultLocaleMissing,
  translationMissing,
  translationOf,
  outdated,
  review,
  stampFormat,
];

/** The whole table: rules that reading applies first, then the others. `docs/rules.md` shows it. */
export const ruleTable: readonly RuleEntry[] = [...treeRules, ...markdownRules, ...rules];

/** A rule by its name. */
export function ruleNamed(name: string): RuleEntry | null {
  return ruleTable.find((rule) => rule.name === name) ?? null;
}
