import type { Stamp } from '../../model/article.ts';
import { isDay } from '../../review/index.ts';
import { isEmail } from '../email.ts';
import type { Facts } from '../facts.ts';
import type { Found, Rule } from '../rule.ts';

export const stampFormat: Rule = {
  name: 'stamp-format',
  severity: 'either',
  holds: 'text',
  fixable: false,
  looksAt: 'item',
  what: 'a review stamp that names no e-mail address, no real date or no digest, a baseline without an end (errors), or a date in the future (a warning)',
  why: 'A stamp that cannot be read says nothing about who approved what.',
  mend: 'Let `kb review` write it.',
  find(facts) {
    const articles = facts.texts.flatMap(({ translation }) =>
      stampFound(translation.review, translation.file, [], facts),
    );
    const collections = facts.content.collections.flatMap(({ file, texts }) =>
      texts.flatMap((text) => stampFound(text.review, file, [text.locale], facts)),
    );
    return [...articles, ...collections];
  },
};

function stampFound(
  stamp: Stamp | null,
  file: string,
  path: readonly string[],
  facts: Facts,
): Found[] {
  if (stamp === null) return [];
  const name = [...path, 'review'].join('.');
  const at = (key: keyof Stamp) => facts.place(file, [...path, 'review', key]);
  const hint = 'let `kb review` write it';
  const found: Found[] = [];
  if (!isEmail(stamp.by)) {
    const message = `${name}.by is "${stamp.by}": expected an e-mail address`;
    found.push({ ...at('by'), message, hint, severity: 'error' });
  }
  if (!isDay(stamp.on)) {
    const message = `${name}.on is "${stamp.on}": expected a date like 2026-11-20`;
    found.push({ ...at('on'), message, hint, severity: 'error' });
  } else if (stamp.on > facts.today) {
    const message = `${name}.on is ${stamp.on}, which lies ahead (today is ${facts.today})`;
    found.push({ ...at('on'), message, hint: null, severity: 'warn' });
  }
  if (!/^sha256:[0-9a-f]{64}$/.test(stamp.digest)) {
    const message = `${name}.digest is no digest: expected sha256: and 64 hexadecimal digits`;
    found.push({ ...at('digest'), message, hint, severity: 'error' });
  }
  if (stamp.baseline && (stamp.until === null || !isDay(stamp.until))) {
    const message = `a baseline needs an end: expected a date in ${name}.until, found ${stamp.until === null ? 'none' : `"${stamp.until}"`}`;
    found.push({ ...at('until'), message, hint, severity: 'error' });
  }
  return found;
}
