import type { RecordedArticle, RecordedCollection } from '../model/recorded.ts';
import type { LiveArticle } from '../model/snapshot.ts';
import { type ChangeDraft, type Decision, nothing } from './decision.ts';
import type { PlanInput } from './input.ts';
import { driftedFields } from './live.ts';
import { changeRow, heldAs, textOf } from './rows.ts';
import { withdrawal } from './take-back.ts';

/** What becomes of an article that was published from here and whose files are gone. */
export function decideRemovedArticle(
  id: string,
  recorded: RecordedArticle,
  live: LiveArticle | null,
  input: PlanInput,
): Decision {
  const title = Object.values(recorded.translations)[0]?.title ?? recorded.path;
  if (live === null) return { ...nothing, repairs: [{ key: null, articles: { [id]: null } }] };
  const subject = { id, locale: null, path: recorded.path, title };
  if (input.desired.removalsHeld !== null) {
    const reason = `its files are gone, but ${input.desired.removalsHeld}`;
    return heldAs(subject, { kind: 'invalid', reason, hint: 'kb check' });
  }
  if (live.hasSchedule || Object.values(live.translations).some((text) => text.hasPendingDraft)) {
    return heldAs(subject, {
      kind: 'pending-draft',
      reason: 'its files are gone, and it has a draft or schedule in Intercom',
      hint: 'Settle the draft in Intercom first.',
    });
  }
  if (isEdited(live, recorded)) {
    return heldAs(subject, {
      kind: 'conflict',
      reason: 'its files are gone, and it was edited in Intercom',
      hint: 'Restore the files, or unpublish it in Intercom.',
    });
  }
  switch (input.config.onRemove) {
    case 'report':
      return {
        ...nothing,
        unmanaged: [{ kind: 'article', intercomId: live.intercomId, locale: null, title }],
      };
    case 'delete':
      return {
        ...nothing,
        drafts: [
          changeRow('article', subject, {
            action: 'delete',
            phase: 'remove',
            request: `remove:${id}`,
            reason: 'its files were removed',
            fields: [],
          }),
        ],
      };
    case 'unpublish': {
      const drafts = unpublishDrafts(id, recorded, live);
      return drafts.length > 0 ? { ...nothing, drafts } : buried(id, recorded, input.today);
    }
  }
}

/** Nothing of it is public: only the ledger learns. */
function buried(id: string, last: RecordedArticle, on: string): Decision {
  const articleTombstones = { [id]: { on, deleted: false, last } };
  return { ...nothing, repairs: [{ key: null, articles: { [id]: null }, articleTombstones }] };
}

function isEdited(live: LiveArticle, recorded: RecordedArticle): boolean {
  return Object.entries(recorded.translations).some(([locale, entry]) => {
    const text = live.translations[locale];
    return text === undefined || driftedFields(text, entry.echo).length > 0;
  });
}

function unpublishDrafts(id: string, recorded: RecordedArticle, live: LiveArticle): ChangeDraft[] {
  return Object.entries(recorded.translations).flatMap(([locale, entry]): ChangeDraft[] => {
    const text = live.translations[locale];
    const fields = text === undefined ? [] : withdrawal(text);
    if (fields.length === 0) return [];
    const subject = textOf({ id, path: recorded.path }, { locale, title: entry.title });
    return [
      changeRow('article', subject, {
        action: 'unpublish',
        phase: 'remove',
        request: `remove:${id}`,
        reason: 'its files were removed',
        fields,
      }),
    ];
  });
}

/**
 * A removed collection is deleted only when asked for, and only when nothing lives in it.
 * @param leaving `article <Intercom id>` and `collection <Intercom id>` of what this plan takes out
 */
export function decideRemovedCollection(
  id: string,
  recorded: RecordedCollection,
  input: PlanInput,
  leaving: ReadonlySet<string>,
): Decision {
  const { actual, config, desired } = input;
  const live = actual.collections.find((item) => item.intercomId === recorded.intercomId);
  if (live === undefined)
    return { ...nothing, repairs: [{ key: null, collections: { [id]: null } }] };
  const title = Object.values(recorded.texts)[0]?.title ?? recorded.path;
  const left: Decision = {
    ...nothing,
    unmanaged: [{ kind: 'collection', intercomId: live.intercomId, locale: null, title }],
  };
  const isUsed =
    actual.articles.some(
      ({ parentId, intercomId }) =>
        parentId === live.intercomId && !leaving.has(`article ${intercomId}`),
    ) ||
    actual.collections.some(
      ({ parentId, intercomId }) =>
        parentId === live.intercomId && !leaving.has(`collection ${intercomId}`),
    );
  if (config.onRemove !== 'delete' || isUsed || desired.removalsHeld !== null) return left;
  const draft = changeRow(
    'collection',
    { id, locale: null, path: recorded.path, title },
    {
      action: 'delete',
      phase: 'remove-collection',
      request: `remove-collection:${id}`,
      reason: 'its folder was removed, and nothing is in it',
      fields: [],
    },
  );
  return { ...nothing, drafts: [draft] };
}
