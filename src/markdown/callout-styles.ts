import type { CalloutKind } from '../model/tree.ts';

interface CalloutStyle {
  background: string;
  border: string;
  /** Stands before the text where a workspace stores no callouts. */
  sign: string;
}

/** The background and border pairs found in stored bodies (facts on Intercom's HTML), one for each kind. */
export const calloutStyles: Readonly<Record<CalloutKind, CalloutStyle>> = {
  note: { background: '#e3e7fa80', border: '#334bfa33', sign: 'ℹ️' },
  tip: { background: '#d7efdc80', border: '#1bb15733', sign: '💡' },
  important: { background: '#e8e8e880', border: '#73737633', sign: '❗' },
  warning: { background: '#feedaf80', border: '#fbc91633', sign: '⚠️' },
  caution: { background: '#fed9db80', border: '#fd3a5733', sign: '⛔' },
};

/** The style attribute of a callout of this kind. */
export function calloutStyle(kind: CalloutKind): string {
  const { background, border } = calloutStyles[kind];
  return `background-color: ${background}; border-color: ${border};`;
}

/** The kind that a normalised style stands for; null when it is none of the five. */
export function calloutKindOf(style: string): CalloutKind | null {
  for (const [kind, { background, border }] of Object.entries(calloutStyles)) {
    if (style === `background-color: ${background}; border-color: ${border}`)
      return kind as CalloutKind;
  }
  return null;
}

/** One spelling for equal styles: lower case, sorted, one space, no final semicolon. */
export function normaliseStyle(style: string): string {
  return style
    .toLowerCase()
    .split(';')
    .map((declaration) =>
      declaration
        .trim()
        .replace(/\s*:\s*/, ': ')
        .replace(/\s+/g, ' '),
    )
    .filter((declaration) => declaration !== '')
    .sort()
    .join('; ');
}
