import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { translatedCommand } from '../../src/commands/translated.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { publishAndDie } from '../support/dying-publish.ts';
import { isProof } from '../support/proof.ts';
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
export interface Row {
  row: string;
  happens(there: Situation): Promise<void>;
  /** What the plan says. */
  plan: readonly string[];
  /** What the next plan says once it is published; else what waits goes on waiting, and no more. */
  again?: readonly string[];
  /** What the plan says when the ledger is lost instead, and adopted anew: nothing was published yet. */
  lost: readonly string[];
  config?: string;
  recreate?: readonly string[];
  /** The day it happens; else the day of the first publish. */
  today?: string;
  /** Is something edited in Intercom, so that Fin may read what nobody approved? */
  isEditedThere?: boolean;
}

export const base = {
  ...collection('konto', { de: 'Konto', en: 'Account' }),
  ...collection('technik', { de: 'Technik', en: 'Technology' }),
  ...article('konto/a', { de: { title: 'A' }, en: { title: 'A en' } }),
  ...article('konto/b', { de: { title: 'B' }, en: { title: 'B en' } }),
  ...article('konto/c', { de: { title: 'C' } }),
};

export const idOf = async (there: Situation, title: string) =>
  String((await there.liveArticle(title)).id);

export async function editBody(there: Situation, title: string, locale = 'de'): Promise<void> {
  await there.editThere(await idOf(there, title), {
    translated_content: { [locale]: { body: '<p>Von Hand geändert.</p>' } },
  });
}

export async function rewrite(there: Situation, path: string): Promise<void> {
  await there.change(path, 'Ein Satz', 'Ein neuer Satz');
}

/** Says that the English text translates the German one as it is now. */
export async function markTranslated(there: Situation, path: string): Promise<void> {
  await translatedCommand(there.context(), { items: [path] });
  await there.review([path]);
}

export async function giveTags(there: Situation, tags: string): Promise<void> {
  await there.change('konto/c.de.md', 'title:', `tags: ${tags}\ntitle:`);
  await there.review(['konto/c']);
  await there.publish();
}

export async function tagThere(there: Situation, title: string, name: string): Promise<void> {
  const { id } = await there.call('POST', '/tags', { name });
  await there.call('POST', `/articles/${await idOf(there, title)}/tags`, { id });
}

/** Published, then removed on both sides. */
export async function forgetA(there: Situation): Promise<void> {
  const ledger = await there.ledger();
  const { 'konto-a': a } = ledger.articles;
  if (a === undefined) throw new Error('konto-a is not recorded');
  await there.deleteThere(a.intercomId);
  await there.remove('konto/a.de.md', 'konto/a.en.md');
  await there.publishFreely();
}

export const newArticle = article('konto/neu', { de: { title: 'Neu' }, en: { title: 'Neu en' } });

/** A file of the knowledge base as it is now. */
export async function textAt(there: Situation, path: string): Promise<string> {
  return readFile(join(there.contentDir, path), 'utf8');
}

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

/** Each row as one example: first run, again, killed and run again, and with the ledger lost. */
export function describeRows(rows: readonly Row[]): void {
  describe.each(rows)('$row', (row) => {
    const wishes = { recreate: row.recreate ?? [], ...dayOf(row) };
    const after = [...(row.again ?? waiting(row.plan))].sort();

    test('first run, and again', async () => {
      const there = await afterFirstPublish(row);
      await row.happens(there);
      expect(linesOf(await there.plan(wishes))).toEqual([...row.plan].sort());
      await there.publish(wishes);
      await expectSettled(there, row, after);
    });

    test.each(isProof ? (['before', 'after'] as const) : (['after'] as const))(
      'killed %s its first write, and again',
      async (when) => {
        const there = await afterFirstPublish(row);
        await row.happens(there);
        await publishAndDie(there, 1, when, wishes);
        await there.publish(wishes);
        await expectSettled(there, row, after);
      },
    );

    test('the ledger lost', async () => {
      const there = await afterFirstPublish(row);
      await row.happens(there);
      await there.forgetLedger();
      await there.adopt();
      expect(linesOf(await there.plan(dayOf(row)))).toEqual([...row.lost].sort());
    });
  });
}

/** What waits goes on waiting, and a publish more writes nothing. */
async function expectSettled(there: Situation, row: Row, after: readonly string[]): Promise<void> {
  expect(linesOf(await there.plan(dayOf(row)))).toEqual(after);
  const { counted } = await there.publish(dayOf(row));
  expect(writesOf(counted)).toBe(0);
  expect(linesOf(await there.plan(dayOf(row)))).toEqual(after);
}
