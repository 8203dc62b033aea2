import {
  canonicalHash,
  type MarkdownContext,
  parseMarkdown,
  predict,
  toMarkdown,
} from '../markdown/index.ts';
import {
  commonLevelShift,
  knownForms,
  liftTree,
  type MergeConflict,
  mapTree,
  mergeBody,
  mergedValue,
  withMarkers,
  withWrittenAnchors,
} from '../merge/index.ts';
import type { Translation } from '../model/article.ts';
import { agents } from '../model/config.ts';
import type { Loss } from '../model/finding.ts';
import type { Profile } from '../model/profile.ts';
import type { RecordedTranslation } from '../model/recorded.ts';
import type { LiveTranslation } from '../model/snapshot.ts';
import type { Tree } from '../model/tree.ts';
import { type Addresses, bodyHtml } from '../plan/addresses.ts';
import { storedTree } from '../plan/live.ts';
import { editFrontMatter } from '../repository/editing/write-front-matter.ts';
import type { KeyChange } from '../repository/index.ts';
import {
  addressesIn,
  type Identities,
  readLiveBody,
  storedForms,
  withSentAddresses,
} from './live-identities.ts';
import { bodyOf, type MergeBase } from './merge-base.ts';

/** One text to bring home. */
export interface PullText {
  text: Translation;
  /** The whole file as it is now. */
  source: string;
  recorded: RecordedTranslation;
  live: LiveTranslation;
  /** The body as it was stored after our last write; null where no version tells. */
  stored: string | null;
  /** null: nobody knows what was published. */
  base: MergeBase | null;
  markdown: MarkdownContext;
  /** Anchors of this text that something links to. */
  linkedAnchors: ReadonlySet<string>;
  known: Identities;
  addresses: Addresses;
  profile: Profile;
}

export interface PulledText {
  source: string;
  conflicts: readonly MergeConflict[];
  losses: readonly Loss[];
  /** Their side alone, in the base's spelling: the base of the next merge. */
  theirBody: string | null;
  /** Would storing the merged body give exactly what is live? */
  isLive: boolean;
}

const labels = { ours: 'here', theirs: 'Intercom' };

/** Merges what is live into a file's text, and into only the lines it must. */
export function pullText(pull: PullText): PulledText {
  const body = pullBody(pull);
  const front = pullFrontMatter(pull);
  const own = bodyOf(pull.source);
  const head = pull.source.slice(0, pull.source.length - own.length);
  const edited = front.changes.length === 0 ? head : editFrontMatter(head, front.changes);
  const marked =
    front.disputed.length === 0
      ? { text: edited, lines: [] }
      : withMarkers(edited, editFrontMatter(edited, front.disputed), labels);
  const offset = marked.text.split('\n').length - 1;
  return {
    source: marked.text + body.text,
    conflicts: [
      ...front.disputed.map((change, index) => ({
        base: String(change.path.join('.')),
        ours: null,
        theirs: String(change.value),
        line: marked.lines[Math.min(index, marked.lines.length - 1)] ?? 1,
      })),
      ...body.conflicts.map((conflict) => ({ ...conflict, line: conflict.line + offset })),
    ],
    losses: body.losses,
    theirBody: body.theirBody,
    isLive: front.disputed.length === 0 && body.conflicts.length === 0 && isLive(body.text, pull),
  };
}

function isLive(body: string, pull: PullText): boolean {
  const { tree } = parseMarkdown(body, pull.markdown);
  return storedHash(tree, pull) === canonicalHash(storedTree(pull.live.body));
}

