import { describe, expect, it } from 'vitest';
import { createRedactor, tokenNamesIn } from '../../src/report/redact.ts';

describe('the redactor', () => {
  const redact = createRedactor(
    {
      EU: 'eu-"secret"-value',
      INTERCOM_TOKEN: 'another/one+two',
      SHORT_TOKEN: 'sandbox',
      HOME: '/home/anna',
    },
    tokenNamesIn('workspaces:\n  eu: { tokenEnv: EU, region: eu }\n  us:\n    tokenEnv: "US"\n'),
  );

  it('hides the variables that kb.yaml names, and those whose name says so', () => {
    expect(redact('a eu-"secret"-value b another/one+two c')).toBe('a [redacted] b [redacted] c');
  });

  it('hides them as JSON and addresses write them', () => {
    expect(redact(JSON.stringify({ x: 'eu-"secret"-value' }))).toBe('{"x":"[redacted]"}');
    expect(redact('?token=another%2Fone%2Btwo')).toBe('?token=[redacted]');
  });

  it('hides what looks like an Intercom token', () => {
    expect(redact('Bearer dG9rOmFiY2RlZmdo= end')).toBe('Bearer [redacted] end');
  });

  it('leaves words alone', () => {
    expect(redact('workspace sandbox in /home/anna')).toBe('workspace sandbox in /home/anna');
  });

  it('finds names in every way YAML writes them', () => {
    expect(tokenNamesIn('{ "tokenEnv": "A_B" }\ntokenEnv : C\n')).toEqual(['A_B', 'C']);
  });
});
