import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { articleText } from '../support/content-builder.ts';
import { kb, startKb } from '../support/kb.ts';
import { knowledgeBase, smallConfig } from '../support/knowledge-base.ts';
import { isProof, proof } from '../support/proof.ts';
import type { Loose } from '../support/workspace.ts';
import { shapeProblem } from './cross/line-shapes.ts';
import { places, type StoredEdit, storedEdits } from './cross/stored-edits.ts';

const body = readFileSync(new URL('./cross/articles/anmeldung.md', import.meta.url), 'utf8');
const today = ['--today', '2026-11-22'];

interface Opened {
  cwd: string;
  env: Record<string, string>;
  url: string;
}

async function published(): Promise<Opened> {
  const cwd = await knowledgeBase({
    'kb.yaml': `${smallConfig}variables: { product: { de: Beispiel, en: Example } }\nguards: { updatePercent: 100 }\n`,
    'konto/anmeldung.de.md': articleText({ id: 'anmeldung', title: 'Anmeldung' }, body),
  });
  const { firstLine } = await startKb(['sandbox', '--port', '0'], { cwd });
  const opened = { cwd, url: firstLine, env: { KB_SANDBOX_TOKEN: 'any', KB_ENDPOINT: firstLine } };
  await settle(opened);
  return opened;
}

async function settle({ cwd, env }: Opened): Promise<void> {
  const review = ['review', 'konto/anmeldung,konto/', '--by', 'anna@example.com', ...today];
  expect(await kb(review, { cwd })).toMatchObject({ code: 0, stderr: '' });
  const publish = ['publish', '--yes', '--allow', 'first-publish', ...today];
  expect(await kb(publish, { cwd, env })).toMatchObject({ code: 0 });
}

async function call(
  opened: Opened,
  method: string,
  path: string,
  fields?: unknown,
): Promise<Loose> {
  const response = await fetch(`${opened.url}${path}`, {
    method,
    headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
    ...(fields === undefined ? {} : { body: JSON.stringify(fields) }),
  });
  expect(response.ok, `${method} ${path}`).toBe(true);
  return response.json();
}

/** A teammate makes these edits in the browser; false where the article has no place for one. */
async function editThere(
  opened: Opened,
  edits: readonly { edit: StoredEdit; place: (typeof places)[number] }[],
): Promise<boolean> {
  const { data } = await call(opened, 'GET', '/articles?per_page=50');
  const live = data.find(({ title }: { title: string }) => title === 'Anmeldung');
  let html: string | null = live.translated_content.de.body;
  for (const { edit, place } of edits) html = html === null ? null : edit.apply(html, place);
  if (html === null) return false;
  await call(opened, 'POST', `/_sandbox/ui/articles/${live.id}`, {
    translated_content: { de: { body: html } },
  });
  return true;
}

const edits = storedEdits.flatMap((edit) => places.map((place) => ({ edit, place })));
const all = edits.map((first, index) => [first, edits[(index + 29) % edits.length] ?? first]);
const rounds = isProof ? all : [all[46] ?? []];

describe('through the command line', { timeout: 600_000 }, () => {
  test('two edits at once, round after round: in their lines, reviewed and published, and then the plan is empty', async () => {
    const opened = await published();
    const { cwd, env } = opened;
    const file = join(cwd, 'content/konto/anmeldung.de.md');
    let count = 0;
    for (const round of rounds) {
      const before = await readFile(file, 'utf8');
      if (!(await editThere(opened, round))) continue;
      const names = round.map(({ edit, place }) => `${edit.name}, ${place}`).join(' + ');
      const pulled = await kb(['pull', 'anmeldung', '--format', 'json', ...today], { cwd, env });
      expect(pulled.json(), names).toMatchObject({ conflicts: [], branch: null });
      const after = await readFile(file, 'utf8');
      if (after === before) continue;
      const shapes = round.map(({ edit }) => edit.shape);
      expect({ names, problem: shapeProblem(shapes, before, after) }).toEqual({
        names,
        problem: null,
      });
      const waiting = await kb(['plan', '--format', 'json', ...today], { cwd, env });
      expect(waiting.json(), names).toMatchObject({ held: [] });
      await settle(opened);
      const plan = await kb(['plan', '--format', 'json', ...today], { cwd, env });
      expect(plan.json(), names).toMatchObject({ changes: [], held: [] });
      count++;
    }
    proof('two edits at once, through the command line', count);
    expect(count).toBeGreaterThan(0);
  });
});
