import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reviewCommand } from '../../src/commands/review.ts';
import { translatedCommand } from '../../src/commands/translated.ts';
import { proof, share } from '../support/proof.ts';
import { article, type Situation, situation, workspaceConfig } from '../support/workspace.ts';

/** Random lives of a knowledge base; after each publish Fin reads approved texts only, and no plan is left. */

const names = ['a', 'b', 'c', 'd'];
const path = fc.constantFrom(...names);
const locale = fc.constantFrom('de', 'en');
const day = fc.integer({ min: 0, max: 90 });

type Act =
  | { act: 'edit' | 'review' | 'remove' | 'restore' | 'translated'; path: string; locale: string }
  | { act: 'baseline'; path: string; days: number }
  | { act: 'later'; days: number }
  | { act: 'fin' | 'draft' | 'break'; path: string; locale: string }
  | { act: 'link'; path: string; to: string }
  | { act: 'policy'; from: string; to: string }
  | { act: 'publish' };

const policies: readonly [string, string][] = [
  ['unreviewed: withhold', 'unreviewed: publish-without-ai'],
  ['unreviewed: publish-without-ai', 'unreviewed: withhold'],
  ['onExpiry: withhold-from-ai', 'onExpiry: warn'],
  ['onExpiry: warn', 'onExpiry: withhold-from-ai'],
  ['onOutdated: warn', 'onOutdated: withhold-from-ai'],
  ['onOutdated: withhold-from-ai', 'onOutdated: warn'],
  ['ai: { agent: true', 'ai: { agent: false'],
  ['ai: { agent: false', 'ai: { agent: true'],
  ['baseline: false }', 'baseline: true }'],
  ['baseline: true }', 'baseline: false }'],
];

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constantFrom('edit', 'edit', 'review', 'review', 'remove', 'restore', 'translated'),
      path,
      locale,
    }),
  },
  fc.record({ act: fc.constant('baseline' as const), path, days: day }),
  fc.record({ act: fc.constant('later' as const), days: day }),
  fc.record({ act: fc.constantFrom('fin', 'draft', 'break'), path, locale }),
  fc.record({ act: fc.constant('link' as const), path, to: path }),
  fc.constantFrom(...policies).map(([from, to]): Act => ({ act: 'policy', from, to })),
  { weight: 4, arbitrary: fc.constant<Act>({ act: 'publish' }) },
) as fc.Arbitrary<Act>;

const config =
  workspaceConfig(`review: { require: stamp, maxAge: 60d, onExpiry: withhold-from-ai, unreviewed: withhold }
translations: { onOutdated: warn }
ai: { agent: true, copilot: true, salesAgent: false, baseline: false }
guards: { deletePercent: 100, updatePercent: 100 }
`);

function files(name: string) {
  return article(name, {
    de: { title: name.toUpperCase() },
    en: { title: `${name.toUpperCase()} en` },
  });
}

const later = (today: string, days: number) =>
  new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

async function live(there: Situation, acts: readonly Act[]): Promise<number> {
  let today = '2026-11-22';
  let version = 0;
  let publishes = 0;
  const context = () => there.context({ today });
  const text = async (file: string) =>
    (await readdir(there.contentDir)).includes(file)
      ? readFile(join(there.contentDir, file), 'utf8')
      : null;
  const rewrite = async (file: string, change: (before: string) => string) => {
    const before = await text(file);
    if (before !== null) await there.write({ [file]: change(before) });
  };
  for (const step of [...acts, { act: 'publish' } as const]) {
    switch (step.act) {
      case 'edit':
        version += 1;
        await rewrite(`${step.path}.${step.locale}.md`, (t) => `${t}\nFassung ${version}.\n`);
        break;
      case 'fin':
        await rewrite(`${step.path}.${step.locale}.md`, (t) =>
          t.includes('fin:')
            ? t.replace(/fin: .*\n/, '')
            : t.replace('title:', 'fin: { agent: false }\ntitle:'),
        );
        break;
      case 'draft':
        await rewrite(`${step.path}.${step.locale}.md`, (t) =>
          t.includes('publication:')
            ? t.replace('publication: draft\n', '')
            : t.replace('title:', 'publication: draft\ntitle:'),
        );
        break;
      case 'break':
        await rewrite(`${step.path}.${step.locale}.md`, (t) =>
          t.includes('<script>') ? t.replace('<script>', '') : `${t}\n<script>\n`,
        );
        break;
      case 'link':
        await rewrite(`${step.path}.de.md`, (t) => `${t}\nSiehe [dort](${step.to}.de.md).\n`);
        break;
      case 'review':
      case 'baseline':
        if ((await text(`${step.path}.de.md`)) === null) break;
        await reviewCommand(context(), {
          items: [step.path],
          by: 'anna@example.com',
          baseline: step.act === 'baseline',
          until: step.act === 'baseline' ? later(today, step.days) : null,
        });
        break;
      case 'translated':
        if ((await text(`${step.path}.de.md`)) !== null)
          await translatedCommand(context(), { items: [step.path] });
        break;
      case 'remove':
        for (const file of step.locale === 'en' ? ['en'] : ['de', 'en']) {
          if ((await text(`${step.path}.${file}.md`)) !== null)
            await there.remove(`${step.path}.${file}.md`);
        }
        break;
      case 'restore':
        if ((await text(`${step.path}.de.md`)) === null) await there.write(files(step.path));
        break;
      case 'later':
        today = later(today, step.days);
        break;
      case 'policy':
        await rewrite('kb.yaml', (t) => t.replace(step.from, step.to));
        break;
      case 'publish': {
        publishes += 1;
        await there.publish({ today });
        const left = (await there.plan({ today })).changes;
        expect(left).toEqual([]);
        break;
      }
    }
  }
  return publishes;
}

const [seeds = 6] = share([60], [], 6);

test.each(Array.from({ length: seeds }, (_, seed) => ({ seed })))(
  'life $seed: Fin reads approved texts only',
  async ({ seed }) => {
    const [acts = []] = fc.sample(fc.array(act, { minLength: 40, maxLength: 60 }), {
      numRuns: 1,
      seed: 4000 + seed,
    });
    const there = await situation({
      config,
      files: Object.assign({}, ...names.map(files)),
      isValidated: false,
    });
    await there.review();
    await there.publish();
    proof('gate: publishes checked', await live(there, acts));
  },
);
