import { cpSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createContentReader } from '../../src/preview/reading/content-reader.ts';
import { readContent } from '../../src/repository/index.ts';
import { articleText, contentTree, writeFiles } from '../support/content-builder.ts';
import { isProof, proof } from '../support/proof.ts';
import { findingsOf, previewOf, sampleCopy, stateOf } from './preview-setup.ts';

const paths = (...names: string[]) => ({ paths: new Set(names), walk: false });

describe('a content reader', () => {
  it('reads what readContent reads', async () => {
    const root = await sampleCopy();
    const { content } = await createContentReader(root).read('everything');
    expect(stateOf(content)).toBe(stateOf(await readContent(root)));
  });

  it('makes only the changed text anew, and keeps the others as they are', async () => {
    const root = await sampleCopy();
    const reader = createContentReader(root);
    const before = await reader.read('everything');
    const file = 'konto/passwort-zuruecksetzen.de.md';
    const text = await readFile(join(root, file), 'utf8');
    await writeFile(join(root, file), `${text}\nNeuer Satz.\n`);
    const after = await reader.read(paths(file));
    const changed = after.content.articles.filter(
      (article) => !before.content.articles.includes(article),
    );
    expect(changed.map(({ path }) => path)).toEqual(['konto/passwort-zuruecksetzen']);
    expect(stateOf(after.content)).toBe(stateOf(await readContent(root)));
  });

  it('keeps everything when a file is written again as it was', async () => {
    const root = await sampleCopy();
    const reader = createContentReader(root);
    const before = await reader.read('everything');
    const file = 'konto/passwort-zuruecksetzen.de.md';
    await writeFile(join(root, file), await readFile(join(root, file)));
    expect((await reader.read(paths(file))).content).toBe(before.content);
  });

  it('makes texts anew whose variable, include, image or link target changed, and no others', async () => {
    const root = await contentTree({
      'kb.yaml': 'defaultLocale: de\nlocales: [de]\nvariables: { name: Eins, other: Zwei }\n',
      'a.de.md': articleText({ id: 'a', title: 'A' }, '{{ name }} [b](b.de.md)\n'),
      'b.de.md': articleText({ id: 'b', title: 'B' }, '{{> stueck }}\n\n![x](assets/x.png)\n'),
      'c.de.md': articleText({ id: 'c', title: 'C' }, 'Nur Text, {{ other }}.\n'),
      '_includes/stueck.de.md': 'Ein Stück.\n',
      'assets/x.png': 'eins',
    });
    const reader = createContentReader(root);
    let last = (await reader.read('everything')).content;
    const change = async (file: string, text: string | null): Promise<string[]> => {
      if (text === null) await rm(join(root, file));
      else await writeFiles(root, { [file]: text });
      const { content } = await reader.read({ paths: new Set([file]), walk: true });
      const fresh = content.articles.filter((article) => !last.articles.includes(article));
      last = content;
      expect(stateOf(content)).toBe(stateOf(await readContent(root)));
      return fresh.map(({ id }) => id);
    };
    expect(await change('_includes/stueck.de.md', 'Ein anderes.\n')).toEqual(['b']);
    expect(await change('assets/x.png', 'zwei')).toEqual(['b']);
    expect(await change('b.de.md', null)).toEqual(['a']);
    expect(
      await change(
        'kb.yaml',
        'defaultLocale: de\nlocales: [de]\nvariables: { name: Drei, other: Zwei }\n',
      ),
    ).toContain('a');
  });

  it('says what is wrong while kb.yaml is gone, and misses nothing meanwhile', async () => {
    const root = await sampleCopy();
    const reader = createContentReader(root);
    await reader.read('everything');
    const config = await readFile(join(root, 'kb.yaml'));
    await rm(join(root, 'kb.yaml'));
    await expect(reader.read({ paths: new Set(['kb.yaml']), walk: true })).rejects.toThrow(
      /no kb\.yaml/,
    );
    const file = 'konto/passwort-zuruecksetzen.de.md';
    const text = await readFile(join(root, file), 'utf8');
    await writeFile(
      join(root, file),
      text.replace('Passwort zurücksetzen', 'Passwort zurUECKsetzen'),
    );
    await expect(reader.read(paths(file))).rejects.toThrow(/no kb\.yaml/);
    await writeFile(join(root, 'kb.yaml'), config);
    const { content } = await reader.read({ paths: new Set(['kb.yaml']), walk: true });
    expect(stateOf(content)).toBe(stateOf(await readContent(root)));
  });
});

