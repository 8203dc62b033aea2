import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { defaultProfile } from '../../src/model/profile.ts';
import { someProfiles } from '../markdown/profiles.ts';
import { isProof } from '../support/proof.ts';
import { hunksOf } from './cross/line-shapes.ts';
import { isSameStored, purePull, saved, storedBody } from './cross/pure-pull.ts';
import { storedEdits } from './cross/stored-edits.ts';

const text = readFileSync(new URL('./cross/articles/anmeldung.md', import.meta.url), 'utf8');
const edit = storedEdits.find(({ name }) => name === 'a word');
const profiles = someProfiles(isProof ? 60 : 4).filter(
  ({ profile }) => profile.preNewlines === 'kept' || isProof,
);

describe('a workspace that stores otherwise than the profile says', () => {
  test.each(profiles)(
    '$name: only the edited line changes, as versions tell what was stored',
    ({ profile }) => {
      const stored = storedBody(text, profile);
      const live = saved(edit?.apply(stored, 'middle') ?? '', profile);
      expect(isSameStored(live, stored)).toBe(false);
      const pulled = purePull({ base: text, ours: text, live, profile, belief: defaultProfile });
      expect(pulled.conflicts).toEqual([]);
      const hunks = hunksOf(text, pulled.body);
      expect(hunks.map(({ removed, added }) => [removed.length, added.length])).toEqual([[1, 1]]);
    },
  );
});
