import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { auditCommand } from '../../src/commands/audit.ts';
import type { Confirm } from '../../src/commands/availability.ts';
import { quarantineCommand } from '../../src/commands/quarantine.ts';
import { agents } from '../../src/model/config.ts';
import { auditCsv, auditPage } from '../../src/report/audit.ts';
import {
  article,
  collection,
  type Situation,
  situation,
  workspaceConfig,
} from '../support/workspace.ts';

/** A number from 0 to below 1 that depends on the seed alone. */
function randomFrom(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

async function readBy(there: Situation): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const agent of agents) {
    found[agent] = (await there.fin(agent)).map(({ id, locale }) => `${id} ${locale}`).sort();
  }
  return found;
}

async function audited(there: Situation): Promise<Record<string, string[]>> {
  const { sources } = await auditCommand(there.context(), { fix: false });
  return Object.fromEntries(
    agents.map((agent) => [
      agent,
      sources
        .filter((source) => source.agents.includes(agent))
        .map(({ intercomId, locale }) => `${intercomId} ${locale}`)
        .sort(),
    ]),
  );
}

/** A help center in which some of everything happened. */
async function randomWorkspace(seed: number): Promise<Situation> {
  const random = randomFrom(seed);
  const chance = (share: number) => random() < share;
  const names = Array.from({ length: 6 }, (_, index) => `hilfe/a${index}`);
  const there = await situation({
    isValidated: false,
    isWatched: false,
    config: workspaceConfig(
      `guards: { updatePercent: 100, deletePercent: 100 }\nai: { agent: true, copilot: true, salesAgent: ${chance(0.5)}, baseline: ${chance(0.5)} }\n`,
    ),
    files: {
      ...collection('hilfe', { de: 'Hilfe', en: 'Help' }),
      ...Object.assign(
        {},
        ...names.map((name, index) =>
          article(
            name,
            {
              de: { title: `Titel ${index}` },
              ...(chance(0.5) ? { en: { title: `Title ${index}` } } : {}),
            },
            chance(0.2) ? { visibility: 'internal' } : {},
          ),
        ),
      ),
    },
  });
  const day = { today: '2026-11-22' };
  for (const name of names) {
    if (chance(0.3)) await there.review([name], { ...day, until: '2027-01-31' });
    else await there.review([name], day);
  }
  await there.review(['hilfe/'], day);
  await there.publish({ allow: ['first-publish'] });
  for (const live of await there.liveArticles()) {
    if (chance(0.3)) {
      await there.editThere(live.id, {
        translated_content: { de: { body: `<p>Anders ${random()}</p>` } },
      });
    }
    if (chance(0.2))
      await there.editThere(live.id, { translated_content: { de: { state: 'draft' } } });
    if (chance(0.2)) {
      await there.editThere(live.id, {
        translated_content: { de: { ai_sales_agent_availability: true } },
      });
    }
  }
  for (let index = 0; index < 3; index++) {
    await there.createThere({
      title: `Fremd ${index}`,
      body: '<p>Nicht von hier.</p>',
      state: chance(0.7) ? 'published' : 'draft',
      ai_chatbot_availability: chance(0.6),
      ai_copilot_availability: chance(0.6),
    });
  }
  const [{ id: author } = { id: '' }] = (await there.call('GET', '/admins')).admins;
  await there.call('POST', '/internal_articles', {
    title: 'Intern und fremd',
    body: '<p>Nur für das Team.</p>',
    author_id: Number(author),
    owner_id: Number(author),
    ai_chatbot_availability: chance(0.5),
    ai_copilot_availability: chance(0.5),
  });
  return there;
}

const seeds = Array.from({ length: process.env.KB_PROVE === '1' ? 40 : 6 }, (_, seed) => seed);

