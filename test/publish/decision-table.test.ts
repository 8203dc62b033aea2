import { expect, test } from 'vitest';
import { translatedCommand } from '../../src/commands/translated.ts';
import type { Plan } from '../../src/plan/plan.ts';
import {
  article,
  collection,
  type Situation,
  situation,
  workspaceConfig,
  writesOf,
} from '../support/workspace.ts';
import { told, waiting } from './told.ts';

/** What happens after the knowledge base below was published, row by row of docs/sync.md's table. */
interface Row {
  row: string;
  happens(there: Situation): Promise<void>;
  /** What the plan says. */
  plan: readonly string[];
  /** What the next plan says once it is published; else what waits goes on waiting, and no more. */
  again?: readonly string[];
  /** What the plan says after the ledger was lost and adopted anew, with everything still as it was
   * before publishing; absent where the ledger is what the row is about. */
  lost?: readonly string[];
  config?: string;
  recreate?: readonly string[];
  /** The day it happens; else the day of the first publish. */
  today?: string;
  /** Is something edited in Intercom, so that Fin may read what nobody approved? */
  isEditedThere?: boolean;
}

const base = {
  ...collection('konto', { de: 'Konto', en: 'Account' }),
  ...collection('technik', { de: 'Technik', en: 'Technology' }),
  ...article('konto/a', { de: { title: 'A' }, en: { title: 'A en' } }),
  ...article('konto/b', { de: { title: 'B' }, en: { title: 'B en' } }),
  ...article('konto/c', { de: { title: 'C' } }),
};

const idOf = async (there: Situation, title: string) => String((await there.liveArticle(title)).id);

async function editBody(there: Situation, title: string, locale = 'de'): Promise<void> {
  await there.editThere(await idOf(there, title), {
    translated_content: { [locale]: { body: '<p>Von Hand geändert.</p>' } },
  });
}

async function rewrite(there: Situation, path: string): Promise<void> {
  await there.change(path, 'Ein Satz', 'Ein neuer Satz');
}

/** Says that the English text translates the German one as it is now. */
async function markTranslated(there: Situation, path: string): Promise<void> {
  await translatedCommand(there.context(), { items: [path] });
  await there.review([path]);
}

async function giveTags(there: Situation, tags: string): Promise<void> {
  await there.change('konto/c.de.md', 'title:', `tags: ${tags}\ntitle:`);
  await there.review(['konto/c']);
  await there.publish();
}

async function tagThere(there: Situation, title: string, name: string): Promise<void> {
  const { id } = await there.call('POST', '/tags', { name });
  await there.call('POST', `/articles/${await idOf(there, title)}/tags`, { id });
}

/** Published, then removed on both sides. */
async function forgetA(there: Situation): Promise<void> {
  const ledger = await there.ledger();
  const { 'konto-a': a } = ledger.articles;
  if (a === undefined) throw new Error('konto-a is not recorded');
  await there.deleteThere(a.intercomId);
  await there.remove('konto/a.de.md', 'konto/a.en.md');
  await there.publishFreely();
}

const newArticle = article('konto/neu', { de: { title: 'Neu' }, en: { title: 'Neu en' } });

