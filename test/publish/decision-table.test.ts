import { article } from '../support/workspace.ts';
import {
  base,
  describeRows,
  editBody,
  forgetA,
  idOf,
  markTranslated,
  newArticle,
  type Row,
  rewrite,
} from './decision-row.ts';

/** The rows of docs/sync.md's table for texts. */
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
    lost: ['held ambiguous: konto-a', 'unmanaged article: A'],
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
    lost: ['held ambiguous: konto-a', 'unmanaged article: A'],
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
    lost: ['held ambiguous: konto-a', 'unmanaged article: A'],
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
    lost: ['held ambiguous: konto-a', 'unmanaged article: A'],
  },
  {
    row: 'changed, not approved · changed: conflict',
    async happens(there) {
      await editBody(there, 'A');
      await rewrite(there, 'konto/a.de.md');
    },
    plan: ['held conflict: konto-a de'],
    isEditedThere: true,
    lost: ['held ambiguous: konto-a', 'unmanaged article: A'],
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
    lost: [
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
    lost: ['update konto-c en (title body publication fin)'],
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
    lost: ['withheld: konto-neu de', 'withheld: konto-neu en'],
  },
  {
    row: 'new, published without AI',
    config: 'review: { require: stamp, unreviewed: publish-without-ai }\n',
    happens: (there) => there.write(newArticle),
    plan: [
      'create konto-neu de (title body publication fin)',
      'create konto-neu en (title body publication fin)',
    ],
    lost: [
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
    lost: [
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
    lost: [
      'adopt konto-a de',
      'adopt konto-a en',
      'adopt konto-b de',
      'adopt konto-b en',
      'held ambiguous: konto-c de',
    ],
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
    lost: [
      'held ambiguous: konto-c',
      'unmanaged article: C',
      'update konto-a de (fin)',
      'update konto-a en (fin)',
      'update konto-b de (fin)',
      'update konto-b en (fin)',
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
    lost: ['held ambiguous: konto-c', 'unmanaged article: C'],
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
    lost: [
      'create konto-a de (title body publication fin)',
      'create konto-a en (title body publication fin)',
      'held ambiguous: konto-c',
      'unmanaged article: C',
    ],
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
    lost: ['held ambiguous: konto-b', 'unmanaged article: B'],
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
    lost: [
      'held ambiguous: konto-a de',
      'held ambiguous: konto-a en',
      'held ambiguous: konto-b de',
      'held ambiguous: konto-b en',
      'held ambiguous: konto-c de',
    ],
  },
  {
    row: 'a withheld text loses the AI that its writer took back',
    async happens(there) {
      await there.change('konto/a.de.md', 'title:', 'fin: { agent: false }\ntitle:');
    },
    plan: ['update konto-a de (fin)', 'withheld: konto-a de'],
    again: ['withheld: konto-a de'],
    lost: ['held ambiguous: konto-a de'],
  },
  {
    row: 'a withheld text is taken off the help center without review',
    async happens(there) {
      await rewrite(there, 'konto/a.de.md');
      await there.change('konto/a.de.md', 'title:', 'publication: draft\ntitle:');
    },
    plan: ['unpublish konto-a de (publication)', 'withheld: konto-a de'],
    again: ['withheld: konto-a de'],
    lost: ['held ambiguous: konto-a', 'unmanaged article: A'],
  },
  {
    row: 'publication: draft, approved: unpublish, and back',
    async happens(there) {
      await there.change('konto/a.de.md', 'title:', 'publication: draft\ntitle:');
      await there.publish();
      await there.change('konto/a.de.md', 'publication: draft\n', '');
    },
    plan: ['publish konto-a de (publication)'],
    lost: ['held ambiguous: konto-a de'],
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
    lost: [
      'held ambiguous: konto-zwilling',
      'unmanaged article: Zwilling',
      'unmanaged article: Zwilling',
    ],
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
    lost: ['unmanaged article: A'],
  },
  {
    row: 'removed · as recorded: report',
    config: 'onRemove: report\n',
    happens: (there) => there.remove('konto/a.de.md', 'konto/a.en.md'),
    plan: ['unmanaged article: A'],
    lost: ['unmanaged article: A'],
  },
  {
    row: 'removed · changed: conflict',
    async happens(there) {
      await editBody(there, 'A');
      await there.remove('konto/a.de.md', 'konto/a.en.md');
    },
    plan: ['held conflict: konto-a'],
    isEditedThere: true,
    lost: ['unmanaged article: A'],
  },
  {
    row: 'removed · gone: forget',
    async happens(there) {
      await there.deleteThere(await idOf(there, 'A'));
      await there.remove('konto/a.de.md', 'konto/a.en.md');
    },
    plan: [],
    lost: [],
  },
  {
    row: 'removed while another file is unreadable: held',
    async happens(there) {
      await there.remove('konto/a.de.md', 'konto/a.en.md');
      await there.change('konto/b.de.md', 'id: konto-b', 'id: [');
    },
    plan: ['held invalid: konto-b', 'held invalid: konto-a'],
    lost: ['unmanaged article: A', 'unmanaged article: B'],
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
    lost: ['held ambiguous: konto-a de', 'held ambiguous: konto-a en'],
  },
  {
    row: 'reappears after removal, not approved: withheld',
    async happens(there) {
      await there.remove('konto/a.de.md', 'konto/a.en.md');
      await there.publish();
      await there.write(article('konto/a', { de: { title: 'A', body: 'Anders.\n' } }));
    },
    plan: ['withheld: konto-a de'],
    lost: ['held ambiguous: konto-a', 'unmanaged article: A'],
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
    lost: [
      'create konto-a de (title body publication fin)',
      'create konto-a en (title body publication fin)',
    ],
  },
  {
    row: 'present · gone: missing',
    happens: async (there) => there.deleteThere(await idOf(there, 'A')),
    plan: ['held missing: konto-a'],
    lost: [
      'create konto-a de (title body publication fin)',
      'create konto-a en (title body publication fin)',
    ],
  },
  {
    row: 'present · gone, --recreate: create',
    recreate: ['konto/a'],
    happens: async (there) => there.deleteThere(await idOf(there, 'A')),
    plan: [
      'create konto-a de (title body publication fin)',
      'create konto-a en (title body publication fin)',
    ],
    lost: [
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
    lost: ['create konto-a de (title body publication fin)', 'withheld: konto-a en'],
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
    lost: [
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
    lost: ['held ambiguous: konto-a', 'unmanaged article: A'],
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
    lost: ['unmanaged locale: A en en'],
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
    lost: ['held ambiguous: konto-a en'],
  },
  {
    row: 'locale removed · edited there: conflict',
    async happens(there) {
      await editBody(there, 'A', 'en');
      await there.remove('konto/a.en.md');
    },
    plan: ['held conflict: konto-a en'],
    isEditedThere: true,
    lost: ['unmanaged locale: A en en'],
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
    lost: [
      'held ambiguous: konto-a',
      'unmanaged article: A',
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
    lost: [
      'held links-to-held: konto-e de',
      'held links-to-withheld: konto-d de',
      'withheld: konto-neu de',
      'withheld: konto-neu en',
    ],
  },
  {
    row: 'title changed there: drift, held',
    happens: async (there) =>
      there.editThere(await idOf(there, 'C'), {
        translated_content: { de: { title: 'C von Hand' } },
      }),
    plan: ['held drift: konto-c de'],
    isEditedThere: true,
    lost: ['create konto-c de (title body publication fin)', 'unmanaged article: C von Hand'],
  },
  {
    row: 'AI switched on there: drift, held',
    happens: async (there) =>
      there.editThere(await idOf(there, 'C'), {
        translated_content: { de: { ai_sales_agent_availability: true } },
      }),
    plan: ['held drift: konto-c de'],
    isEditedThere: true,
    lost: ['update konto-c de (fin)'],
  },
  {
    row: 'unpublished there: drift, held',
    happens: async (there) =>
      there.editThere(await idOf(there, 'C'), { translated_content: { de: { state: 'draft' } } }),
    plan: ['held drift: konto-c de'],
    lost: ['held ambiguous: konto-c de'],
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
    lost: ['held no-default-locale: nur-en'],
  },
  {
    row: 'an error in one text: it is held, the others go on',
    async happens(there) {
      await there.change('konto/a.de.md', 'Ein Satz', 'Ein <script>Satz</script>');
      await rewrite(there, 'konto/b.de.md');
      await there.review(['konto/b']);
    },
    plan: ['update konto-b de (body)', 'held invalid: konto-a de'],
    lost: [
      'held ambiguous: konto-a',
      'held ambiguous: konto-b',
      'unmanaged article: A',
      'unmanaged article: B',
    ],
  },
];

describeRows(rows);
