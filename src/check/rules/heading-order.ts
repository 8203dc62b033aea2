import type { OutlineHeading } from '../../model/article.ts';
import type { Text } from '../facts.ts';
import type { Found, Rule } from '../rule.ts';

export const headingOrder: Rule = {
  name: 'heading-order',
  severity: 'warn',
  holds: 'text',
  fixable: false,
  looksAt: 'item',
  what: 'a heading that skips a level, or one of level 1',
  why: 'Readers of screen readers move by headings; the title already is the heading of level 1.',
  mend: 'Start with `##`, and go down one level at a time.',
  find(facts) {
    return facts.texts.flatMap(misplaced);
  },
};

function misplaced({ translation }: Text): Found[] {
  return translation.outline.flatMap((heading, index) => {
    const message = problemOf(heading, translation.outline[index - 1]);
    const { line, column } = heading;
    return message === null ? [] : [{ file: translation.file, line, column, message }];
  });
}

function problemOf(heading: OutlineHeading, before: OutlineHeading | undefined): string | null {
  if (heading.level === 1) {
    return `"${heading.text}" is a heading of level 1, which the title is already: use ##`;
  }
  const above = before?.level ?? 1;
  if (heading.level <= above + 1) return null;
  const from = before === undefined ? 'the title' : `level ${above}`;
  return `"${heading.text}" is of level ${heading.level}, directly below ${from}: use ${'#'.repeat(above + 1)}`;
}