const rows: readonly Row[] = [
  { row: 'same · same: unchanged', happens: async () => {}, plan: [], lost: [] },
  {
    row: 'changed, approved · same: update',
    async happens(there) {
      await rewrite(there, 'konto/a.de.md');
      await there.review(['konto/a']);
    },
    plan: ['update konto-a de (body)'],
    lost: ['held ambiguous: konto-a', 'unmanaged article: A'],
  },
  {
    row: 'changed, not approved · same: withheld',
    happens: (there) => rewrite(there, 'konto/a.de.md'),
    plan: ['withheld: konto-a de'],
  },
  {
    row: 'same · changed: drift, held',
    happens: (there) => editBody(there, 'A'),
    plan: ['held drift: konto-a de'],
    lost: ['held ambiguous: konto-a', 'unmanaged article: A'],
    isEditedThere: true,
  },
  {
    row: 'same · changed: drift, restored',
    config: 'onDrift: restore\n',
    happens: (there) => editBody(there, 'A'),
    plan: ['update konto-a de (body)'],
  },
  {
    row: 'same · changed in another locale: only that one is held',
    async happens(there) {
      await editBody(there, 'A', 'en');
      await rewrite(there, 'konto/a.de.md');
      await there.review(['konto/a.de.md']);
    },
    plan: ['update konto-a de (body)', 'held drift: konto-a en'],
    isEditedThere: true,
  },
  {
    row: 'changed · changed: conflict',
    async happens(there) {
      await editBody(there, 'A');
      await rewrite(there, 'konto/a.de.md');
      await there.review(['konto/a']);
    },
    plan: ['held conflict: konto-a de'],
    isEditedThere: true,
  },
  {
    row: 'changed, not approved · changed: conflict',
    async happens(there) {
      await editBody(there, 'A');
      await rewrite(there, 'konto/a.de.md');
    },
    plan: ['held conflict: konto-a de'],
    isEditedThere: true,
  },
  {
    row: 'equal to actual, whatever was recorded: ledger repaired',
    async happens(there) {
      await there.editThere(await idOf(there, 'A'), {
        translated_content: { de: { body: '<p>Ein neuer Satz über A.</p>' } },
      });
      await rewrite(there, 'konto/a.de.md');
      await there.review(['konto/a']);
    },
    plan: [],
    lost: [],
  },
  {
    row: 'equal to actual, not approved: no write, listed as withheld',
    async happens(there) {
      await there.editThere(await idOf(there, 'A'), {
        translated_content: { de: { body: '<p>Ein neuer Satz über A.</p>' } },
      });
      await rewrite(there, 'konto/a.de.md');
    },
    plan: ['withheld: konto-a de'],
    lost: ['withheld: konto-a de'],
    isEditedThere: true,
  },
  {
    row: 'new, approved: create',
    async happens(there) {
      await there.write(newArticle);
      await there.review(['konto/neu']);
    },
    plan: [
      'create konto-neu de (title body publication fin)',
      'create konto-neu en (title body publication fin)',
    ],
  },
  {
    row: 'new locale of a live article: update',
    async happens(there) {
      await there.write(article('konto/c', { de: { title: 'C' }, en: { title: 'C en' } }));
      await there.review(['konto/c']);
    },
    plan: ['update konto-c en (title body publication fin)'],
  },
  {
    row: 'new locale, not approved: withheld',
    async happens(there) {
      await there.write({
        'konto/c.en.md': '---\ntitle: C en\n---\n\nA sentence.\n',
      });
    },
    plan: ['withheld: konto-c en'],
    lost: ['withheld: konto-c en'],
  },
  {
    row: 'new, not approved: withheld',
    happens: (there) => there.write(newArticle),
    plan: ['withheld: konto-neu de', 'withheld: konto-neu en'],
    lost: ['withheld: konto-neu de', 'withheld: konto-neu en'],
  },
  {
    row: 'new, the default locale not approved: withheld whole',
    async happens(there) {
      await there.write(newArticle);
      await there.review(['konto/neu.en.md']);
    },
    plan: ['withheld: konto-neu de', 'withheld: konto-neu en'],
  },
  {
    row: 'new, published without AI',
    config: 'review: { require: stamp, unreviewed: publish-without-ai }\n',
    happens: (there) => there.write(newArticle),
    plan: [
      'create konto-neu de (title body publication fin)',
      'create konto-neu en (title body publication fin)',
    ],
  },
  {
    row: 'the AI gate closes, the review has expired: update of availability',
    config: 'review: { require: stamp, maxAge: 30d }\n',
    happens: async () => {},
    today: '2027-01-15',
    plan: [
      'update konto-a de (fin)',
      'update konto-a en (fin)',
      'update konto-b de (fin)',
      'update konto-b en (fin)',
      'update konto-c de (fin)',
    ],
  },
  {
    row: 'the AI gate opens: update of availability',
    config: 'review: { require: stamp, maxAge: 30d }\n',
    async happens(there) {
      await there.publish({ today: '2027-01-15' });
      await there.review(['konto/c'], { today: '2027-01-15' });
    },
    today: '2027-01-15',
    plan: ['update konto-c de (fin)'],
  },
  {
    row: 'the AI gate closes while an edit waits',
    config: 'review: { require: stamp, maxAge: 30d }\n',
    happens: (there) => rewrite(there, 'konto/c.de.md'),
    today: '2027-01-15',
    plan: [
      'update konto-a de (fin)',
      'update konto-a en (fin)',
      'update konto-b de (fin)',
      'update konto-b en (fin)',
      'update konto-c de (fin)',
      'withheld: konto-c de',
    ],
  },
  {
    row: 'the AI gate closes while the text has an error',
    config: 'review: { require: stamp, maxAge: 30d }\n',
    async happens(there) {
      await there.change('konto/c.de.md', 'Ein Satz', 'Ein <script>Satz</script>');
      await there.review(['konto/a', 'konto/b'], { today: '2027-01-15' });
    },
    today: '2027-01-15',
    plan: ['update konto-c de (fin)', 'held invalid: konto-c de'],
  },
  {
    row: 'the AI gate closes while the text links to what is not live',
    config: 'review: { require: stamp, maxAge: 30d }\n',
    async happens(there) {
      await there.change('konto/c.de.md', 'Ein Satz', 'Siehe [a](a.de.md). Ein Satz');
      await there.review(['konto/c']);
      await there.publish();
      await there.deleteThere(await idOf(there, 'A'));
      await there.review(['konto/a', 'konto/b'], { today: '2027-01-15' });
    },
    today: '2027-01-15',
    plan: ['update konto-c de (fin)', 'held missing: konto-a', 'held links-to-held: konto-c de'],
  },
  {
    row: 'the AI gate closes: the source of a translation moved on',
    config: 'translations: { onOutdated: withhold-from-ai }\n',
    async happens(there) {
      await markTranslated(there, 'konto/b');
      await there.publish();
      await rewrite(there, 'konto/b.de.md');
    },
    plan: ['update konto-b en (fin)', 'withheld: konto-b de'],
  },
  {
    row: 'the writer takes the AI back for all: no review needed',
    config: 'ai: { agent: true, copilot: true, salesAgent: false, baseline: false }\n',
    happens: (there) => there.change('kb.yaml', 'ai: { agent: true', 'ai: { agent: false'),
    plan: [
      'update konto-a de (fin)',
      'update konto-a en (fin)',
      'update konto-b de (fin)',
      'update konto-b en (fin)',
      'update konto-c de (fin)',
      'withheld: konto-a de',
      'withheld: konto-a en',
      'withheld: konto-b de',
      'withheld: konto-b en',
      'withheld: konto-c de',
    ],
  },
  {
    row: 'a withheld text loses the AI that its writer took back',
    async happens(there) {
      await there.change('konto/a.de.md', 'title:', 'fin: { agent: false }\ntitle:');
    },
    plan: ['update konto-a de (fin)', 'withheld: konto-a de'],
    again: ['withheld: konto-a de'],
  },
  {
    row: 'a withheld text is taken off the help center without review',
    async happens(there) {
      await rewrite(there, 'konto/a.de.md');
      await there.change('konto/a.de.md', 'title:', 'publication: draft\ntitle:');
    },
    plan: ['unpublish konto-a de (publication)', 'withheld: konto-a de'],
    again: ['withheld: konto-a de'],
  },
  {
    row: 'publication: draft, approved: unpublish, and back',
    async happens(there) {
      await there.change('konto/a.de.md', 'title:', 'publication: draft\ntitle:');
      await there.publish();
      await there.change('konto/a.de.md', 'publication: draft\n', '');
    },
    plan: ['publish konto-a de (publication)'],
  },
  {
    row: 'new · an unmanaged twin: adopt',
    async happens(there) {
      const live = await there.liveArticle('C');
      await there.createThere({
        title: 'Zwilling',
        body: '<p>Ein Satz über Zwilling.</p>',
        state: 'published',
        author_id: live.author_id,
        parent_id: live.parent_ids[0],
        parent_type: 'collection',
        ai_chatbot_availability: true,
        ai_copilot_availability: true,
        ai_sales_agent_availability: false,
      });
      await there.write(article('konto/zwilling', { de: { title: 'Zwilling' } }));
      await there.review(['konto/zwilling']);
    },
    plan: ['adopt konto-zwilling de'],
    lost: [],
  },
  {
    row: 'new · same title and collection, other content: ambiguous',
    async happens(there) {
      const live = await there.liveArticle('C');
      await there.createThere({
        title: 'Zwilling',
        body: '<p>Ganz etwas anderes.</p>',
        parent_id: live.parent_ids[0],
        parent_type: 'collection',
      });
      await there.write(article('konto/zwilling', { de: { title: 'Zwilling' } }));
      await there.review(['konto/zwilling']);
    },
    plan: ['held ambiguous: konto-zwilling', 'unmanaged article: Zwilling'],
    lost: ['held ambiguous: konto-zwilling', 'unmanaged article: Zwilling'],
  },
  {
    row: 'new · several twins: ambiguous',
    async happens(there) {
      const live = await there.liveArticle('C');
      for (const state of ['published', 'published']) {
        await there.createThere({
          title: 'Zwilling',
          body: '<p>Ein Satz über Zwilling.</p>',
          state,
          parent_id: live.parent_ids[0],
          parent_type: 'collection',
        });
      }
      await there.write(article('konto/zwilling', { de: { title: 'Zwilling' } }));
      await there.review(['konto/zwilling']);
    },
    plan: [
      'held ambiguous: konto-zwilling',
      'unmanaged article: Zwilling',
      'unmanaged article: Zwilling',
    ],
    isEditedThere: true,
  },
  {
    row: 'removed · as recorded: unpublish',
    happens: (there) => there.remove('konto/a.de.md', 'konto/a.en.md'),
    plan: ['unpublish konto-a de (publication fin)', 'unpublish konto-a en (publication fin)'],
    lost: ['unmanaged article: A'],
    isEditedThere: false,
  },
  {
    row: 'removed · as recorded: delete',
    config: 'onRemove: delete\n',
    happens: (there) => there.remove('konto/a.de.md', 'konto/a.en.md'),
    plan: ['delete konto-a'],
  },
  {
    row: 'removed · as recorded: report',
    config: 'onRemove: report\n',
    happens: (there) => there.remove('konto/a.de.md', 'konto/a.en.md'),
    plan: ['unmanaged article: A'],
  },
  {
    row: 'removed · changed: conflict',
    async happens(there) {
      await editBody(there, 'A');
      await there.remove('konto/a.de.md', 'konto/a.en.md');
    },
    plan: ['held conflict: konto-a'],
    isEditedThere: true,
  },
  {
    row: 'removed · gone: forget',
    async happens(there) {
      await there.deleteThere(await idOf(there, 'A'));
      await there.remove('konto/a.de.md', 'konto/a.en.md');
    },
    plan: [],
  },
  {
    row: 'removed while another file is unreadable: held',
    async happens(there) {
      await there.remove('konto/a.de.md', 'konto/a.en.md');
      await there.change('konto/b.de.md', 'id: konto-b', 'id: [');
    },
    plan: ['held invalid: konto-b', 'held invalid: konto-a'],
  },
  {
    row: 'reappears after removal: the recorded Intercom id again',
    async happens(there) {
      await there.remove('konto/a.de.md', 'konto/a.en.md');
      await there.publish();
      await there.write(base);
      await there.review();
    },
    plan: ['publish konto-a de (publication fin)', 'publish konto-a en (publication fin)'],
  },
  {
    row: 'reappears after removal, not approved: withheld',
    async happens(there) {
      await there.remove('konto/a.de.md', 'konto/a.en.md');
      await there.publish();
      await there.write(article('konto/a', { de: { title: 'A', body: 'Anders.\n' } }));
    },
    plan: ['withheld: konto-a de'],
  },
  {
    row: 'reappears after it was deleted: create',
    config: 'onRemove: delete\n',
    async happens(there) {
      await there.remove('konto/a.de.md', 'konto/a.en.md');
      await there.publish();
      await there.write(base);
      await there.review();
    },
    plan: [
      'create konto-a de (title body publication fin)',
      'create konto-a en (title body publication fin)',
    ],
  },
  {
    row: 'present · gone: missing',
    happens: async (there) => there.deleteThere(await idOf(there, 'A')),
    plan: ['held missing: konto-a'],
  },
  {
    row: 'present · gone, --recreate: create',
    recreate: ['konto/a'],
    happens: async (there) => there.deleteThere(await idOf(there, 'A')),
    plan: [
      'create konto-a de (title body publication fin)',
      'create konto-a en (title body publication fin)',
    ],
  },
  {
    row: 'present · gone, --recreate, one locale not approved: without it',
    recreate: ['konto/a'],
    async happens(there) {
      await there.deleteThere(await idOf(there, 'A'));
      await rewrite(there, 'konto/a.en.md');
    },
    plan: ['create konto-a de (title body publication fin)', 'withheld: konto-a en'],
  },
  {
    row: 'removed and gone, forgotten: new again',
    async happens(there) {
      await forgetA(there);
      await there.write(base);
      await there.review();
    },
    plan: [
      'create konto-a de (title body publication fin)',
      'create konto-a en (title body publication fin)',
    ],
  },
  {
    row: 'unpublished changes pending in the UI: held',
    async happens(there) {
      const id = await idOf(there, 'A');
      await there.call('PUT', `/articles/${id}/draft`, {
        translated_content: { de: { title: 'A', body: '<p>Entwurf.</p>' } },
      });
      await rewrite(there, 'konto/a.de.md');
      await there.review(['konto/a']);
    },
    plan: ['held pending-draft: konto-a de'],
    isEditedThere: true,
  },
  {
    row: 'locale only live: unmanaged, left, listed',
    async happens(there) {
      await there.editThere(await idOf(there, 'C'), {
        translated_content: { en: { title: 'C by hand', body: '<p>By hand.</p>', state: 'draft' } },
      });
    },
    plan: ['unmanaged locale: C by hand en'],
    lost: ['unmanaged locale: C by hand en'],
  },
  {
    row: 'locale removed: that locale becomes a draft',
    happens: (there) => there.remove('konto/a.en.md'),
    plan: ['unpublish konto-a en (publication fin)'],
  },
  {
    row: 'locale removed, then back: published again',
    async happens(there) {
      await there.remove('konto/a.en.md');
      await there.publish();
      await there.write({ 'konto/a.en.md': base['konto/a.en.md'] ?? '' });
      await there.review(['konto/a']);
    },
    plan: ['publish konto-a en (publication fin)'],
  },
  {
    row: 'locale removed · edited there: conflict',
    async happens(there) {
      await editBody(there, 'A', 'en');
      await there.remove('konto/a.en.md');
    },
    plan: ['held conflict: konto-a en'],
    isEditedThere: true,
  },
  {
    row: 'approved, links to a withheld new article: held',
    async happens(there) {
      await there.write(newArticle);
      await there.change('konto/a.de.md', 'Ein Satz', 'Siehe [neu](neu.de.md). Ein Satz');
      await there.review(['konto/a']);
    },
    plan: [
      'held links-to-withheld: konto-a de',
      'withheld: konto-neu de',
      'withheld: konto-neu en',
    ],
  },
  {
    row: 'new, links to a withheld new article: held, and what links to it too',
    async happens(there) {
      await there.write({
        ...newArticle,
        ...article('konto/d', { de: { title: 'D', body: 'Siehe [neu](neu.de.md).\n' } }),
        ...article('konto/e', { de: { title: 'E', body: 'Siehe [d](d.de.md).\n' } }),
      });
      await there.review(['konto/d', 'konto/e']);
    },
    plan: [
      'held links-to-withheld: konto-d de',
      'held links-to-held: konto-e de',
      'withheld: konto-neu de',
      'withheld: konto-neu en',
    ],
  },
  {
    row: 'withheld text, article moved: the move only',
    async happens(there) {
      const text = String(base['konto/c.de.md']);
      await there.remove('konto/c.de.md');
      await there.write({ 'technik/c.de.md': text.replace('Ein Satz', 'Ein neuer Satz') });
    },
    plan: ['move konto-c (collection)', 'withheld: konto-c de'],
  },
  {
    row: 'moved and renamed, text unchanged: the move, one write',
    async happens(there) {
      const text = (await import('node:fs/promises')).readFile(
        `${there.contentDir}/konto/c.de.md`,
        'utf8',
      );
      await there.write({ 'technik/ganz-neu.de.md': await text });
      await there.remove('konto/c.de.md');
    },
    plan: ['move konto-c (collection)'],
    lost: ['move konto-c (collection)'],
  },
  {
    row: 'moved there: drift, held',
    async happens(there) {
      const [collectionId] = (await there.liveCollections())
        .filter((item) => item.name === 'Technik')
        .map((item) => item.id);
      await there.editThere(await idOf(there, 'C'), {
        parent_id: collectionId,
        parent_type: 'collection',
      });
    },
    plan: ['held drift: konto-c'],
  },
  {
    row: 'moved there and here, to the same place: ledger repaired',
    async happens(there) {
      const [collectionId] = (await there.liveCollections())
        .filter((item) => item.name === 'Technik')
        .map((item) => item.id);
      await there.editThere(await idOf(there, 'C'), {
        parent_id: collectionId,
        parent_type: 'collection',
      });
      const { readFile } = await import('node:fs/promises');
      await there.write({
        'technik/c.de.md': await readFile(`${there.contentDir}/konto/c.de.md`, 'utf8'),
      });
      await there.remove('konto/c.de.md');
    },
    plan: [],
  },
  {
    row: 'moved into a withheld new collection: held',
    async happens(there) {
      const { readFile } = await import('node:fs/promises');
      await there.write({
        ...collection('neu', { de: 'Neu', en: 'New' }),
        'neu/c.de.md': await readFile(`${there.contentDir}/konto/c.de.md`, 'utf8'),
      });
      await there.remove('konto/c.de.md');
    },
    plan: ['held links-to-withheld: konto-c', 'withheld: k-neu de', 'withheld: k-neu en'],
  },
  {
    row: 'new collection inside a withheld new one: withheld with it',
    async happens(there) {
      await there.write({
        ...collection('neu', { de: 'Neu' }),
        ...collection('neu/innen', { de: 'Innen' }),
      });
      await there.review(['neu/innen']);
    },
    plan: ['withheld: k-neu de', 'withheld: k-neu-innen de'],
  },
  {
    row: 'collection text edited there: drift, held',
    async happens(there) {
      const [konto] = (await there.liveCollections()).filter((item) => item.name === 'Konto');
      await there.call('PUT', `/help_center/collections/${konto.id}`, { name: 'Konten' });
    },
    plan: ['held drift: k-konto de'],
  },
  {
    row: 'tags changed there: drift, held',
    async happens(there) {
      await giveTags(there, '[eins]');
      await tagThere(there, 'C', 'von-hand');
    },
    plan: ['held drift: konto-c'],
  },
  {
    row: 'tags changed there: drift, restored',
    config: 'onDrift: restore\n',
    async happens(there) {
      await giveTags(there, '[eins]');
      await tagThere(there, 'C', 'von-hand');
    },
    plan: ['update konto-c (tags)'],
  },
  {
    row: 'tags changed there and here: conflict',
    async happens(there) {
      await giveTags(there, '[eins]');
      await tagThere(there, 'C', 'von-hand');
      await there.change('konto/c.de.md', '[eins]', '[eins, zwei]');
    },
    plan: ['held conflict: konto-c'],
  },
  {
    row: 'tags changed there and here, to the same: ledger repaired',
    async happens(there) {
      await giveTags(there, '[eins]');
      await tagThere(there, 'C', 'von-hand');
      await there.change('konto/c.de.md', '[eins]', '[eins, von-hand]');
    },
    plan: [],
    lost: [],
  },
  {
    row: 'tags that the UI owns: left',
    config: 'uiOwned: [tags]\n',
    async happens(there) {
      await there.change('konto/c.de.md', 'title:', 'tags: [eins]\ntitle:');
      await tagThere(there, 'C', 'von-hand');
    },
    plan: [],
    lost: [],
  },
  {
    row: 'author changed there: drift, held; a text goes on being published, and does not hide it',
    async happens(there) {
      await there.change('konto/c.de.md', 'title:', 'author: redaktion@example.com\ntitle:');
      await there.publish();
      await there.editThere(await idOf(there, 'C'), { author_id: 991_267_002 });
      await rewrite(there, 'konto/c.de.md');
      await there.review(['konto/c']);
    },
    plan: ['update konto-c de (body)', 'held drift: konto-c'],
  },
  {
    row: 'author that the UI owns: left',
    config: 'uiOwned: [author]\n',
    async happens(there) {
      await there.editThere(await idOf(there, 'C'), { author_id: 991_267_002 });
    },
    plan: [],
    lost: [],
  },
  {
    row: 'description that the UI owns: left, on both sides',
    config: 'uiOwned: [description]\n',
    async happens(there) {
      await there.editThere(await idOf(there, 'C'), {
        translated_content: { de: { description: 'Von Hand.' } },
      });
      await there.change('konto/c.de.md', 'title:', 'description: Aus git.\ntitle:');
      await there.review(['konto/c']);
    },
    plan: [],
    lost: [],
  },
  {
    row: 'collection that the UI owns: left',
    config: 'uiOwned: [collection]\n',
    async happens(there) {
      const [technik] = (await there.liveCollections()).filter((item) => item.name === 'Technik');
      await there.editThere(await idOf(there, 'C'), {
        parent_id: technik.id,
        parent_type: 'collection',
      });
    },
    plan: [],
  },
  {
    row: 'title changed there: drift, held',
    happens: async (there) =>
      there.editThere(await idOf(there, 'C'), {
        translated_content: { de: { title: 'C von Hand' } },
      }),
    plan: ['held drift: konto-c de'],
    isEditedThere: true,
  },
  {
    row: 'AI switched on there: drift, held',
    happens: async (there) =>
      there.editThere(await idOf(there, 'C'), {
        translated_content: { de: { ai_sales_agent_availability: true } },
      }),
    plan: ['held drift: konto-c de'],
    isEditedThere: true,
  },
  {
    row: 'unpublished there: drift, held',
    happens: async (there) =>
      there.editThere(await idOf(there, 'C'), { translated_content: { de: { state: 'draft' } } }),
    plan: ['held drift: konto-c de'],
  },
  {
    row: 'public, now internal: taken off the help center, an internal one created',
    async happens(there) {
      await there.change('konto/c.de.md', 'title:', 'visibility: internal\ntitle:');
      await there.review(['konto/c']);
    },
    plan: ['create konto-c de (title body fin)', 'unpublish konto-c de (publication fin)'],
    isEditedThere: true,
  },
  {
    row: 'public, now for users: taken off until a person restricts it',
    async happens(there) {
      await there.change('konto/c.de.md', 'title:', 'visibility: users\ntitle:');
      await there.review(['konto/c']);
    },
    plan: ['unpublish konto-c de (publication)', 'held manual-step: konto-c'],
  },
  {
    row: 'unmanaged article: left alone',
    async happens(there) {
      await there.createThere({ title: 'Fremd', body: '<p>Fremd.</p>' });
    },
    plan: ['unmanaged article: Fremd'],
    lost: ['unmanaged article: Fremd'],
    isEditedThere: true,
  },
  {
    row: 'the default locale is missing: held',
    async happens(there) {
      await there.write({
        'konto/nur-en.en.md': '---\nid: nur-en\ntitle: Only English\n---\n\nA sentence.\n',
      });
      await there.review(['konto/nur-en']);
    },
    plan: ['held no-default-locale: nur-en'],
  },
  {
    row: 'an error in one text: it is held, the others go on',
    async happens(there) {
      await there.change('konto/a.de.md', 'Ein Satz', 'Ein <script>Satz</script>');
      await rewrite(there, 'konto/b.de.md');
      await there.review(['konto/b']);
    },
    plan: ['update konto-b de (body)', 'held invalid: konto-a de'],
  },
];

