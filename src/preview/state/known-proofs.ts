import type { Article, Translation } from '../../model/article.ts';
import type { Content } from '../../model/content.ts';
import type { Approval } from '../../model/review.ts';
import { type Proof, withoutProof } from '../../review/index.ts';
import type { ProofOf } from '../preview-ports.ts';
import { configProblem } from './config-problem.ts';

/** What GitHub was heard to say of texts, under `review.require: github`; true of exactly those texts. */
export interface KnownProofs {
  /** null where stamps count, and nobody asks. */
  of(content: Content, article: Article, text: Translation): Proof | null;
  /** Keeps what was found about the texts of this content. */
  learn(content: Content, proofOf: ProofOf): void;
}

interface Found {
  digest: string;
  proof: Proof | null;
}

/** Is it GitHub that says who approved what? A broken kb.yaml does not say so. */
export function asksGitHub(content: Content): boolean {
  return content.config.review.require === 'github' && configProblem(content) === null;
}

function noProof(content: Content): Proof | null {
  return configProblem(content) === null
    ? null
    : withoutProof('nobody knows which reviews count until kb.yaml is mended');
}

export function createKnownProofs(): KnownProofs {
  let found: ReadonlyMap<string, Found> | null = null;

  return {
    of(content, article, text) {
      if (!asksGitHub(content)) return noProof(content);
      if (found === null) return withoutProof('GitHub has not answered yet');
      const known = found.get(keyOf(article, text));
      if (known === undefined) return withoutProof('it is new since GitHub was asked');
      if (known.digest === text.articleDigest) return known.proof;
      return withoutProof('edited since GitHub was asked', approvalIn(known));
    },
    learn({ articles }, proofOf) {
      found = new Map(
        articles.flatMap((article) =>
          article.translations.map((text) => {
            const proof = proofOf('article', article.id, text.locale);
            return [keyOf(article, text), { digest: text.articleDigest, proof }] as const;
          }),
        ),
      );
    },
  };
}

function keyOf({ id }: Article, { locale }: Translation): string {
  return `${id}\n${locale}`;
}

/** The approval of the version before the edit, where there was one. */
function approvalIn({ digest, proof }: Found): Approval | null {
  if (proof === null) return null;
  if (proof.kind !== 'approved') return proof.approval;
  const { by, on, pullRequest, records } = proof;
  return { kind: 'proven', by, on, until: null, pullRequest, digest, proof: records };
}
