import { predict, renderHtml } from '../../markdown/index.ts';
import type { Article, Translation } from '../../model/article.ts';
import { textDigest } from '../../model/digest.ts';
import { KbError } from '../../model/kb-error.ts';
import type { Profile } from '../../model/profile.ts';
import type { Block, Inline, Tree } from '../../model/tree.ts';
import { storedTree } from '../../plan/live.ts';
import { fileAt, fileOfText } from '../../repository/index.ts';
import type { LiveReading, PreviewPorts } from '../preview-ports.ts';
import type { PastVersion } from '../reading/content-reader.ts';
import type { Knowledge } from './knowledge.ts';

/** Another version of a text that the one in the file is compared with. */
export interface Version {
  /** What it is: `main`, `what was published last`, `what is live`. */
  name: string;
  /** null: the text is not in it. */
  past: PastVersion | null;
  /** What is known beside the text. */
  notes: readonly string[];
  /** Addresses of links cannot be compared: the other side knows only its own. */
  wordsOnly: boolean;
  /** The text in the form it would have there; null: as it is written. */
  now: PastVersion | null;
}

/** What is live, and whether a text still is the one that was compared with it. */
export type KnownLive = LiveReading & { isOf(text: Translation): boolean };

/** Finds the versions of a text. */
export interface Versions {
  of(article: Article, text: Translation): Promise<Version[]>;
  /** The source as it was when it was translated; null where nobody knows. */
  pastSource(
    text: Translation,
    source: Translation,
  ): Promise<(PastVersion & { on: string }) | null>;
  /** Reads the workspace, for what is live. */
  readLive(): Promise<void>;
  readonly live: KnownLive | null;
}

const branches = ['origin/main', 'origin/master', 'main', 'master', 'HEAD'];

export function createVersions(
  knowledge: Knowledge,
  ports: PreviewPorts,
  profile: Profile,
): Versions {
  let live: KnownLive | null = null;

  async function mainVersion(article: Article, text: Translation): Promise<Version | null> {
    for (const branch of branches) {
      const bytes = await fileAt(knowledge.content.root, branch, text.file).catch(() => undefined);
      if (bytes === undefined) continue;
      const found = await textAt(branch, article, text, bytes);
      return { name: branch, ...found, wordsOnly: false, now: null };
    }
    return null;
  }

  /** A text in a commit: in its file, or where the article lay then. */
  async function textAt(
    commit: string,
    article: Article,
    text: Translation,
    bytes: Uint8Array | null,
  ): Promise<Pick<Version, 'past' | 'notes'>> {
    if (bytes !== null) return { past: parsed(bytes, article, text), notes: [] };
    const { root } = knowledge.content;
    const moved = await fileOfText(root, commit, { id: article.id, locale: text.locale });
    if (moved === null) return { past: null, notes: [] };
    return { past: parsed(moved.bytes, article, text), notes: [`It was ${moved.file} there.`] };
  }

  function parsed(bytes: Uint8Array, article: Article, text: Translation): PastVersion | null {
    const { id } = article;
    return knowledge.parse(text.file, new TextDecoder().decode(bytes), { id, locale: text.locale });
  }

  async function publishedVersion(article: Article, text: Translation): Promise<Version | null> {
    const found = await ports.published().catch(asTrouble);
    if (found === null) return null;
    if (found instanceof KbError) {
      const notes = [`It cannot be read: ${found.message}`];
      return { name: 'what was published last', past: null, notes, wordsOnly: false, now: null };
    }
    const { recorded, workspace } = found;
    const entry =
      recorded.articles[article.id]?.translations[text.locale] ??
      recorded.internals[article.id]?.texts[text.locale]?.entry;
    const name = `what was published last to ${workspace}`;
    if (entry === undefined) {
      const notes = ['It was never published.'];
      return { name, past: null, notes, wordsOnly: false, now: null };
    }
    if (entry.articleDigest === text.articleDigest) {
      const same = { title: text.title, description: text.description, body: text.body };
      return { name, past: same, notes: ['Published as it stands.'], wordsOnly: false, now: null };
    }
    const { commit } = entry;
    const missing = {
      past: null,
      notes: ['It has changed since; git does not have the text that was published.'],
    };
    const known = commit === null ? missing : await publishedText(commit, article, text);
    return { name, ...(known.past === null ? missing : known), wordsOnly: false, now: null };
  }

  async function publishedText(commit: string, article: Article, text: Translation) {
    const { root } = knowledge.content;
    const bytes = await fileAt(root, commit, text.file).catch(() => undefined);
    return bytes === undefined ? { past: null, notes: [] } : textAt(commit, article, text, bytes);
  }

  function liveVersion(article: Article, text: Translation): Version | null {
    if (live === null) return null;
    const past = live.text(article.id, text.locale);
    const notes = live
      .verdicts(article.id, text.locale)
      .map(({ what, reason }) => (reason === '' ? what : `${what}: ${reason}`));
    const { title, description } = text;
    const now = { title, description, body: storedForm(text.body, profile) };
    return { name: `what is live in ${live.workspace}`, past, notes, wordsOnly: true, now };
  }

  return {
    async of(article, text) {
      const found = [
        await mainVersion(article, text),
        await publishedVersion(article, text),
        liveVersion(article, text),
      ];
      return found.filter((version) => version !== null);
    },
    async pastSource(text, source) {
      const past = await ports.pastSource(text, source);
      if (past === null) return null;
      const file = `---\ntitle: ''\n---\n${past.body}`;
      const { articleId: id, locale } = source;
      const read = knowledge.parse(source.file, file, { id, locale });
      const { title, description, on } = past;
      if (read === null) return null;
      const found = { title, description, body: read.body };
      // The commit that stamped a translation may hold a source that had moved on already.
      return textDigest(found) === text.translationOf ? { ...found, on } : null;
    },
    async readLive() {
      const digests = new Map(
        knowledge.content.articles.flatMap(({ translations }) =>
          translations.map((text) => [keyOf(text), text.articleDigest] as const),
        ),
      );
      const read = await ports.live();
      live = { ...read, isOf: (text) => digests.get(keyOf(text)) === text.articleDigest };
    },
    get live() {
      return live;
    },
  };
}