const approvedConfig = 'guards: { deletePercent: 100, updatePercent: 100 }\n';

async function afterFirstPublish(row: Row): Promise<Situation> {
  const there = await situation({
    files: base,
    config: workspaceConfig(`${approvedConfig}${row.config ?? ''}`),
    isWatched: row.isEditedThere !== true && row.config?.includes('publish-without') !== true,
  });
  await there.review();
  await there.publish();
  return there;
}

const linesOf = (plan: Plan) => told(plan).sort();
const dayOf = ({ today }: Row) => (today === undefined ? {} : { today });

test.each(rows)('$row', async (row) => {
  const wishes = { recreate: row.recreate ?? [], ...dayOf(row) };
  const there = await afterFirstPublish(row);
  await row.happens(there);
  expect(linesOf(await there.plan(wishes))).toEqual([...row.plan].sort());
  await there.publish(wishes);
  const after = row.again ?? waiting(row.plan);
  expect(linesOf(await there.plan(dayOf(row)))).toEqual([...after].sort());
  const { counted } = await there.publish(dayOf(row));
  expect(writesOf(counted)).toBe(0);
  expect(linesOf(await there.plan(dayOf(row)))).toEqual([...after].sort());
});

const lostRows = rows.filter((row) => row.lost !== undefined);

test.each(lostRows)('$row; then the ledger is lost', async (row) => {
  const there = await afterFirstPublish(row);
  await row.happens(there);
  await there.forgetLedger();
  await there.adopt();
  expect(linesOf(await there.plan(dayOf(row)))).toEqual([...(row.lost ?? [])].sort());
});
