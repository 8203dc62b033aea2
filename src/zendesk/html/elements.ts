/** What an element without a construct of its own is to the reader. */
export type ElementClass = 'block' | 'inline' | 'silent' | 'nothing';

const blocks =
  'address article aside body blockquote caption center dd details dialog dir div dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav noframes noscript ol optgroup option p pre search section summary table tbody td tfoot th thead tr ul';
const inlines =
  'a abbr acronym b basefont bdi bdo big blink button cite code data del dfn em font i ins kbd label mark marquee meter nobr output progress q rb rp rt rtc ruby s samp select slot small span strike strong sub sup textarea time tt u var';
const silent = 'script style template title head noembed';
const nothing =
  'area base br canvas col colgroup command frame input isindex keygen link map meta param source track wbr';

const classes = new Map<string, ElementClass>([
  ...named(blocks, 'block'),
  ...named(inlines, 'inline'),
  ...named(silent, 'silent'),
  ...named(nothing, 'nothing'),
]);

/** An element that nobody knows is a piece of running text: nothing of it is lost. */
export function elementClass(name: string): ElementClass {
  return classes.get(name) ?? 'inline';
}

function named(names: string, kind: ElementClass): [string, ElementClass][] {
  return names.split(' ').map((name) => [name, kind]);
}
