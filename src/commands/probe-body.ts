import { type Habit, habits, type Profile } from '../model/profile.ts';

/** What a probe found out about one habit. */
export interface Probe {
  habit: Habit;
  /** null: the answer did not settle it. */
  value: string | null;
  /** What of the stored body shows it. */
  evidence: string;
}

const headingId = 'h_0a1b2c3d4e';
const nested = '<ul><li><p>probe outer</p><ul><li><p>probe inner</p></li></ul></li></ul>';

/** A body in which every habit that documents disagree on leaves a trace. */
export function probeBody(parts: { nestedLists: boolean; image: string | null }): string {
  return [
    '<p>probe &quot;quoted&quot;&nbsp;text <a href="https://example.com/kb-probe">link</a></p>',
    `<h2 id="${headingId}">probe two</h2><h3>probe three</h3>`,
    parts.nestedLists ? nested : '',
    '<div class="intercom-interblocks-callout" style="background-color: #e3e7fa80; border-color: #334bfa33;"><p>probe callout</p></div>',
    '<details><summary><h2>probe title</h2></summary><div class="collapsible-section-content"><p>probe inside</p></div></details>',
    '<table><thead><tr><th>probe head</th></tr></thead><tbody><tr><td>probe cell</td></tr></tbody></table>',
    parts.image === null
      ? ''
      : `<img src="${parts.image}" width="60" style="border: 1px solid #123456;">`,
    '<p>probe before</p>\n<p>probe after</p>',
    '<ol start="3"><li><p>probe third</p></li></ol>',
    '<pre><code>probe a\nprobe b</code></pre>',
    '<p>probe <s>struck</s></p>',
    '<iframe src="https://www.youtube.com/embed/jqO8AQHj7Fw"></iframe>',
  ].join('');
}

/** Reads the habits off a stored probe. @param parts what was sent */
export function learn(
  stored: string,
  parts: { nestedLists: boolean; image: string | null },
): Probe[] {
  const image = tagWith(stored, /<img[^>]*>/);
  const pre = tagWith(stored, /<pre[\s\S]*?<\/pre>/);
  const answers: Readonly<Record<Habit, () => [string | null, string]>> = {
    paragraphClass: () => traced(stored, /<p[^>]*class="[^"]*no-margin[^>]*>/, 'added', 'none'),
    linkAttributes: () =>
      traced(tagWith(stored, /<a[^>]*kb-probe[^>]*>/), /target=/, 'added', 'none'),
    headingIds: () => traced(stored, new RegExp(`id="${headingId}"`), 'kept', 'replaced'),
    headingLevels: () => headingLevels(stored),
    nestedLists: () => [parts.nestedLists ? 'kept' : 'refused', parts.nestedLists ? nested : '400'],
    callouts: () => traced(stored, /intercom-interblocks-callout/, 'kept', 'flattened'),
    details: () => traced(stored, /<details/, 'kept', 'flattened'),
    tableContainer: () => traced(stored, /intercom-interblocks-table-container/, 'added', 'none'),
    tableHead: () => traced(stored, /<th[\s>]|<thead/, 'kept', 'stripped'),
    imageHosting: () => {
      if (parts.image === null || image === '') return [null, 'no image could be sent'];
      return [image.includes(parts.image) ? 'kept' : 'rehosted', image];
    },
    imageStyle: () => {
      if (parts.image === null || image === '') return [null, 'no image could be sent'];
      return [/border/.test(image) ? 'kept' : 'rewritten', image];
    },
    emptyParagraphs: () => traced(stored, /<p[^>]*>(?:\s|&nbsp;)*<\/p>/, 'added', 'none'),
    olStart: () => traced(stored, /<ol[^>]*start=/, 'kept', 'stripped'),
    preNewlines: () => traced(pre, /probe a(?:\s*\n|<br\s*\/?>)\s*probe b/, 'kept', 'collapsed'),
    entities: () => traced(stored, /&nbsp;/, 'named', 'plain'),
    unsupportedTags: () => traced(stored, /<s>/, 'kept', 'unwrapped'),
    cellParagraphs: () => traced(stored, /<p[^>]*>probe cell/, 'added', 'none'),
    videoWrapper: () => traced(stored, /intercom-h2b-video/, 'added', 'none'),
  };
  return (Object.keys(habits) as Habit[]).map((habit) => {
    const [value, evidence] = answers[habit]();
    return { habit, value, evidence: evidence.slice(0, 200) };
  });
}

/** The profile that probes give; what they did not settle stays as it was. */
export function profileOf(probes: readonly Probe[], before: Profile): Profile {
  const found = probes.flatMap(({ habit, value }) => (value === null ? [] : [[habit, value]]));
  return { ...before, ...Object.fromEntries(found) } as Profile;
}

function traced(stored: string, trace: RegExp, there: string, absent: string): [string, string] {
  const match = trace.exec(stored);
  return match === null ? [absent, `no ${trace.source}`] : [there, match[0]];
}

function tagWith(stored: string, pattern: RegExp): string {
  return pattern.exec(stored)?.[0] ?? '';
}

function headingLevels(stored: string): [string | null, string] {
  const levelOf = (text: string) =>
    new RegExp(`<h([1-6])[^>]*>(?:(?!</h).)*${text}`).exec(stored)?.[1] ?? '?';
  const found = `h2 → h${levelOf('probe two')}, h3 → h${levelOf('probe three')}`;
  switch (found) {
    case 'h2 → h2, h3 → h3':
      return ['kept', found];
    case 'h2 → h2, h3 → h2':
      return ['others-to-h2', found];
    case 'h2 → h1, h3 → h2':
      return ['relative', found];
    default:
      return [null, found];
  }
}
