import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mergedValue } from '../merge/index.ts';
import type { Collection } from '../model/article.ts';
import type { RecordedCollection } from '../model/recorded.ts';
import type { LiveCollection } from '../model/snapshot.ts';
import { editYamlFile } from '../repository/editing/write-front-matter.ts';
import type { KeyChange } from '../repository/index.ts';
import { collectionTextPath } from '../repository/schema/collection-schema.ts';
import type { Context } from './context.ts';
import { type LeftThere, type Outcome, plainOutcome } from './pull-outcome.ts';
import type { WorkspaceState } from './workspace-state.ts';

/** Titles and descriptions of collections that were changed there, merged into their files. */
export async function pullCollections(
  context: Context,
  state: WorkspaceState,
  isAsked: (id: string) => boolean,
): Promise<{ outcomes: Outcome[]; left: LeftThere[] }> {
  const outcomes: Outcome[] = [];
  const left: LeftThere[] = [];
  const { recorded, actual, content } = state;
  for (const [id, entry] of Object.entries(recorded.collections)) {
    const collection = content.collections.find((item) => item.id === id);
    if (collection === undefined || !isAsked(id)) continue;
    const live = actual.collections.find(({ intercomId }) => intercomId === entry.intercomId);
    if (live === undefined) {
      left.push({
        id,
        locale: null,
        reason: 'deleted in Intercom',
        hint: `Remove ${collection.path}/, or kb publish --recreate ${id} makes it again.`,
      });
      continue;
    }
    if (live.parentId !== entry.parentIntercomId) {
      left.push({
        id,
        locale: null,
        reason: 'stands in another collection in Intercom',
        hint: `Move the folder ${collection.path}, or kb publish moves it back.`,
      });
    }
    const { changes, disputed } = textChanges(collection, entry, live);
    left.push(...disputed);
    if (changes.length === 0) continue;
    const source = await readFile(join(context.contentDir, collection.file), 'utf8');
    const pulled = {
      file: collection.file,
      id,
      locale: null,
      action: 'updated' as const,
      losses: [],
    };
    outcomes.push(plainOutcome(pulled, editYamlFile(source, changes)));
  }
  return { outcomes, left };
}

/** What of a collection's texts changed there: to be set, and what both sides changed. */
function textChanges(
  { id, file, texts }: Collection,
  entry: RecordedCollection,
  live: LiveCollection,
): { changes: KeyChange[]; disputed: LeftThere[] } {
  const changes: KeyChange[] = [];
  const disputed: LeftThere[] = [];
  for (const text of texts) {
    const [known, there] = [entry.texts[text.locale], live.texts[text.locale]];
    if (known === undefined || there === undefined) continue;
    for (const name of ['title', 'description'] as const) {
      if (there[name] === known.echo[name]) continue;
      const merged = mergedValue(known[name], text[name], there[name]);
      if (merged === undefined) {
        disputed.push({
          id,
          locale: text.locale,
          reason: `${name} changed here and in Intercom, there to "${there[name]}"`,
          hint: `Write the one you want into ${file}; kb publish --only ${id} sends it.`,
        });
      } else if (merged !== text[name]) {
        changes.push({ path: [...collectionTextPath(text.locale), name], value: merged });
      }
    }
  }
  return { changes, disputed };
}
