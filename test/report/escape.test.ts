import { describe, expect, it } from 'vitest';
import {
  annotation,
  markdownCode,
  markdownFence,
  markdownText,
  withoutCommands,
  withoutControls,
} from '../../src/report/escape.ts';

describe('Markdown of a comment', () => {
  it.each([
    ['a | b', 'a \\| b'],
    ['`code`', '\\`code\\`'],
    ['**bold** _it_', '\\*\\*bold\\*\\* \\_it\\_'],
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
    ['<!-- kb -->', '&lt;\\!-- kb --&gt;'],
    ['@anna', '@\u200banna'],
    ['see #418', 'see #\u200b418'],
    ['[x](y)', '\\[x\\](y)'],
    ['a\nb', 'a b'],
    ['https://example.com', 'https:\u200b//example.com'],
    ['1. x', '\\1. x'],
    ['\u202egpj.exe', 'gpj.exe'],
  ])('%j', (text, shown) => {
    expect(markdownText(text)).toBe(shown);
  });

  it('fences longer than what is inside', () => {
    expect(markdownCode('a `` b')).toBe('``` a `` b ```');
    expect(markdownFence('````\nx\n````')).toMatch(/^`````\n````\nx\n````\n`````$/);
  });
});

describe('workflow commands', () => {
  it('escape data and properties', () => {
    const line = annotation({
      level: 'error',
      file: 'content/a,b:c.md',
      line: 3,
      column: 7,
      title: '100%',
      message: '50%\n::error::boo\r',
    });
    expect(line).toBe(
      '::error file=content/a%2Cb%3Ac.md,line=3,col=7,title=100%25::50%25%0A::error::boo%0A',
    );
    expect(line).not.toContain('\n');
  });

  it('are made readable where article text looks like one', () => {
    expect(withoutCommands('::set-output name=x::y\n  ::error::z')).not.toMatch(/^\s*::/m);
    expect(withoutCommands('a ##[error] b')).not.toContain('##[');
  });

  it('carry no control characters', () => {
    expect(withoutControls('a\u001b[31mb\u0007c\u2066d')).toBe('a[31mbcd');
  });
});
