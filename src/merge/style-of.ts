import type { WriteStyle } from '../markdown/index.ts';

/** How a text is written, so that what is added looks like the rest. @param fallback where it shows nothing */
export function styleOf(text: string, fallback: WriteStyle | null): WriteStyle {
  const bullet = /^[ \t>]*([-*+])[ \t]+\S/m.exec(
    text.replace(/^[ \t>]*(?:[-*_][ \t]*){3,}$/gm, ''),
  )?.[1];
  const delimiter = /^[ \t>]*\d{1,9}([.)])[ \t]+\S/m.exec(text)?.[1];
  const isUnderlined = /(?:^|[\s(])__\S/m.test(text) && !/\*\*\S/.test(text);
  const emphasis = /(?:^|[\s(>])_[^\s_]/m.test(text) && !/(?:^|[^*\\])\*[^\s*]/m.test(text);
  const fence = /^[ \t>]*~~~/m.test(text) && !/^[ \t>]*```/m.test(text);
  const hardBreak = /\\\n/.test(text)
    ? '\\'
    : / {2}\n[^\n]/.test(text)
      ? '  '
      : /<br\s*\/?>\s*\S/.test(text) && !/^\s*</.test(text)
        ? '<br>'
        : null;
  return {
    bullet: bullet === '*' || bullet === '+' || bullet === '-' ? bullet : (fallback?.bullet ?? '-'),
    delimiter: delimiter === ')' || delimiter === '.' ? delimiter : (fallback?.delimiter ?? '.'),
    emphasis: emphasis ? '_' : (fallback?.emphasis ?? '*'),
    strong: isUnderlined ? '__' : (fallback?.strong ?? '**'),
    fence: fence ? '~~~' : (fallback?.fence ?? '```'),
    hardBreak: hardBreak ?? fallback?.hardBreak ?? '\\',
  };
}
