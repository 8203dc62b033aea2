import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Content path → what stands in the file. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A kb.yaml that needs no thought: German source, English translation, a sandbox workspace. */
export const plainConfig = `defaultLocale: de
locales: [de, en]
workspaces:
  sandbox: { region: eu, endpoint: "http://127.0.0.1:4400", tokenEnv: KB_SANDBOX_TOKEN, author: redaktion@example.com }
`;

/** A content folder in the temporary directory, removed after the test. A plain kb.yaml is added where none is given. */
export async function contentTree(files: Files): Promise<string> {
  const root = await emptyFolder();
  await writeFiles(root, { 'kb.yaml': plainConfig, ...files });
  return root;
}

/** An empty temporary folder, removed after the test. */
export async function emptyFolder(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'reviewed-kb-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  return root;
}

/** Writes files below a folder, making the folders they need. */
export async function writeFiles(root: string, files: Files): Promise<void> {
  for (const [path, data] of Object.entries(files)) {
    const absolute = join(root, path);
    await mkdir(dirname(absolute), { recursive: true });
    await writeFile(absolute, data);
  }
}

/** An article file: front matter from keys (values as YAML), then the body. */
export function articleText(keys: Readonly<Record<string, string>>, body = 'Text.\n'): string {
  const lines = Object.entries(keys).map(([key, value]) => `${key}: ${value}\n`);
  return `---\n${lines.join('')}---\n\n${body}`;
}

/** A `_collection.yaml` with a title in German and English. */
export function collectionText(id: string): string {
  return `id: ${id}\nde:\n  title: ${id} de\n  description: Beschreibung.\nen:\n  title: ${id} en\n  description: Description.\n`;
}