function keyOf({ articleId, locale }: Translation): string {
  return `${articleId}\n${locale}`;
}

/** Addresses are not compared; without one there would be no link. */
const anyAddress = 'https://example.invalid/';

/** A text as a workspace with this profile stores it: a quote may be a callout there, a task a sign. */
function storedForm(body: Tree, profile: Profile): Tree {
  const sent = renderHtml(body, {
    profile,
    link: () => anyAddress,
    image: () => anyAddress,
    headingId: (anchor) => anchor,
  });
  return storedTree(predict(sent, profile));
}

/** A ledger that cannot be reached hides one version, and says why; the others are shown. */
function asTrouble(error: unknown): KbError {
  if (error instanceof KbError) return error;
  throw error;
}

/** A tree as its words and shapes alone, so that one from a service can be laid beside one from a file. */
export function wordsAndShapes(tree: Tree): Tree {
  const levels = tree.flatMap((block) => (block.type === 'heading' ? [block.level] : []));
  const smallest = Math.min(...levels);
  return tree
    .filter((block) => block.type !== 'paragraph' || block.children.length > 0)
    .map((block) => plainBlock(block, smallest));
}

function plainBlock(block: Block, smallest: number): Block {
  const inside = (blocks: readonly Block[]) => blocks.map((one) => plainBlock(one, smallest));
  switch (block.type) {
    case 'paragraph':
      return { ...block, align: null, children: block.children.map(plainInline) };
    case 'heading':
      return {
        type: 'heading',
        level: block.level - smallest + 1,
        anchor: null,
        align: null,
        children: block.children.map(plainInline),
      };
    case 'code':
      return { ...block, language: null };
    case 'list':
      return {
        ...block,
        items: block.items.map(({ blocks }) => ({ checked: null, blocks: inside(blocks) })),
      };
    case 'table':
      return {
        ...block,
        rows: block.rows.map((row) =>
          row.map((cell) => ({
            ...cell,
            header: false,
            align: null,
            style: null,
            blocks: inside(cell.blocks),
          })),
        ),
      };
    case 'collapsible':
      return { ...block, title: block.title.map(plainInline), blocks: inside(block.blocks) };
    case 'quote':
    case 'unknown':
      return { type: 'quote', blocks: inside(block.blocks) };
    case 'callout':
      return { ...block, style: null, blocks: inside(block.blocks) };
    case 'video':
    case 'rule':
      return block;
  }
}

function plainInline(inline: Inline): Inline {
  switch (inline.type) {
    case 'text':
      return { type: 'text', text: inline.text };
    case 'image':
      return { type: 'text', text: `[${inline.alt}]` };
    case 'button':
      return { type: 'text', text: inline.text };
    case 'break':
      return inline;
  }
}
