import { bodyOf } from '../../../src/commands/merge-base.ts';
import { type PulledText, pullText } from '../../../src/commands/pull-text.ts';
import { canonicalHash, type MarkdownContext, parseMarkdown } from '../../../src/markdown/index.ts';
import { headingId } from '../../../src/model/address.ts';
import type { Translation } from '../../../src/model/article.ts';
import type { Content } from '../../../src/model/content.ts';
import { defaultProfile, type Profile } from '../../../src/model/profile.ts';
import { emptyRecorded, type RecordedTranslation } from '../../../src/model/recorded.ts';
import type { LiveTranslation } from '../../../src/model/snapshot.ts';
import { type Addresses, bodyHtml, targetsOf } from '../../../src/plan/addresses.ts';
import { echoOf, storedTree } from '../../../src/plan/live.ts';
import { INITIAL_PROFILE } from '../../../src/sandbox/habits/profile.ts';
import { saveBody } from '../../../src/sandbox/habits/save-body.ts';

const articleId = 'artikel';
const locale = 'de' as const;
const helpCenterUrl = 'https://help.example.com';
const nobody = { agent: false, copilot: false, salesAgent: false };

export const addresses: Addresses = {
  helpCenterUrl,
  intercomId: () => '7',
  headingId: (id, _locale, anchor) => headingId(id, anchor),
  asset: (hash) => `https://cdn.example.com/${hash.replace(/\W+/g, '-')}`,
};

/** How the bodies of these tests are read: addresses are themselves. */
export function contextOf(): MarkdownContext {
  let context: MarkdownContext | null = null;
  context = {
    locale,
    firstLine: 1,
    link: (href) =>
      href.startsWith('#') ? { kind: 'anchor', anchor: href.slice(1) } : { kind: 'url', url: href },
    image: (src) => ({ kind: 'url', url: src }),
    variable: (name) => (name === 'product' ? 'Beispiel' : null),
    variableNames: ['product'],
    include: () => null,
    includeNames: [],
  };
  return context;
}

/** What a workspace holds after a body was saved there; images move into its own store. */
export function saved(html: string, profile: Profile = defaultProfile): string {
  let count = 0;
  return saveBody(html, {
    profile: { ...INITIAL_PROFILE, ...profile },
    knownHeadingIds: [],
    nextHeadingId: () => `h_${(count++).toString(16).padStart(10, 'e')}`,
    hostImage: (source) => (profile.imageHosting === 'rehosted' ? hosted(source) : source),
  }).html;
}

const store = 'https://downloads.intercomcdn.eu/i/o/abc123/';

function hosted(source: string): string {
  if (source.startsWith(store)) return source;
  const id = [...source].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 1e9, 7);
  return `${store}${id}/${id.toString(16)}/${source.split('/').at(-1)}`;
}

function translationOf(body: string): Translation {
  const { tree, outline } = parseMarkdown(body, contextOf());
  return {
    articleId,
    locale,
    file: `${articleId}.de.md`,
    title: 'Titel',
    description: '',
    body: tree,
    outline,
    references: [],
    problems: [],
    includes: [],
    assets: [],
    publication: 'published',
    fin: nobody,
    questions: [],
    redirects: [],
    translationOf: null,
    review: null,
    textDigest: '',
    articleDigest: '',
  };
}

function liveOf(body: string): LiveTranslation {
  return {
    locale,
    title: 'Titel',
    description: '',
    body,
    publication: 'published',
    availability: nobody,
    url: null,
  } as unknown as LiveTranslation;
}

/** What is stored for a Markdown body. */
export function storedBody(body: string, profile: Profile = defaultProfile): string {
  return saved(bodyHtml(translationOf(body), addresses, profile), profile);
}

/** Are two bodies the same, as a comparison with the echo sees it? */
export function isSameStored(a: string, b: string): boolean {
  return canonicalHash(storedTree(a)) === canonicalHash(storedTree(b));
}

/** A pull of one text: `base` was published, `ours` is the file now, `live` what the workspace holds. */
export function purePull(given: {
  base: string;
  ours: string;
  live: string;
  /** How the workspace stores. */
  profile?: Profile;
  /** What the tool believes of it. */
  belief?: Profile;
  /** Do versions tell what was stored? */
  isStoredKnown?: boolean;
}): PulledText & { body: string } {
  const profile = given.profile ?? defaultProfile;
  const text = translationOf(given.ours);
  const base = translationOf(given.base);
  const stored = storedBody(given.base, profile);
  const echo = echoOf(liveOf(stored));
  const anchors = Object.fromEntries(
    base.outline.map(({ anchor }) => [anchor, headingId(articleId, anchor)]),
  );
  const recorded: RecordedTranslation = {
    articleDigest: '',
    textDigest: '',
    title: 'Titel',
    description: '',
    bodyDigest: '',
    publication: 'published',
    availability: nobody,
    addresses: '',
    anchors,
    approval: null,
    commit: null,
    echo,
  };
  const content = {
    root: '/content',
    articles: [
      {
        id: articleId,
        path: articleId,
        sourceLocale: locale,
        collectionId: null,
        translations: [text],
      },
    ],
    collections: [],
    includes: [],
    assets: new Map(),
  } as unknown as Content;
  const linkedAnchors = new Set(
    targetsOf(text.body).flatMap((target) => (target.kind === 'anchor' ? [target.anchor] : [])),
  );
  const head = '---\ntitle: Titel\n---\n';
  const result = pullText({
    text,
    source: head + given.ours,
    recorded,
    live: liveOf(given.live),
    stored: given.isStoredKnown === false ? null : stored,
    base: { text: given.base, tree: base.body },
    markdown: contextOf(),
    linkedAnchors,
    known: {
      content,
      recorded: {
        ...emptyRecorded,
        articles: {
          [articleId]: {
            intercomId: '7',
            path: articleId,
            collectionId: null,
            parentIntercomId: null,
            authorId: null,
            tags: null,
            visibility: 'public',
            finAudiences: [],
            translations: { [locale]: recorded },
          },
        },
      },
      helpCenterUrl,
    },
    addresses,
    profile: given.belief ?? profile,
  });
  return { ...result, body: bodyOf(result.source) };
}
