import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { check } from '../../src/check/index.ts';
import { canonicalJson } from '../../src/model/canonical-json.ts';
import type { Content } from '../../src/model/content.ts';
import { defaultProfile } from '../../src/model/profile.ts';
import {
  type Loaded,
  openPreview,
  type Preview,
  type PreviewOptions,
  type ServedPreview,
  servePreview,
} from '../../src/preview/index.ts';
import { noPorts } from '../../src/preview/preview-ports.ts';
import { emptyFolder } from '../support/content-builder.ts';

export const today = '2026-11-22';

export function optionsFor(root: string, more: Partial<PreviewOptions> = {}): PreviewOptions {
  return {
    root,
    today,
    ports: noPorts(defaultProfile),
    editor: null,
    hosted: async () => null,
    ...more,
  };
}

/** A preview of a folder that has read all of it, closed after the test. */
export async function previewOf(
  root: string,
  more: Partial<PreviewOptions> = {},
): Promise<Preview & Loaded> {
  const preview = await openPreview(optionsFor(root, more));
  onTestFinished(() => preview.close());
  const loaded = await preview.load();
  await loaded.watch.ready;
  return { ...preview, ...loaded };
}

/** A preview that is served, closed after the test. */
export async function servedPreviewOf(
  root: string,
  more: Partial<PreviewOptions> = {},
): Promise<{ preview: Preview & Loaded; served: ServedPreview }> {
  const preview = await previewOf(root, more);
  const served = await servePreview(preview, 0);
  onTestFinished(() => served.close());
  return { preview, served };
}

/** A copy of the sample content, removed after the test. */
export async function sampleCopy(): Promise<string> {
  const folder = await emptyFolder();
  const root = join(folder, 'content');
  cpSync(new URL('../../content', import.meta.url), root, { recursive: true });
  return root;
}

/** All that a content says, as one text: two of them can be compared. */
export function stateOf(content: Content): string {
  const { assets, root: _root, ...rest } = content;
  return canonicalJson({ ...rest, assets: [...assets].sort(([a], [b]) => (a < b ? -1 : 1)) });
}

/** All findings of a content, as one text. */
export function findingsOf(content: Content, source: (file: string) => string | undefined): string {
  return JSON.stringify(check(content, today, { get: source }));
}
