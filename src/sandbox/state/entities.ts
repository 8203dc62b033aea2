/** What the sandbox stores. Everything here is plain data: it is what goes to disk. */

export type Publication = 'published' | 'draft';
export type CreatedVia = 'api' | 'web';

/** Which of Fin's agents may read a text. */
export interface Availability {
  readonly chatbot: boolean;
  readonly copilot: boolean;
  readonly salesAgent: boolean;
}

/** Unpublished changes on top of a published text. */
export interface StagedDraft {
  readonly title: string;
  readonly description: string;
  readonly body: string;
  readonly updatedAt: number;
}

/** An article in one locale. */
export interface ArticleContent {
  readonly contentId: string;
  readonly title: string;
  readonly description: string;
  /** As stored: rewritten by the habits, images without signatures. */
  readonly body: string;
  readonly authorId: number;
  readonly state: Publication;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly availability: Availability;
  readonly audienceIds: readonly number[];
  readonly createdById: number;
  readonly updatedById: number;
  readonly draft: StagedDraft | null;
  readonly everPublished: boolean;
  /** The version that is this content as it stands. */
  readonly versionId: string;
  /** Heading ids generated here before: the habit `headingIds: replaced` keeps them. */
  readonly generatedHeadingIds: readonly string[];
}

export interface AppliedTag {
  readonly tagId: string;
  readonly appliedAt: number;
  readonly appliedById: number;
}

export type HelpCenterAudience =
  | 'everyone'
  | 'all_users'
  | 'all_visitors'
  | 'all_leads'
  | 'all_visitors_and_leads'
  | 'restricted';

export interface StoredArticle {
  readonly id: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly parentId: string | null;
  readonly contents: Readonly<Record<string, ArticleContent>>;
  readonly tags: readonly AppliedTag[];
  readonly scheduledPublishAt: number | null;
  readonly scheduledUnpublishAt: number | null;
  readonly helpCenterAudience: HelpCenterAudience;
  readonly excludedFromSuggestions: boolean;
  readonly finInvolvements: number;
  readonly finResolutions: number;
}

export interface ArticleVersion {
  readonly id: string;
  readonly articleId: string;
  readonly locale: string;
  readonly title: string;
  readonly description: string;
  readonly body: string;
  readonly authorId: number;
  readonly createdById: number;
  readonly createdVia: CreatedVia;
  readonly fromVersionId: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface CollectionText {
  readonly name: string;
  readonly description: string;
}

export interface StoredCollection {
  readonly id: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly parentId: string | null;
  readonly order: number;
  readonly icon: string;
  readonly texts: Readonly<Record<string, CollectionText>>;
}

export interface StoredInternalArticle {
  readonly id: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly title: string;
  readonly body: string;
  readonly authorId: number;
  readonly ownerId: number;
  readonly locale: string;
  readonly availability: Availability;
  readonly audienceIds: readonly number[];
  readonly tags: readonly AppliedTag[];
  readonly generatedHeadingIds: readonly string[];
  readonly createdById: number;
  readonly updatedById: number;
}

export interface StoredTag {
  readonly id: string;
  readonly updatedAt: number;
  readonly name: string;
  /** Names of segments that use it: it cannot be deleted then. */
  readonly segments?: readonly string[];
}

export interface StoredAudience {
  readonly id: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly name: string;
  readonly predicates: readonly unknown[];
  readonly rolePredicates: readonly unknown[];
}

export interface StoredRedirect {
  readonly id: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly fromUrl: string;
  readonly locale: string;
  readonly targetType: 'article' | 'collection';
  readonly targetId: string;
}

/** An image the workspace rehosted: taken once from its source, served for ever. */
export interface StoredImage {
  /** The unguessable part of its address. */
  readonly id: string;
  readonly updatedAt: number;
  readonly number: number;
  readonly fileName: string;
  readonly source: string;
  /** Hash of the bytes taken, null for a host the sandbox cannot reach. */
  readonly sha256: string | null;
  readonly contentType: string | null;
}

/** A file put there to be fetched from: somebody's public object storage. */
export interface StoredAsset {
  readonly id: string;
  readonly updatedAt: number;
  readonly sha256: string;
  readonly contentType: string;
}

/** How this workspace differs from what it was told at its start. */
export interface StoredSetting {
  readonly id: string;
  readonly updatedAt: number;
  readonly value: unknown;
}
