/** The floor of a cold plan, as its own process: read, gray-matter and markdown-it over every file. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import matter from 'gray-matter';
import MarkdownIt from 'markdown-it';

const [root = '.'] = process.argv.slice(2);
const markdown = new MarkdownIt({ html: true });
let letters = 0;
for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
  if (!name.endsWith('.md')) continue;
  // The options switch the cache off: without them a second run would read nothing.
  const { content } = matter(readFileSync(join(root, name), 'utf8'), {});
  letters += markdown.render(content).length;
}
if (letters === 0) throw new Error(`${root} holds no Markdown`);
