import { describe, expect, it } from 'vitest';
import { check } from '../../src/check/index.ts';
import type { Content } from '../../src/model/content.ts';
import { checked, english, german, today } from './checked.ts';

const k = { 'k/_collection.yaml': 'id: k\nde:\n  title: K\nen:\n  title: K\n' };

describe('check', () => {
  it('tells every problem at once, sorted by file, line and column', async () => {
    const { findings } = await checked({
      ...k,
      'k/b.de.md': german('b', '<script>x</script>\n\n[a](fehlt.de.md)\n\n{{ nichts }}\n'),
      'k/a.de.md': '---\nid: a\ntitle: A\nfalsch: 1\n---\n\nText.\n',
    });
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ file, line, rule }) => `${file}:${line} ${rule}`)).toEqual([
      'k/a.de.md:4 schema',
      'k/b.de.md:6 html-allowed',
      'k/b.de.md:8 link-target',
      'k/b.de.md:10 variable-unknown',
    ]);
    const keys = findings.map(
      ({ file, line, column }) =>
        `${file} ${String(line).padStart(5)} ${String(column).padStart(5)}`,
    );
    expect(keys).toEqual([...keys].sort());
  });

  it('needs no sources, then without exact places of front matter and fixes in texts', async () => {
    const { content } = await checked({
      ...k,
      'k/a.de.md': german('a', '[b](b.md)\n'),
      'k/b.de.md': german('b', 'Text.\n', { title: 'TODO' }),
    });
    const findings = check(content, today);
    expect(findings.find(({ rule }) => rule === 'link-target')).toMatchObject({
      line: 6,
      fixable: false,
      fix: null,
    });
    expect(findings.find(({ rule }) => rule === 'placeholder')).toMatchObject({
      line: 1,
      column: 1,
    });
  });

  it('does not lose a problem whose rule it does not know', async () => {
    const { content } = await checked({ ...k, 'k/a.de.md': german('a', 'Text.\n') });
    const problem = {
      rule: 'new-rule',
      message: 'x',
      hint: null,
      line: 7,
      column: 3,
      include: null,
    };
    const changed: Content = {
      ...content,
      articles: content.articles.map((article) => ({
        ...article,
        translations: article.translations.map((one) => ({ ...one, problems: [problem] })),
      })),
    };
    expect(check(changed, today)).toContainEqual({
      rule: 'new-rule',
      severity: 'error',
      file: 'k/a.de.md',
      line: 7,
      column: 3,
      message: 'x',
      hint: null,
      fixable: false,
      fix: null,
    });
  });

  it('gives the same findings whatever it was asked before, and changes nothing', async () => {
    const { content, findings, root } = await checked({
      ...k,
      'k/a.de.md': german('a', '[b](c.de.md)\n\n![x](y.png)\n'),
    });
    const before = JSON.stringify(content);
    expect(check(content, today).map(({ message }) => message)).toEqual(
      findings.map(({ message }) => message),
    );
    expect(JSON.stringify(content)).toBe(before);
    expect(JSON.stringify(findings)).not.toContain(root);
  });
});

describe('invalidItems', () => {
  it('holds one locale for an error in its text, all for one in the source’s front matter', async () => {
    const { invalid } = await checked({
      ...k,
      'k/gut.de.md': german('gut', 'Text.\n'),
      'k/text.de.md': german('text', '<script>x</script>\n\nText.\n'),
      'k/text.en.md': english('text', 'Text.\n'),
      'k/uebersetzung.de.md': german('uebersetzung', 'Text.\n'),
      'k/uebersetzung.en.md': english('uebersetzung', 'Text.\n', { tags: '[x]' }),
      'k/kopf.de.md': german('kopf', 'Text.\n', { visibilty: 'internal' }),
      'k/kopf.en.md': english('kopf', 'Text.\n'),
    });
    expect(invalid.articles.get('gut')).toBeUndefined();
    expect(invalid.articles.get('text')).toEqual({
      whole: null,
      locales: new Map([['de', 'k/text.de.md:6 <script> is not allowed in an article']]),
    });
    expect(invalid.articles.get('uebersetzung')?.whole).toBeNull();
    expect([...(invalid.articles.get('uebersetzung')?.locales.keys() ?? [])]).toEqual(['en']);
    expect(invalid.articles.get('kopf')?.whole).toContain('k/kopf.de.md:4');
    expect(invalid.configuration).toBeNull();
  });

  it('holds the locale whose file cannot be read: it is not removed', async () => {
    const { invalid, content } = await checked({
      ...k,
      'k/a.de.md': german('a', 'Text.\n'),
      'k/a.en.md': new Uint8Array([45, 45, 45, 10, 0xff, 0xfe]),
    });
    expect(content.articles[0]?.translations.map(({ locale }) => locale)).toEqual(['de']);
    expect(invalid.articles.get('a')?.whole).toBeNull();
    expect(invalid.articles.get('a')?.locales.get('en')).toContain('k/a.en.md:');
  });

  it('holds a collection for its file’s errors, and says that kb.yaml has some', async () => {
    const { invalid } = await checked({
      'kb.yaml': 'defaultLocale: de\nlocales: [de]\nfoo: 1\n',
      'k/_collection.yaml': 'id: k\nordre: 1\nde:\n  title: K\n',
      'k/a.de.md': german('a', 'Text.\n'),
    });
    expect(invalid.collections.get('k')).toContain('k/_collection.yaml:2');
    expect(invalid.configuration).toContain('kb.yaml:3');
    expect(invalid.articles.size).toBe(0);
  });

  it('holds nothing for warnings', async () => {
    const { invalid, findings } = await checked({
      ...k,
      'k/a.de.md': german('a', '#### Tief\n\nTODO ![](https://example.com/x.png)\n'),
    });
    expect(findings.length).toBeGreaterThan(3);
    expect(invalid.articles.size + invalid.collections.size).toBe(0);
  });

  it('holds both articles that claim one id', async () => {
    const { invalid } = await checked({
      ...k,
      'k/a.de.md': german('gleich', 'Text.\n'),
      'k/b.de.md': german('gleich', 'Text.\n'),
    });
    expect(invalid.articles.get('gleich')?.whole).toContain('k/a.de.md');
  });
});
