import { defaultProfile, habits, type Profile } from '../../src/model/profile.ts';

const names = Object.keys(habits) as (keyof Profile)[];

function profileOf(
  choose: (values: readonly string[], index: number) => string | undefined,
): Profile {
  return Object.fromEntries(
    names.map((name, index) => [
      name,
      choose(habits[name].values, index) ?? habits[name].values[0],
    ]),
  ) as Profile;
}

/** Profiles to try: no rewriting, all of it, the default, each habit alone, and seeded mixtures. */
export function someProfiles(mixtures: number): { name: string; profile: Profile }[] {
  const noRewriting = profileOf((values) => values[0]);
  const alone = names.flatMap((name) =>
    habits[name].values.slice(1).map((value) => ({
      name: `${name} ${value} alone`,
      profile: { ...noRewriting, [name]: value } as Profile,
    })),
  );
  const mixed = Array.from({ length: mixtures }, (_, seed) => ({
    name: `mixture ${seed}`,
    profile: profileOf(
      (values, index) => values[Math.floor(pseudoRandom(seed * 97 + index) * values.length)],
    ),
  }));
  return [
    { name: 'no rewriting', profile: noRewriting },
    { name: 'all rewriting', profile: profileOf((values) => values.at(-1)) },
    { name: 'default', profile: defaultProfile },
    ...alone,
    ...mixed,
  ];
}

/** A number from 0 to below 1 that depends on the seed alone. */
function pseudoRandom(seed: number): number {
  const scrambled =
    Math.imul((seed + 1) ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(seed + 7, 0xc2b2ae35);
  return ((scrambled ^ (scrambled >>> 15)) >>> 0) / 2 ** 32;
}
