/**
 * How a workspace rewrites the HTML it stores. Sources disagree on many of these (docs/sandbox.md);
 * `kb probe` finds out. Values run from no rewriting to most; `default` is used without a profile file.
 */
export const habits = {
  paragraphClass: { values: ['none', 'added'], default: 'added' },
  linkAttributes: { values: ['none', 'added'], default: 'added' },
  headingIds: { values: ['kept', 'replaced'], default: 'kept' },
  headingLevels: { values: ['kept', 'others-to-h2', 'relative'], default: 'relative' },
  nestedLists: { values: ['kept', 'refused'], default: 'kept' },
  callouts: { values: ['kept', 'flattened'], default: 'kept' },
  details: { values: ['kept', 'flattened'], default: 'kept' },
  tableContainer: { values: ['none', 'added'], default: 'added' },
  tableHead: { values: ['kept', 'stripped'], default: 'stripped' },
  imageHosting: { values: ['kept', 'rehosted'], default: 'rehosted' },
  imageStyle: { values: ['kept', 'rewritten'], default: 'rewritten' },
  emptyParagraphs: { values: ['none', 'added'], default: 'added' },
  olStart: { values: ['kept', 'stripped'], default: 'stripped' },
  preNewlines: { values: ['kept', 'collapsed'], default: 'collapsed' },
  entities: { values: ['plain', 'named'], default: 'named' },
  unsupportedTags: { values: ['kept', 'unwrapped'], default: 'unwrapped' },
  cellParagraphs: { values: ['none', 'added'], default: 'added' },
  videoWrapper: { values: ['none', 'added'], default: 'added' },
} as const;

export type Habit = keyof typeof habits;
export type Profile = { readonly [H in Habit]: (typeof habits)[H]['values'][number] };

export const defaultProfile: Profile = Object.fromEntries(
  Object.entries(habits).map(([habit, { default: value }]) => [habit, value]),
) as Profile;

/**
 * A profile from what a profile file says. Habits that we do not know are other tools' business and
 * are ignored; a value that we do not know is a problem, named.
 */
export function profileFrom(data: Record<string, unknown>): {
  profile: Profile;
  problems: { habit: string; found: string; expected: readonly string[] }[];
} {
  const problems: { habit: string; found: string; expected: readonly string[] }[] = [];
  const known: Record<string, unknown> = { ...defaultProfile };
  for (const [habit, { values }] of Object.entries(habits)) {
    const found = data[habit];
    if (found === undefined) continue;
    if ((values as readonly unknown[]).includes(found)) known[habit] = found;
    else problems.push({ habit, found: String(found), expected: values });
  }
  return { profile: known as Profile, problems };
}
