import { describe, expect, it } from 'vitest';
import { isOutdated, translationState } from '../../src/review/index.ts';

const source = { locale: 'de', translationOf: null, textDigest: 'sha256:new' };
const translation = { locale: 'en', translationOf: 'sha256:new', textDigest: 'sha256:en' };

describe('translationState', () => {
  it('knows the source, what is current, what is outdated, and what nobody said', () => {
    expect(translationState(source, source)).toBe('source');
    expect(translationState(translation, source)).toBe('current');
    expect(translationState({ ...translation, translationOf: 'sha256:old' }, source)).toBe(
      'outdated',
    );
    expect(translationState({ ...translation, translationOf: null }, source)).toBe('unknown');
  });

  it('calls only the outdated outdated', () => {
    expect(isOutdated({ ...translation, translationOf: 'sha256:old' }, source)).toBe(true);
    expect(isOutdated(translation, source)).toBe(false);
    expect(isOutdated({ ...translation, translationOf: null }, source)).toBe(false);
    expect(isOutdated({ ...source, translationOf: 'sha256:old' }, source)).toBe(false);
  });
});
