import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { shellWord } from '../../src/model/shell-word.ts';

describe('a word for a shell', () => {
  it.each([
    'konto/sso',
    'content/konto/sso.de.md',
    'konto/sso:de',
    'konto/übersicht',
    'sso,konto/',
  ])('leaves %s as it is', (plain) => {
    expect(shellWord(plain)).toBe(plain);
  });

  it.each([
    'konto/mit leer',
    "c'est la vie",
    '$HOME',
    'a;b',
    '~/x',
    '*',
    '(1)',
    '!',
    '"',
    '',
    'a\nb',
  ])('reaches a command as it was: %j', (value) => {
    const heard = execFileSync('sh', ['-c', `printf %s ${shellWord(value)}`], { encoding: 'utf8' });
    expect(heard).toBe(value);
  });
});
