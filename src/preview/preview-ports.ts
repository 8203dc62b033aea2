import type { Translation } from '../model/article.ts';
import type { Content } from '../model/content.ts';
import type { Profile } from '../model/profile.ts';
import type { Recorded } from '../model/recorded.ts';
import type { Tree } from '../model/tree.ts';
import type { Proof } from '../review/index.ts';

/** A source text as it was when it was translated. */
export interface PastText {
  /** ISO date. */
  on: string;
  title: string;
  description: string;
  /** Markdown. */
  body: string;
}

/** What a workspace was found to say when somebody asked for it. */
export interface LiveReading {
  workspace: string;
  /** The live text of an article's locale; null where there is none. */
  text(
    articleId: string,
    locale: string,
  ): { title: string; description: string; body: Tree } | null;
  /** What a plan says of an article's locale: `update`, `drift`, `withheld`, …, with the reason. */
  verdicts(articleId: string, locale: string): readonly { what: string; reason: string }[];
}

/** What git and GitHub prove of a text; null: nobody asked. */
export type ProofOf = (kind: 'article' | 'collection', id: string, locale: string) => Proof | null;

/** What the preview is told by others: it reads content and git itself, and nothing else. */
export interface PreviewPorts {
  /** How the chosen workspace rewrites HTML. */
  profile(): Promise<Profile>;
  /** What was published last; null without a workspace or before the first publish. */
  published(): Promise<{ workspace: string; recorded: Recorded } | null>;
  /** The source that a translation was made from; null where git does not have it. */
  pastSource(translation: Translation, source: Translation): Promise<PastText | null>;
  /** Asks GitHub who approved what, where kb.yaml says `review.require: github`. */
  proofs(content: Content): Promise<ProofOf>;
  /** Reads a workspace and plans for it. @throws KbError when there is none, or it cannot be read */
  live(): Promise<LiveReading>;
}

/** Nothing beside the content: for a folder without workspace and without git. */
export function noPorts(profile: Profile): PreviewPorts {
  return {
    profile: async () => profile,
    published: async () => null,
    pastSource: async () => null,
    proofs: async () => () => null,
    live: async () => {
      throw new Error('no workspace');
    },
  };
}

/** What a preview is opened with. */
export interface PreviewOptions {
  /** The content folder. */
  root: string;
  /** ISO date that reviews are judged at. */
  today: string;
  ports: PreviewPorts;
  /** Makes the address that opens a file in the writer's editor; null: no such links. */
  editor: ((absolute: string, line: number, column: number) => string) | null;
  /** Asks git once what makes the address of a file on GitHub; null: it is not there. */
  hosted: () => Promise<((file: string) => string) | null>;
}
