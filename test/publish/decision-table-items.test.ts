import { article, collection, type Situation } from '../support/workspace.ts';
import {
  base,
  describeRows,
  editBody,
  giveTags,
  idOf,
  type Row,
  rewrite,
  tagThere,
  textAt,
} from './decision-row.ts';

async function collectionThere(there: Situation, title: string): Promise<string> {
  const found = (await there.liveCollections()).find((item) => item.name === title);
  return String(found?.id);
}

async function moveThere(there: Situation, title: string, to: string): Promise<void> {
  await there.editThere(await idOf(there, title), {
    parent_id: Number(await collectionThere(there, to)),
    parent_type: 'collection',
  });
}

async function renameThere(there: Situation, from: string, to: string): Promise<void> {
  const id = await collectionThere(there, from);
  await there.call('PUT', `/help_center/collections/${id}`, { name: to });
}

const oldAddress = (there: Situation) => `${there.url}/help/hc/de/articles/alt`;

/** @returns the line that went into the front matter */
async function redirectTo(there: Situation, path: string): Promise<string> {
  const line = `redirects: ["${oldAddress(there)}"]\n`;
  await there.change(path, 'title:', `${line}title:`);
  return line;
}

async function redirectRoute(there: Situation): Promise<string> {
  const { data } = await there.call('GET', '/help_center/help_centers');
  return `/help_center/help_centers/${data[0].id}/redirects`;
}

async function deleteRedirectThere(there: Situation): Promise<void> {
  const route = await redirectRoute(there);
  const { data } = await there.call('GET', route);
  await there.call('DELETE', `${route}/${data[0].id}`);
}

async function leadElsewhereThere(there: Situation, title: string): Promise<void> {
  await deleteRedirectThere(there);
  await there.call('POST', await redirectRoute(there), {
    from_url: oldAddress(there),
    locale: 'de',
    target_type: 'article',
    target_id: await idOf(there, title),
  });
}

async function withInternal(there: Situation): Promise<void> {
  const keys = { visibility: 'internal' };
  await there.write(article('konto/intern', { de: { title: 'Intern' } }, keys));
  await there.review(['konto/intern']);
  await there.publish();
}

async function internalIdOf(there: Situation): Promise<string> {
  const { data } = await there.call('GET', '/internal_articles');
  return String(data[0].id);
}

async function editInternalThere(there: Situation): Promise<void> {
  await there.call('PUT', `/internal_articles/${await internalIdOf(there)}`, {
    body: '<p>Von Hand geändert.</p>',
  });
}

