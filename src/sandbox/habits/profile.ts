/**
 * The habits of the store: what saving does to what was sent. Each habit lists its values from
 * "changes nothing" to "changes most", and says on what evidence it is imitated.
 */

/** V: the vendor says so. O: somebody saw it and said so in public. ?: nobody outside knows. */
export type Evidence = 'V' | 'O' | '?';

export interface HabitDefinition {
  readonly values: readonly [string, string, ...string[]];
  readonly initial: string;
  readonly evidence: Evidence;
  readonly about: string;
}

export const HABITS = {
  paragraphClass: {
    values: ['none', 'added'],
    initial: 'added',
    evidence: 'V',
    about: 'Every paragraph gets the class no-margin.',
  },
  linkAttributes: {
    values: ['none', 'added'],
    initial: 'added',
    evidence: 'O',
    about: 'Links get target="_blank" and the class intercom-content-link; buttons keep theirs.',
  },
  headingIds: {
    values: ['kept', 'replaced'],
    initial: 'kept',
    evidence: 'O',
    about: 'Headings get generated ids. Kept: one sent in the own form (h_ and 10 hex) stays.',
  },
  headingLevels: {
    values: ['kept', 'others-to-h2', 'relative'],
    initial: 'relative',
    evidence: 'V',
    about: 'Two documents disagree: h3 to h6 become h2, or all are promoted where no h1 is.',
  },
  nestedLists: {
    values: ['kept', 'refused'],
    initial: 'kept',
    evidence: '?',
    about: 'A document refuses a list in a list; stored bodies hold some.',
  },
  callouts: {
    values: ['kept', 'flattened'],
    initial: 'kept',
    evidence: '?',
    about: 'A document turns every div into a paragraph; three tools send callouts.',
  },
  details: {
    values: ['kept', 'flattened'],
    initial: 'kept',
    evidence: '?',
    about: 'Collapsible sections are seen in stored bodies; whether they may be sent is not known.',
  },
  tableContainer: {
    values: ['none', 'added'],
    initial: 'added',
    evidence: 'O',
    about: 'A table is wrapped in a container and gets role="presentation".',
  },
  tableHead: {
    values: ['kept', 'stripped'],
    initial: 'stripped',
    evidence: 'O',
    about: 'Rows of the head join the body, heading cells become cells.',
  },
  imageHosting: {
    values: ['kept', 'rehosted'],
    initial: 'rehosted',
    evidence: 'O',
    about: 'Images are copied to the own host, with an address signed anew on every read.',
  },
  imageStyle: {
    values: ['kept', 'rewritten'],
    initial: 'rewritten',
    evidence: 'O',
    about: 'Styles of images are dropped; beside a width stands height: auto.',
  },
  emptyParagraphs: {
    values: ['none', 'added'],
    initial: 'added',
    evidence: 'O',
    about: 'White space between block tags becomes an empty paragraph.',
  },
  olStart: {
    values: ['kept', 'stripped'],
    initial: 'stripped',
    evidence: 'O',
    about: 'A numbered list starts at 1 whatever was sent.',
  },
  preNewlines: {
    values: ['kept', 'collapsed'],
    initial: 'collapsed',
    evidence: 'O',
    about: 'A line feed in preformatted text becomes a space; a br stays.',
  },
  entities: {
    values: ['plain', 'named'],
    initial: 'named',
    evidence: '?',
    about: 'No-break spaces and quotes are written as entities.',
  },
  unsupportedTags: {
    values: ['kept', 'unwrapped'],
    initial: 'unwrapped',
    evidence: 'V',
    about: 'Elements that are not documented vanish, their text stays.',
  },
  cellParagraphs: {
    values: ['none', 'added'],
    initial: 'added',
    evidence: 'O',
    about: 'Bare text in table cells, list items and callouts becomes a paragraph.',
  },
  videoWrapper: {
    values: ['none', 'added'],
    initial: 'added',
    evidence: 'O',
    about: 'A bare video frame is wrapped in its container.',
  },
  unsupportedBlocks: {
    values: ['removed', 'refused'],
    initial: 'removed',
    evidence: '?',
    about: 'A document refuses definition lists and frames of other hosts with 400.',
  },
  availabilityDefault: {
    values: ['off', 'on'],
    initial: 'on',
    evidence: '?',
    about: 'What a public article that says nothing allows Fin: all agents, or none.',
  },
  authorOnUpdate: {
    values: ['kept', 'restamped'],
    initial: 'kept',
    evidence: 'O',
    about: 'An update that names no author leaves it, or makes it the acting teammate.',
  },
  pendingDraft: {
    values: ['ignored', 'swallows'],
    initial: 'swallows',
    evidence: 'V',
    about: 'While unpublished changes are pending, an update without state joins them.',
  },
  pageSize: {
    values: ['clamped', 'refused'],
    initial: 'clamped',
    evidence: '?',
    about: 'A page size above the maximum is lowered to it, or is an error.',
  },
} as const satisfies Record<string, HabitDefinition>;

export type HabitName = keyof typeof HABITS;
export type Profile = { readonly [Name in HabitName]: (typeof HABITS)[Name]['values'][number] };

export const HABIT_NAMES = Object.keys(HABITS) as readonly HabitName[];

/** The profile of a fresh sandbox. */
export const INITIAL_PROFILE = Object.fromEntries(
  HABIT_NAMES.map((name) => [name, HABITS[name].initial]),
) as unknown as Profile;

/**
 * The profile with some habits changed.
 * @throws Error naming the first habit or value that does not exist.
 */
export function changedProfile(
  profile: Profile,
  changes: Readonly<Record<string, unknown>>,
): Profile {
  for (const [name, value] of Object.entries(changes)) assertHabit(name, value);
  return { ...profile, ...changes } as Profile;
}

function assertHabit(name: string, value: unknown): void {
  if (!Object.hasOwn(HABITS, name)) {
    throw new Error(`Unknown habit ${JSON.stringify(name)}. Known: ${HABIT_NAMES.join(', ')}.`);
  }
  const { values }: HabitDefinition = HABITS[name as HabitName];
  if (typeof value !== 'string' || !values.includes(value)) {
    throw new Error(
      `Habit ${name} has no value ${JSON.stringify(value)}. Values: ${values.join(', ')}.`,
    );
  }
}
