import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/model/hash.ts';
import { readAsset } from '../../../src/repository/index.ts';
import { contentTree } from '../../support/content-builder.ts';

describe('readAsset', () => {
  const asset = { path: 'assets/a.png', hash: sha256('bytes') };

  it('reads the bytes that were hashed', async () => {
    const root = await contentTree({ 'assets/a.png': 'bytes' });
    expect(Buffer.from(await readAsset(root, asset)).toString()).toBe('bytes');
  });

  it('refuses others', async () => {
    const root = await contentTree({ 'assets/a.png': 'bytes' });
    await writeFile(join(root, 'assets/a.png'), 'other');
    await expect(readAsset(root, asset)).rejects.toMatchObject({ code: 'asset-changed' });
    await expect(readAsset(root, { ...asset, path: '../a.png' })).rejects.toMatchObject({
      code: 'path',
    });
  });
});
