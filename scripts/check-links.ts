/**
 * Checks the links of README and docs: every relative target exists, every anchor is a heading of it.
 * Addresses on the web are not asked: no network in the checks.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import GithubSlugger from 'github-slugger';
import MarkdownIt from 'markdown-it';

const root = join(import.meta.dirname, '..');
const markdown = new MarkdownIt({ html: true, linkify: false });
const files = [...globSync('*.md', { cwd: root }), ...globSync('docs/**/*.md', { cwd: root })];
const problems: string[] = [];
let links = 0;

for (const file of files) {
  const text = readFileSync(join(root, file), 'utf8');
  for (const { href, line } of linksOf(text)) {
    links += 1;
    const problem = problemWith(file, href);
    if (problem !== null) problems.push(`${file}:${line}  ${href}  ${problem}`);
  }
}

for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(`links: ${links} in ${files.length} files, ${problems.length} broken\n`);
if (files.length === 0 || links === 0 || problems.length > 0) process.exit(1);

function linksOf(text: string): { href: string; line: number }[] {
  return markdown.parse(text, {}).flatMap((block) => {
    const line = (block.map?.[0] ?? 0) + 1;
    return (block.children ?? []).flatMap((token) => {
      const href = token.attrGet('href') ?? token.attrGet('src');
      return href === null ? [] : [{ href: String(href), line }];
    });
  });
}

function problemWith(file: string, href: string): string | null {
  if (/^(https?|mailto):/.test(href)) return null;
  const [path = '', anchor] = href.split('#');
  const target = path === '' ? file : relative(root, join(root, dirname(file), decodeURI(path)));
  if (target.startsWith('..')) return 'leads out of the repository';
  if (!existsSync(join(root, target))) return 'does not exist';
  if (anchor === undefined || !target.endsWith('.md')) return null;
  return anchorsOf(readFileSync(join(root, target), 'utf8')).has(anchor)
    ? null
    : 'has no such heading';
}

function anchorsOf(text: string): Set<string> {
  const slugger = new GithubSlugger();
  const tokens = markdown.parse(text, {});
  return new Set(
    tokens.flatMap((token, index) =>
      token.type === 'heading_open' ? [slugger.slug(tokens[index + 1]?.content ?? '')] : [],
    ),
  );
}