/** The rows of docs/sync.md's table for what belongs to the whole of an item. */
const rows: readonly Row[] = [
  {
    row: 'withheld text, article moved: the move only',
    async happens(there) {
      const text = String(base['konto/c.de.md']);
      await there.remove('konto/c.de.md');
      await there.write({ 'technik/c.de.md': text.replace('Ein Satz', 'Ein neuer Satz') });
    },
    plan: ['move konto-c (collection)', 'withheld: konto-c de'],
    lost: ['held ambiguous: konto-c', 'unmanaged article: C'],
  },
  {
    row: 'moved and renamed, text unchanged: the move, one write',
    async happens(there) {
      await there.write({ 'technik/ganz-neu.de.md': await textAt(there, 'konto/c.de.md') });
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
    lost: ['move konto-c (collection)'],
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
      await there.write({
        'technik/c.de.md': await textAt(there, 'konto/c.de.md'),
      });
      await there.remove('konto/c.de.md');
    },
    plan: [],
    lost: [],
  },
  {
    row: 'moved into a withheld new collection: held',
    async happens(there) {
      await there.write({
        ...collection('neu', { de: 'Neu', en: 'New' }),
        'neu/c.de.md': await textAt(there, 'konto/c.de.md'),
      });
      await there.remove('konto/c.de.md');
    },
    plan: ['held links-to-withheld: konto-c', 'withheld: k-neu de', 'withheld: k-neu en'],
    lost: ['held links-to-withheld: konto-c', 'withheld: k-neu de', 'withheld: k-neu en'],
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
    lost: ['withheld: k-neu de', 'withheld: k-neu-innen de'],
  },
  {
    row: 'collection text edited there: drift, held',
    async happens(there) {
      const [konto] = (await there.liveCollections()).filter((item) => item.name === 'Konto');
      await there.call('PUT', `/help_center/collections/${konto.id}`, { name: 'Konten' });
    },
    plan: ['held drift: k-konto de'],
    lost: ['held ambiguous: k-konto de'],
  },
  {
    row: 'tags changed there: drift, held',
    async happens(there) {
      await giveTags(there, '[eins]');
      await tagThere(there, 'C', 'von-hand');
    },
    plan: ['held drift: konto-c'],
    lost: ['update konto-c (tags)'],
  },
  {
    row: 'tags changed there: drift, restored',
    config: 'onDrift: restore\n',
    async happens(there) {
      await giveTags(there, '[eins]');
      await tagThere(there, 'C', 'von-hand');
    },
    plan: ['update konto-c (tags)'],
    lost: ['update konto-c (tags)'],
  },
  {
    row: 'tags changed there and here: conflict',
    async happens(there) {
      await giveTags(there, '[eins]');
      await tagThere(there, 'C', 'von-hand');
      await there.change('konto/c.de.md', '[eins]', '[eins, zwei]');
    },
    plan: ['held conflict: konto-c'],
    lost: ['create tag zwei', 'update konto-c (tags)'],
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
    lost: ['held ambiguous: konto-c', 'unmanaged article: C'],
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
    lost: [],
  },
  {
    row: 'public, now internal: taken off the help center, an internal one created',
    async happens(there) {
      await there.change('konto/c.de.md', 'title:', 'visibility: internal\ntitle:');
      await there.review(['konto/c']);
    },
    plan: ['create konto-c de (title body fin)', 'unpublish konto-c de (publication fin)'],
    isEditedThere: true,
    lost: ['create konto-c de (title body fin)', 'unmanaged article: C'],
  },
  {
    row: 'public, now for users: taken off until a person restricts it',
    async happens(there) {
      await there.change('konto/c.de.md', 'title:', 'visibility: users\ntitle:');
      await there.review(['konto/c']);
    },
    plan: ['unpublish konto-c de (publication)', 'held manual-step: konto-c'],
    lost: ['held manual-step: konto-c', 'unpublish konto-c de (publication)'],
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
    row: 'moved there: restored',
    config: 'onDrift: restore\n',
    happens: (there) => moveThere(there, 'C', 'Technik'),
    plan: ['move konto-c (collection)'],
    lost: ['move konto-c (collection)'],
  },
  {
    row: 'moved there and here, to different places: conflict',
    async happens(there) {
      await moveThere(there, 'C', 'Technik');
      await there.write({
        ...collection('neu', { de: 'Neu' }),
        'neu/c.de.md': await textAt(there, 'konto/c.de.md'),
      });
      await there.remove('konto/c.de.md');
      await there.review(['neu']);
    },
    plan: ['create collection k-neu de (title description)', 'held conflict: konto-c'],
    lost: ['create collection k-neu de (title description)', 'move konto-c (collection)'],
  },
  {
    row: 'collection text edited there: restored',
    config: 'onDrift: restore\n',
    happens: (there) => renameThere(there, 'Konto', 'Konten'),
    plan: ['update collection k-konto de (title)'],
    lost: ['held ambiguous: k-konto de'],
  },
  {
    row: 'collection text edited there and here: conflict',
    async happens(there) {
      await renameThere(there, 'Konto', 'Konten');
      await there.change('konto/_collection.yaml', '"Konto"', '"Dein Konto"');
      await there.review(['konto']);
    },
    plan: ['held conflict: k-konto de'],
    lost: ['held ambiguous: k-konto de'],
  },
  {
    row: 'collection text changed, approved: update',
    async happens(there) {
      await there.change('konto/_collection.yaml', '"Konto"', '"Dein Konto"');
      await there.review(['konto']);
    },
    plan: ['update collection k-konto de (title)'],
    lost: ['held ambiguous: k-konto de'],
  },
  {
    row: 'collection text changed, not approved: withheld',
    happens: (there) => there.change('konto/_collection.yaml', '"Konto"', '"Dein Konto"'),
    plan: ['withheld: k-konto de'],
    lost: ['held ambiguous: k-konto de'],
  },
  {
    row: 'collection moved into another: the move only',
    async happens(there) {
      for (const path of [
        '_collection.yaml',
        'c.de.md',
        'a.de.md',
        'a.en.md',
        'b.de.md',
        'b.en.md',
      ])
        await there.write({ [`technik/konto/${path}`]: await textAt(there, `konto/${path}`) });
      await there.remove('konto');
    },
    plan: ['move collection k-konto (collection)'],
    lost: ['move collection k-konto (collection)'],
  },
  {
    row: 'collection gone there: missing, what stood in it has moved there',
    async happens(there) {
      const [technik] = (await there.liveCollections()).filter((item) => item.name === 'Technik');
      await there.call('DELETE', `/help_center/collections/${technik.id}`);
    },
    plan: ['held missing: k-technik'],
    lost: [
      'create collection k-technik de (title description)',
      'create collection k-technik en (title description)',
    ],
  },
  {
    row: 'empty collection removed: left, listed',
    happens: (there) => there.remove('technik'),
    plan: ['unmanaged collection: Technik'],
    lost: ['unmanaged collection: Technik'],
  },
  {
    row: 'empty collection removed, onRemove: delete',
    config: 'onRemove: delete\n',
    happens: (there) => there.remove('technik'),
    plan: ['delete collection k-technik'],
    lost: ['unmanaged collection: Technik'],
  },
  {
    row: 'a schedule is pending in the UI: held',
    async happens(there) {
      await there.editThere(await idOf(there, 'C'), {
        scheduled_publish_at: '2027-06-01T08:00:00Z',
      });
    },
    plan: ['held pending-draft: konto-c'],
    lost: ['held pending-draft: konto-c'],
  },
  {
    row: 'an AI audience nobody knows: held',
    async happens(there) {
      await there.change('konto/c.de.md', 'title:', 'finAudiences: [Unbekannt]\ntitle:');
      await there.review(['konto/c']);
    },
    plan: ['held manual-step: konto-c'],
    lost: ['held manual-step: konto-c'],
  },
  {
    row: 'redirect added: one write',
    async happens(there) {
      await redirectTo(there, 'konto/c.de.md');
    },
    plan: ['redirect redirect /alt de (target)'],
    lost: ['redirect redirect /alt de (target)'],
  },
  {
    row: 'redirect taken out of the front matter: deleted',
    async happens(there) {
      const line = await redirectTo(there, 'konto/c.de.md');
      await there.publish();
      await there.change('konto/c.de.md', line, '');
    },
    plan: ['delete redirect /alt de (target)'],
    lost: [],
  },
  {
    row: 'redirect deleted there: missing',
    async happens(there) {
      await redirectTo(there, 'konto/c.de.md');
      await there.publish();
      await deleteRedirectThere(there);
    },
    plan: ['held missing: konto-c de'],
    lost: ['redirect redirect /alt de (target)'],
  },
  {
    row: 'redirect led elsewhere there: conflict',
    async happens(there) {
      await redirectTo(there, 'konto/c.de.md');
      await there.publish();
      await leadElsewhereThere(there, 'B');
    },
    plan: ['held conflict: konto-c de'],
    lost: ['held conflict: konto-c de'],
  },
  {
    row: 'public, now internal · edited there: conflict, the internal one is created',
    async happens(there) {
      await editBody(there, 'C');
      await there.change('konto/c.de.md', 'title:', 'visibility: internal\ntitle:');
      await there.review(['konto/c']);
    },
    plan: ['create konto-c de (title body fin)', 'held conflict: konto-c de'],
    isEditedThere: true,
    lost: ['held ambiguous: konto-c', 'unmanaged article: C'],
  },
  {
    row: 'internal, changed, approved: update',
    async happens(there) {
      await withInternal(there);
      await rewrite(there, 'konto/intern.de.md');
      await there.review(['konto/intern']);
    },
    plan: ['update konto-intern de (body)'],
    lost: ['held ambiguous: konto-intern de'],
  },
  {
    row: 'internal, changed, not approved: withheld',
    async happens(there) {
      await withInternal(there);
      await rewrite(there, 'konto/intern.de.md');
    },
    plan: ['withheld: konto-intern de'],
    lost: ['held ambiguous: konto-intern de'],
  },
  {
    row: 'internal, edited there: drift, held',
    async happens(there) {
      await withInternal(there);
      await editInternalThere(there);
    },
    plan: ['held drift: konto-intern de'],
    isEditedThere: true,
    lost: ['held ambiguous: konto-intern de'],
  },
  {
    row: 'internal, edited there and here: conflict',
    async happens(there) {
      await withInternal(there);
      await editInternalThere(there);
      await rewrite(there, 'konto/intern.de.md');
      await there.review(['konto/intern']);
    },
    plan: ['held conflict: konto-intern de'],
    isEditedThere: true,
    lost: ['held ambiguous: konto-intern de'],
  },
  {
    row: 'internal, removed: the AI loses it',
    async happens(there) {
      await withInternal(there);
      await there.remove('konto/intern.de.md');
    },
    plan: ['unpublish konto-intern de (fin)', 'unmanaged article: Intern de'],
    again: [],
    lost: [],
  },
  {
    row: 'internal, removed, onRemove: delete',
    config: 'onRemove: delete\n',
    async happens(there) {
      await withInternal(there);
      await there.remove('konto/intern.de.md');
    },
    plan: ['delete konto-intern de'],
    lost: [],
  },
  {
    row: 'internal, removed · edited there: conflict',
    async happens(there) {
      await withInternal(there);
      await editInternalThere(there);
      await there.remove('konto/intern.de.md');
    },
    plan: ['held conflict: konto-intern de'],
    isEditedThere: true,
    lost: [],
  },
  {
    row: 'internal, gone there: missing',
    async happens(there) {
      await withInternal(there);
      await there.call('DELETE', `/internal_articles/${await internalIdOf(there)}`);
    },
    plan: ['held missing: konto-intern de'],
    lost: ['create konto-intern de (title body fin)'],
  },
  {
    row: 'internal, gone there, --recreate: create',
    recreate: ['konto/intern'],
    async happens(there) {
      await withInternal(there);
      await there.call('DELETE', `/internal_articles/${await internalIdOf(there)}`);
    },
    plan: ['create konto-intern de (title body fin)'],
    lost: ['create konto-intern de (title body fin)'],
  },
];

describeRows(rows);