describe('audit', () => {
  test.each(seeds)(
    'in the random workspace %i it is what Fin reads, and --fix leaves only what is approved',
    async (seed) => {
      const there = await randomWorkspace(seed);
      const before = await readBy(there);
      expect(await audited(there)).toEqual(before);
      const fixed = await auditCommand(there.context(), { fix: true });
      expect(fixed.changes.map(({ error }) => error).filter((error) => error !== null)).toEqual([]);
      const after = await auditCommand(there.context(), { fix: false });
      expect(after.summary.violations).toBe(0);
      expect(after.sources.every(({ approval }) => approval !== null)).toBe(true);
      expect(await audited(there)).toEqual(await readBy(there));
      if (fixed.undo === null) return;
      await quarantineCommand(there.context(), { items: [], undo: fixed.undo });
      expect(await readBy(there)).toEqual(before);
    },
  );

  test('tells drifted, unmanaged and approved sources apart, and a copy as a copy', async () => {
    const there = await situation({
      isValidated: false,
      isWatched: false,
      files: {
        ...article('a', { de: { title: 'Eins' } }),
        ...article('b', { de: { title: 'Zwei' } }),
      },
    });
    await there.review();
    await there.publish({ allow: ['first-publish'] });
    const live = await there.liveArticle('Eins');
    const body: string = live.translated_content.de.body;
    await there.createThere({
      title: 'Eins',
      body,
      state: 'published',
      ai_chatbot_availability: true,
    });
    await there.createThere({
      title: 'Fremd',
      body: '<p>x</p>',
      state: 'published',
      ai_chatbot_availability: true,
    });
    await there.editThere((await there.liveArticle('Zwei')).id, {
      translated_content: { de: { title: 'Zwei!' } },
    });
    const { sources, attest, summary } = await auditCommand(there.context(), { fix: false });
    expect(
      sources.map(({ title, status, isViolation }) => `${title} ${status} ${isViolation}`).sort(),
    ).toEqual([
      'Eins declared false',
      'Eins unmanaged true',
      'Fremd unmanaged true',
      'Zwei! drifted true',
    ]);
    expect(sources.find(({ reason }) => reason.includes('copy of a'))?.title).toBe('Eins');
    expect(attest.join(' ')).toContain('Guidance');
    expect(summary).toMatchObject({
      sources: 4,
      violations: 3,
      declared: 1,
      unmanaged: 2,
      drifted: 1,
    });
  });

  test('--fix and quarantine show what they would do, and write nothing when that is declined', async () => {
    const there = await situation({
      isValidated: false,
      isWatched: false,
      files: article('a', { de: { title: 'Eins' } }),
    });
    await there.review();
    await there.publish({ allow: ['first-publish'] });
    await there.createThere({
      title: 'Fremd',
      body: '<p>x</p>',
      state: 'published',
      ai_chatbot_availability: true,
    });
    const shown: string[][] = [];
    const confirm: Confirm = async (changes) => {
      shown.push(changes.map(({ title }) => title));
      return false;
    };
    const { value, counted } = await there.counting(async () => [
      await auditCommand(there.context(), { fix: true, confirm }),
      await quarantineCommand(there.context(), { items: ['a'], undo: null, confirm }),
    ]);
    expect(shown).toEqual([['Fremd'], ['Eins']]);
    expect(value).toMatchObject([
      { changes: [], undo: null },
      { changes: [], undo: null },
    ]);
    expect(Object.keys(counted.byMethod)).toEqual(['GET']);
    expect(existsSync(join(there.root, '.kb/undo'))).toBe(false);
  });

  test("copies that Intercom's own Zendesk sync leaves are known though title or text differ a little", async () => {
    const body =
      'Der Link zum Zurücksetzen kommt per Mail, gilt eine Stunde und nur einmal. Danach fordern Sie einen neuen an.\n';
    const there = await situation({
      isValidated: false,
      isWatched: false,
      files: article(
        'a',
        { de: { title: 'Passwort zurücksetzen', body } },
        { source: '{ system: zendesk, id: "1", segment: null }' },
      ),
    });
    await there.review();
    await there.publish({ allow: ['first-publish'] });
    const add = (title: string, html: string) =>
      there.createThere({ title, body: html, state: 'published', ai_chatbot_availability: true });
    await add(
      'Passwort  zurücksetzen!',
      '<p>Der Link zum Zurücksetzen kommt per E-Mail, gilt einen Tag. Danach fordern Sie einen neuen an: <a href="https://alt.example.com/hc/de/articles/360001-Passwort">hier</a>.</p>',
    );
    await add('Kennwort', `<p>${body.trim()} Mehr steht hier.</p>`);
    await add(
      'Passwort zurücksetzen',
      '<p>Ganz andere Wörter stehen in diesem Artikel über Katzen.</p>',
    );
    await add(
      'Rechnungen',
      '<p>Siehe <a href="https://alt.example.com/hc/article_attachments/77">die Datei</a>.</p>',
    );
    const { sources, attest } = await auditCommand(there.context(), { fix: false });
    const reasons = sources
      .filter(({ status }) => status === 'unmanaged')
      .map(({ title, reason }) => `${title}: ${reason.split(/[:;,]/)[0]}`)
      .sort();
    expect(reasons).toEqual([
      'Kennwort: looks like a copy of a',
      'Passwort  zurücksetzen!: a copy of a from Zendesk',
      'Passwort zurücksetzen: not from this knowledge base',
      'Rechnungen: not from this knowledge base',
    ]);
    expect(sources.find(({ title }) => title === 'Rechnungen')?.reason).toContain('Zendesk sync');
    expect(attest.join(' ')).toContain('Zendesk sync is disconnected');
  });

  test('quarantine takes one item from every agent, and plan shows it', async () => {
    const there = await situation({
      isValidated: false,
      isWatched: false,
      files: {
        ...article('a', { de: { title: 'Eins' }, en: { title: 'One' } }),
        ...article('b', { de: { title: 'Zwei' } }),
      },
    });
    await there.review();
    await there.publish({ allow: ['first-publish'] });
    const before = await readBy(there);
    const { undo, changes } = await quarantineCommand(there.context(), {
      items: ['a'],
      undo: null,
    });
    expect(changes.map(({ locale, error }) => `${locale} ${error}`).sort()).toEqual([
      'de null',
      'en null',
    ]);
    expect((await there.fin('agent')).map(({ title }) => title)).toEqual(['Zwei']);
    expect((await there.plan()).held.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
      'a drift',
      'a drift',
    ]);
    expect(undo).toMatch(/^\.kb\/undo\/sandbox-2026-11-22-1\.json$/);
    expect(JSON.parse(await readFile(join(there.root, undo ?? ''), 'utf8')).changes).toHaveLength(
      2,
    );
    await quarantineCommand(there.context(), { items: [], undo });
    expect(await readBy(there)).toEqual(before);
    await expect(
      quarantineCommand(there.context(), { items: ['nix'], undo: null }),
    ).rejects.toMatchObject({ code: 'item-unknown' });
  });
});

describe('its files', () => {
  const report = {
    sources: [
      {
        kind: 'article',
        id: 'a',
        intercomId: '1',
        locale: 'de',
        title: '=HYPERLINK("x"), <script>alert(1)</script>',
        agents: ['agent'],
        status: 'unmanaged',
        approval: null,
        isViolation: true,
        reason: 'not from this knowledge base',
      },
    ],
    attest: ['Guidance'],
    summary: { sources: 1, violations: 1 },
    changes: [],
    undo: null,
  };

  test('run nothing that a title holds', () => {
    expect(auditCsv(report)).toContain(`"'=HYPERLINK(""x""), <script>alert(1)</script>"`);
    const page = auditPage(report, { workspace: 'eu', today: '2026-11-22' });
    expect(page).not.toContain('<script>');
    expect(page).toContain('&lt;script&gt;');
    expect(page).toContain('<span class="box"></span> Guidance');
  });
});
