import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { probeCommand } from '../../src/commands/probe.ts';
import { habits } from '../../src/model/profile.ts';
import { someProfiles } from '../markdown/profiles.ts';
import { article, collection, type Situation, situation } from '../support/workspace.ts';

const body = `Text mit **fett**, ~~alt~~ und [Link](https://example.com/x).

## Eins

> [!TIP]
> Ein Tipp.

3. drei
4. vier

\`\`\`
a
b
\`\`\`

| A | B |
|---|---|
| 1 | 2 |

<details>
<summary>Mehr</summary>

Innen.

</details>

https://www.youtube.com/watch?v=abcdefghijk

![Bild](https://example.com/a.png)
`;

async function opened(): Promise<Situation> {
  return situation({
    isValidated: false,
    isWatched: false,
    files: {
      ...collection('hilfe', { de: 'Hilfe', en: 'Help' }),
      ...article('hilfe/a', { de: { title: 'Eins', body } }),
    },
  });
}

const profiles = someProfiles(process.env.KB_PROVE === '1' ? 60 : 30).filter(({ name }) =>
  name.startsWith('mixture'),
);

describe('probe', () => {
  test.each(profiles)('finds $name, and publish then converges', async ({ profile }) => {
    const there = await opened();
    await there.call('PUT', '/_sandbox/profile', profile);
    const found = await probeCommand(there.context(), {
      image: 'https://example.com/kb-probe.png',
    });
    expect(found.profile).toEqual(profile);
    expect(await there.liveArticles()).toEqual([]);
    expect(
      JSON.parse(await readFile(join(there.root, '.kb/sandbox.profile.json'), 'utf8')),
    ).toEqual(profile);
    await there.review();
    await there.publish({ allow: ['first-publish'] });
    const plan = await there.plan();
    expect({ changes: plan.changes, held: plan.held }).toEqual({ changes: [], held: [] });
  });

  test('tells the difference to the last profile; a second time there is none', async () => {
    const there = await opened();
    await there.call('PUT', '/_sandbox/profile', { callouts: 'flattened', olStart: 'kept' });
    const wish = { image: 'https://example.com/kb-probe.png' };
    const first = await probeCommand(there.context(), wish);
    expect(
      first.probes
        .filter(({ isChanged }) => isChanged)
        .map(({ habit, before, value }) => [habit, before, value]),
    ).toEqual([
      ['callouts', 'kept', 'flattened'],
      ['olStart', 'stripped', 'kept'],
    ]);
    expect(first.probes.map(({ habit }) => habit)).toEqual(Object.keys(habits));
    expect(existsSync(first.file)).toBe(true);
    const second = await probeCommand(there.context(), wish);
    expect(second.probes.filter(({ isChanged }) => isChanged)).toEqual([]);
  });
});