/** A small generator of numbers, the same in every run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

describe('watching', { timeout: 600_000 }, () => {
  it('knows after any file operations what a fresh start would know', async () => {
    const root = await sampleCopy();
    const preview = await previewOf(root);
    const roll = dice(20_261_122);
    const total = isProof ? 1000 : 120;
    for (let done = 0; done < total; ) {
      const burst = 1 + roll(12);
      for (let index = 0; index < burst; index += 1) await operate(root, roll);
      done += burst;
      await expect
        .poll(
          async () => {
            await preview.watch.idle();
            const fresh = await readContent(root);
            return stateOf(preview.knowledge.content) === stateOf(fresh);
          },
          { timeout: 20_000, interval: 15 },
        )
        .toBe(true);
      const { knowledge } = preview;
      expect(knowledge.trouble).toBe(null);
      for (const article of knowledge.content.articles.slice(0, 5)) {
        knowledge.findingsOf(article);
      }
      await knowledge.settle();
      const known = [...knowledge.findings().byFile.values()].flat();
      const source = (file: string) => knowledge.source(file);
      const wanted = findingsOf(await readContent(root), source);
      expect(JSON.stringify(sorted(known))).toBe(JSON.stringify(sorted(JSON.parse(wanted))));
    }
    proof('file operations under watch, state equal to a fresh start', total);
  });
});

describe('watching a content folder that goes away', { timeout: 60_000 }, () => {
  it.each(['moved away and back', 'removed and made again'])(
    '%s: it is followed again',
    async (how) => {
      const root = await sampleCopy();
      const { knowledge, watch } = await previewOf(root);
      const aside = `${root}-aside`;
      cpSync(root, aside, { recursive: true });
      const soon = { timeout: 20_000, interval: 15 };
      if (how.startsWith('moved')) await rename(root, `${aside}-2`);
      else await rm(root, { recursive: true });
      await expect.poll(() => knowledge.trouble?.code, soon).toBe('no-content');
      expect(knowledge.content.articles.length).toBeGreaterThan(20);
      await rename(how.startsWith('moved') ? `${aside}-2` : aside, root);
      await expect.poll(() => knowledge.trouble, soon).toBe(null);
      const file = join(root, 'konto/passwort-zuruecksetzen.de.md');
      await writeFile(file, `${await readFile(file, 'utf8')}\nWieder da.\n`);
      await expect
        .poll(async () => {
          await watch.idle();
          return knowledge.source('konto/passwort-zuruecksetzen.de.md');
        }, soon)
        .toContain('Wieder da.');
    },
  );
});

function sorted(findings: readonly unknown[]): unknown[] {
  return findings.map((one) => JSON.stringify(one)).sort();
}

const folders = ['konto', 'planen', 'planen/daten', 'abrechnung', 'neu', 'neu/tiefer'];

/** One thing that people, editors and git do to files. */
async function operate(root: string, roll: (below: number) => number): Promise<void> {
  const folder = folders[roll(folders.length)] ?? 'konto';
  const name = `text-${roll(8)}`;
  const locale = roll(3) === 0 ? 'en' : 'de';
  const file = join(root, folder, `${name}.${locale}.md`);
  const body = `---\nid: ${name}-${roll(6)}\ntitle: Titel ${roll(20)}\nquestions: [Frage ${roll(4)}?]\n---\n\nText ${roll(1000)} [weiter](text-${roll(8)}.de.md#a-${roll(3)}) {{ product }}\n\n## A ${roll(3)}\n\n{{> datenschutz }}\n\n![Bild](../assets/bild-${roll(3)}.png)\n`;
  await mkdir(dirname(file), { recursive: true });
  switch (roll(12)) {
    case 0:
    case 1:
    case 2:
      return writeFile(file, body);
    case 3:
      return writeFile(file, body.slice(0, roll(body.length)));
    case 4: {
      // As editors save: beside the file, then over it.
      const draft = join(root, folder, `.${name}.swp`);
      await writeFile(draft, body);
      return rename(draft, file);
    }
    case 5:
      return rm(file, { force: true });
    case 6: {
      const to = join(root, folders[roll(folders.length)] ?? 'konto', `text-${roll(8)}.de.md`);
      await mkdir(dirname(to), { recursive: true });
      return rename(file, to).catch(() => undefined);
    }
    case 7:
      return chmod(file, roll(2) === 0 ? 0o600 : 0o644).catch(() => undefined);
    case 8:
      return writeFile(
        join(root, folder, '_collection.yaml'),
        roll(4) === 0 ? 'id: [' : `id: c-${roll(5)}\nde: { title: Sammlung ${roll(9)} }\n`,
      );
    case 9:
      return writeFile(join(root, 'assets', `bild-${roll(3)}.png`), `bild ${roll(5)} ${roll(1e6)}`);
    case 10:
      return writeFile(join(root, '_includes', 'datenschutz.de.md'), `Stück ${roll(50)}\n`);
    default:
      await rm(file, { force: true });
      await writeFile(file, body);
  }
}
