import { describe, expect, it } from 'vitest';
import { readDesired } from '../../src/commands/desired.ts';
import { offlinePlan } from '../../src/commands/offline-plan.ts';
import type { Plan } from '../../src/plan/plan.ts';
import {
  article,
  collection,
  type Situation,
  situation,
  workspaceConfig,
} from '../support/workspace.ts';

const files = {
  ...collection('hilfe', { de: 'Hilfe', en: 'Help' }),
  ...collection('konto', { de: 'Konto', en: 'Account' }),
  ...article(
    'hilfe/a',
    { de: { title: 'A', body: 'Siehe [B](b.de.md#teil).\n' }, en: { title: 'A en' } },
    { tags: '[eins]', author: 'redaktion@example.com' },
  ),
  ...article('hilfe/b', { de: { title: 'B', body: '## Teil {#teil}\n\nText.\n' } }),
  ...article('hilfe/c', { de: { title: 'C', body: '![Bild](../assets/bild.png)\n' } }),
  ...article('hilfe/d', { de: { title: 'D' } }),
  ...article('hilfe/team', { de: { title: 'Team' } }, { visibility: 'internal' }),
  ...Object.assign(
    {},
    ...[1, 2, 3, 4, 5, 6].map((n) => article(`hilfe/x${n}`, { de: { title: `X${n}` } })),
  ),
  'assets/bild.png': new Uint8Array([137, 80, 78, 71, 1]),
};

/** Everything a pull request can do, beside a text that stays. */
async function change(there: Situation): Promise<void> {
  await there.change('hilfe/a.de.md', 'Siehe', 'Mehr steht in');
  await there.change('hilfe/a.de.md', '[eins]', '[eins, zwei]');
  await there.review(['hilfe-a']);
  await there.change('hilfe/b.de.md', 'Text.', 'Anderer Text, den niemand gelesen hat.');
  await there.change('hilfe/d.de.md', 'title:', 'publication: draft\ntitle:');
  await there.remove('hilfe/x1.de.md');
  await there.write({
    ...article('konto/neu', { de: { title: 'Neu', body: 'Siehe [A](../hilfe/a.de.md).\n' } }),
    ...article('konto/offen', { de: { title: 'Offen' } }),
    ...article('konto/kaputt', { de: { title: 'Kaputt', body: '<script>x</script>\n' } }),
  });
  await there.review(['konto-neu']);
}

/** What a plan says, without what only the service knows. */
function said({ changes, withheld, held, summary }: Plan) {
  return {
    changes: changes
      .filter(({ kind }) => kind === 'article' || kind === 'collection')
      .map(({ action, kind, id, locale, reason, fields }) => ({
        ...{ action, kind, id, locale, reason },
        fields: fields.map(({ name }) => name),
      })),
    withheld,
    held,
    unchanged: summary.unchanged,
  };
}

describe('a plan without a token', () => {
  it('says what a plan with one says, against the ledger', async () => {
    const there = await situation({ config: workspaceConfig(), files });
    await there.review();
    await there.publish();
    const recorded = await there.ledger();
    const same = offlinePlan(there.context(), await readDesired(there.contentDir, '2026-11-22'), {
      kind: 'ledger',
      recorded,
      base: null,
    });
    expect(same.plan.changes).toEqual([]);
    await change(there);
    const online = await there.plan();
    const read = await readDesired(there.contentDir, '2026-11-22');
    const { plan } = offlinePlan(there.context(), read, { kind: 'ledger', recorded, base: null });
    expect(said(plan)).toEqual(said(online));
    expect(said(plan).changes.length).toBe(5);
    expect(plan.guards.filter(({ tripped }) => tripped)).toEqual([]);
  });

  it('says the same against main, where there is no ledger, with both bodies', async () => {
    const there = await situation({ config: workspaceConfig(), files });
    await there.review();
    await there.publish();
    const base = await readDesired(there.contentDir, '2026-11-22');
    await change(there);
    const online = await there.plan();
    const read = await readDesired(there.contentDir, '2026-11-22');
    const { plan, texts } = offlinePlan(there.context(), read, { kind: 'main', base });
    expect(said(plan)).toEqual(said(online));
    const update = plan.changes.find(({ id, locale }) => id === 'hilfe-a' && locale === 'de');
    const bodies = update === undefined ? null : texts(update);
    expect(JSON.stringify(bodies?.before)).toContain('Siehe');
    expect(JSON.stringify(bodies?.after)).toContain('Mehr steht in');
  });
});
