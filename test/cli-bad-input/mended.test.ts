import { describe, expect, it } from 'vitest';
import { runKb, temporaryFolders, writeKnowledgeBase } from './kb-process.ts';

const newFolder = temporaryFolders();

describe('found by hostile trees, and mended', () => {
  it('a duplicate collection is told as what holds the articles of the other folder', async () => {
    const cwd = await writeKnowledgeBase(await newFolder(), {
      'content/aaa/_collection.yaml': 'id: konto\nde: { title: Noch einmal }\n',
    });
    const ran = await runKb(['check', '--format', 'json'], { cwd });
    expect(ran.stdout).toContain('"rule": "id-duplicate"');
    expect(ran.stdout).toContain('has no usable _collection.yaml');
    expect(ran.stdout).toContain('kb check says what is wrong with it');
  });

  it('colours of a text are not taken for ours', async () => {
    const cwd = await writeKnowledgeBase(await newFolder(), {
      'content/konto/neu.de.md':
        '---\nid: neu\ntitle: Neu\n"k\\u001b[8mhidden\\u001b[0m": 1\n---\n\nText.\n',
    });
    const ran = await runKb(['check'], { cwd, env: { FORCE_COLOR: '1' } });
    expect(ran.stdout).toContain('hidden');
    expect(ran.stdout).not.toContain('\u001b[8m');
  });
});