function pullBody(pull: PullText): {
  text: string;
  conflicts: readonly MergeConflict[];
  losses: readonly Loss[];
  theirBody: string | null;
} {
  const { text, base, live, markdown, known } = pull;
  const ours = bodyOf(pull.source);
  const place = { articleId: text.articleId, locale: text.locale };
  const addresses = addressesIn(text.file, text.locale, known.content);
  const liveTree = readLiveBody(live.body, place, known);
  if (base === null) {
    // Nothing tells which side changed what: every difference is shown, none is chosen.
    const ourTree = parseMarkdown(ours, markdown).tree;
    const theirs = theirTree(ourTree, liveTree, pull);
    const result = mergeBody({
      base: ourTree,
      ours,
      theirs,
      context: markdown,
      ...addresses,
      labels,
    });
    if (!result.isChanged) return { ...result, text: ours, theirBody: ours };
    const marked = withMarkers(ours, result.text, labels);
    const conflicts = marked.lines.map((line) => ({ base: '', ours: null, theirs: null, line }));
    return { text: marked.text, conflicts, losses: result.losses, theirBody: result.text };
  }
  const theirs = theirTree(base.tree, liveTree, pull);
  const shared = { base: base.tree, theirs, context: markdown, ...addresses, labels };
  const result = mergeBody({ ...shared, ours });
  const alone = ours === base.text ? result : mergeBody({ ...shared, ours: base.text });
  return { ...result, theirBody: alone.text };
}

function theirTree(written: Tree, live: Tree, pull: PullText): Tree {
  const { text, known, addresses, profile, linkedAnchors } = pull;
  const place = { articleId: text.articleId, locale: text.locale };
  const before = pull.stored === null ? null : readLiveBody(pull.stored, place, known);
  const predicted = storedForms(written, place, known, addresses, profile);
  const forms =
    before === null ? predicted : knownForms(predicted, withSentAddresses(before, written, before));
  const named = withWrittenAnchors(written, linkedAnchors).map((block, index) => ({
    written: block,
    stored: forms[index]?.stored ?? [],
  }));
  const sent = withSentAddresses(live, written, before ?? live);
  const lifted = liftTree(named, sent);
  const shift = commonLevelShift(named, sent);
  if (shift === 0) return lifted;
  // A store that lifts all headings when the uppermost one sinks: one heading was edited, not the others.
  const level = (own: number) => own - shift;
  const same = <T>(value: T): T => value;
  const shifted = liftTree(named, mapTree(sent, { target: same, image: same, level }));
  return storedHash(shifted, pull) === storedHash(lifted, pull) ? shifted : lifted;
}

/** Hash of what the profile says is stored for a body. */
function storedHash(body: Tree, { text, addresses, profile }: PullText): string {
  const html = bodyHtml({ ...text, body }, addresses, profile);
  return canonicalHash(storedTree(predict(html, profile)));
}

/** What of the front matter changed there: to be set, and where both sides changed it. */
function pullFrontMatter({ text, recorded, live }: PullText): {
  changes: KeyChange[];
  disputed: KeyChange[];
} {
  const { echo } = recorded;
  const changes: KeyChange[] = [];
  const disputed: KeyChange[] = [];
  const take = <T>(path: readonly string[], base: T, ours: T, theirs: T): void => {
    const merged = mergedValue(base, ours, theirs);
    if (merged === undefined) disputed.push({ path, value: theirs });
    else if (merged !== ours) changes.push({ path, value: theirs });
  };
  if (live.title !== echo.title) take(['title'], recorded.title, text.title, live.title);
  if (live.description !== echo.description) {
    take(['description'], recorded.description, text.description, live.description);
  }
  if (live.publication !== echo.publication) {
    take(['publication'], recorded.publication, text.publication, live.publication);
  }
  for (const agent of agents) {
    if (live.availability[agent] === echo.availability[agent]) continue;
    if (text.fin[agent] !== live.availability[agent]) {
      changes.push({ path: ['fin', agent], value: live.availability[agent] });
    }
  }
  return { changes, disputed };
}

/** A file for a text that was made in Intercom. */
export function newText(
  live: LiveTranslation,
  file: string,
  keys: readonly KeyChange[],
  known: Identities,
): { source: string; losses: readonly Loss[] } {
  const place = { articleId: null, locale: live.locale };
  const tree = liftTree([], readLiveBody(live.body, place, known));
  const written = toMarkdown(tree, addressesIn(file, live.locale, known.content));
  return { source: `${editFrontMatter('', keys)}\n${written.value}\n`, losses: written.losses };
}
