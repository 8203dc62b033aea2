import { renderHtml } from '../../src/markdown/index.ts';
import type { Loss } from '../../src/model/finding.ts';
import { habits, type Profile } from '../../src/model/profile.ts';
import type { Target } from '../../src/model/tree.ts';
import { convertBody } from '../../src/zendesk/index.ts';
import { parsed } from '../markdown/reading.ts';
import { dialectContext } from './contexts.ts';
import { type Counted, counted } from './count.ts';

/** A workspace that stores what it is sent. */
const noRewriting = Object.fromEntries(
  Object.entries(habits).map(([habit, { values }]) => [habit, values[0]]),
) as Profile;

/** Losses that put words in another order, into another form, or away: their words are not compared in order. */
const reordering = ['tabs', 'callout-label', 'copy-button', 'embed', 'form', 'math', 'superscript'];
const wording = [
  ...reordering,
  'svg',
  'table-caption',
  'table-nested',
  'video-address',
  'video-file',
];

/** What one body became, for differences to be told. */
export interface Measured {
  markdown: string;
  losses: readonly Loss[];
  problems: readonly { message: string; line: number }[];
  /** Differences between what was counted in source and result that no loss tells of. */
  unexplained: string[];
  resolvedAnchors: number;
  /** What the source holds, as counted before. */
  before: Counted;
}

/** Converts a body, renders the result, counts both sides, and compares. */
export function measured(html: string): Measured {
  const { markdown, losses } = convertBody(html, dialectContext);
  const { tree, outline, problems } = parsed(markdown);
  const result = renderHtml(tree, {
    profile: noRewriting,
    headingId: (anchor) => anchor,
    link: addressOf,
    image: (source) => (source.kind === 'url' ? source.url : ''),
  });
  const before = counted(html);
  const after = counted(result);
  const has = (...kinds: string[]): boolean =>
    losses.some(({ construct }) => kinds.includes(construct));
  const count = (construct: string, action?: Loss['action']): number =>
    losses.filter((loss) => loss.construct === construct && (action ?? loss.action) === loss.action)
      .length;
  const unexplained: string[] = [];
  const compare = (name: string, source: readonly string[], there: readonly string[]): void => {
    const at = source.findIndex((value, index) => value !== there[index]);
    if (at < 0 && source.length === there.length) return;
    const place = at < 0 ? source.length : at;
    unexplained.push(
      `${name}: ${source.length} became ${there.length}; at ${place} "${source.slice(place, place + 5).join(' ')}" became "${there.slice(place, place + 5).join(' ')}"`,
    );
  };
  const added = losses.flatMap((loss) => addedWords(loss, html));
  // Lists that hold tables are shown as paragraphs, with their markers as text; boxes to tick are signs.
  const isMarker = (word: string): boolean =>
    /^[☐☑]$/.test(word) || (has('nesting') && /^(?:–|\d+\.)$/.test(word));
  const said = after.words.filter((word) => !isMarker(word)).map(plainDigits);
  const gone = has('copy-button') ? ['Copy', 'Kopieren'] : [];
  const asked = before.words
    .filter((word) => !gone.includes(word) && !isMarker(word))
    .map(plainDigits);
  if (has(...wording)) compare('words', [...asked, ...added].toSorted(), said.toSorted());
  else compare('words', asked, said);
  compare(
    'images',
    before.images,
    after.images
      .concat(Array<string>(count('image', 'dropped')).fill(''))
      .slice(0, before.images.length),
  );
  compare('videos', before.videos, after.videos);
  const links = withoutAnchors(before.links);
  if (!has('link', 'anchor', 'embed', 'video-file', 'video-address'))
    compare('links', links, withoutAnchors(after.links));
  if (!has('table-nested') && before.cells !== after.cells)
    unexplained.push(`cells: ${before.cells} became ${after.cells}`);
  if (!has('nesting') && before.items !== after.items)
    unexplained.push(`items: ${before.items} became ${after.items}`);
  if (before.codes !== after.codes + count('code-as-prose'))
    unexplained.push(`code blocks: ${before.codes} became ${after.codes}`);
  const anchors = new Set(outline.map(({ anchor }) => anchor));
  const pointing = after.links.filter((href) => href.startsWith('#'));
  const loose = pointing.filter((href) => !anchors.has(decodeURIComponent(href.slice(1))));
  for (const href of loose) unexplained.push(`${href} leads nowhere`);
  return { markdown, losses, problems, unexplained, resolvedAnchors: pointing.length, before };
}

/** A frame, a film or a tab named by a tooltip has no words; what it became has, and the loss names them. */
function addedWords({ construct, action, excerpt }: Loss, html: string): string[] {
  const isLink = (construct === 'embed' || construct === 'video-file') && action === 'transformed';
  const texts = isLink
    ? excerpt.split(' → ').slice(0, 1)
    : construct === 'tabs'
      ? excerpt.split(' | ').filter((label) => html.includes(`title="${label}"`))
      : [];
  return texts.flatMap((text) => text.split(/\s+/)).filter((word) => word !== '');
}

/** Raised digits are signs of their own. */
function plainDigits(word: string): string {
  return word.replace(/[¹²³]/g, (sign) => String('¹²³'.indexOf(sign) + 1));
}

function addressOf(target: Target): string | null {
  switch (target.kind) {
    case 'url':
      return target.url;
    case 'anchor':
      return `#${target.anchor}`;
    default:
      return null;
  }
}

/** Places on the page have other names afterwards; that they lead somewhere is counted on its own. */
function withoutAnchors(hrefs: readonly string[]): string[] {
  return hrefs
    .map((href) => (href.startsWith('#') ? '#' : href))
    .filter((href, index, all) => href !== all[index - 1]);
}
