import { cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './processes.ts';

/** The text that is edited, without its ending: the same in every base. */
export const editedPath = 'c0000/passwort-zuruecksetzen';
/** Words of it that an edit adds to. */
export const editedWords = '24 Stunden';

/** Writes a knowledge base of so many articles in one locale, made of the sample's. */
export function writePreviewContent(content: string, articles: number): void {
  const sample = join(root, 'content');
  for (const name of ['assets', '_includes', 'kb.yaml']) {
    cpSync(join(sample, name), join(content, name), { recursive: true });
  }
  const files = globSync('*/**/*.de.md', { cwd: sample })
    .filter((file) => !file.startsWith('_includes'))
    .sort();
  const texts = files.map((file) => ({ file, text: readFileSync(join(sample, file), 'utf8') }));
  for (let index = 0; index < articles; index += 1) {
    const { file, text } = texts[index % texts.length] ?? { file: '', text: '' };
    const folder = `c${String(Math.floor(index / texts.length)).padStart(4, '0')}`;
    if (index % texts.length === 0) writeCollection(content, folder);
    writeFileSync(join(content, folder, basename(file)), inFolder(text, folder));
  }
}

function writeCollection(content: string, folder: string): void {
  mkdirSync(join(content, folder));
  writeFileSync(
    join(content, folder, '_collection.yaml'),
    `id: ${folder}\nde: { title: Sammlung ${folder} }\n`,
  );
}

/** A text of the sample as one of many: ids, titles and questions of its own, links to its neighbours. */
function inFolder(text: string, folder: string): string {
  return text
    .replace(/^id: (.*)$/m, `id: $1-${folder}`)
    .replace(/^title: (.*)$/m, `title: $1 ${folder}`)
    .replace(/^redirects:\n(?: {2}- .*\n)+/m, '')
    .replace(/^( {2}- .*)\?$/gm, `$1 (${folder})?`)
    .replace(/\]\((?:\.\.\/)*(?:[\w-]+\/)*([\w-]+\.de\.md)/g, ']($1')
    .replace(/(?:\.\.\/)+assets/g, '../assets');
}
