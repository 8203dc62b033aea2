import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyFolder, writeFiles } from '../support/content-builder.ts';
import { kb } from '../support/kb.ts';

/** The export that `npm start` begins with. */
const bundled = join(import.meta.dirname, '../../scripts/start/zendesk-export');

async function place(): Promise<string> {
  const cwd = await emptyFolder();
  await writeFiles(cwd, { 'content/kb.yaml': 'defaultLocale: de\nlocales: [de, en]\n' });
  return cwd;
}

describe('kb import zendesk', () => {
  it('imports the bundled export: two locales, files, one broken file named', async () => {
    const cwd = await place();
    const run = await kb(['import', 'zendesk', '--from', bundled, '--format', 'json'], { cwd });
    expect(run.code).toBe(0);
    const json = run.json() as Record<string, Record<string, unknown>[]>;
    expect(Object.keys(json)).toEqual([
      ...['articles', 'collections', 'assets', 'redirects', 'losses', 'skipped', 'failures'],
    ]);
    expect(json.failures).toMatchObject([{ file: 'de/articles/4500008.json' }]);
    expect(json.articles).toHaveLength(10);
    expect(json.assets).toHaveLength(5);
    expect(new Set(json.articles?.map(({ visibility }) => visibility))).toEqual(
      new Set(['public', 'internal']),
    );
    for (const loss of json.losses ?? [])
      expect(Object.keys(loss).toSorted()).toEqual(
        ['article', 'locale', 'construct', 'action', 'line', 'excerpt'].toSorted(),
      );
    const checked = await kb(['check', '--format', 'json'], { cwd });
    expect(checked.json()).toMatchObject({ summary: { errors: 0 } });
  });

  it('looks first, writes a report, and fails on loss where it is asked to', async () => {
    const cwd = await place();
    const flags = ['--dry-run', '--report', 'out', '--fail-on-loss'];
    const run = await kb(['import', 'zendesk', '--from', bundled, ...flags], { cwd });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('nothing was written');
    expect(existsSync(join(cwd, 'content/altes-hilfezentrum'))).toBe(false);
    expect(existsSync(join(cwd, '.kb'))).toBe(false);
    const list = readFileSync(join(cwd, 'out/index.html'), 'utf8');
    expect(list).toContain('texts/1.html');
    expect(list).toContain('_includes/haben-sie-noch-fragen-unser-supp.de.md');
    const page = readFileSync(join(cwd, 'out/texts/1.html'), 'utf8');
    expect(page).toMatch(/<mark id="L\d+">/);
    expect(JSON.parse(readFileSync(join(cwd, 'out/report.json'), 'utf8'))).toMatchObject({
      repeated: [{ count: 3 }],
    });
  });

  it('says what is missing', async () => {
    const cwd = await place();
    const none = await kb(['import', 'zendesk'], { cwd });
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('--from')]);
    const gone = await kb(['import', 'zendesk', '--from', 'gone'], { cwd });
    expect([gone.code, gone.stderr]).toEqual([2, expect.stringContaining('no file or folder')]);
  });
});
