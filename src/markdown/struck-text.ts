/** U+0336, which strikes out the character before it in plain text. */
const stroke = '\u0336';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Text struck out by itself: this survives where a workspace drops `<s>`, as struck text must never read as valid. */
export function strikeText(text: string): string {
  let struck = '';
  for (const { segment } of graphemes.segment(text))
    struck += /^\s*$/.test(segment) ? segment : segment + stroke;
  return struck;
}

/** The parts of a text that are struck out by themselves (given without the strokes), and the others. */
export function splitStruckText(text: string): { text: string; isStruck: boolean }[] {
  if (!text.includes(stroke)) return [{ text, isStruck: false }];
  const parts: { text: string; isStruck: boolean }[] = [];
  for (const { segment } of graphemes.segment(text)) {
    const isStruck = segment.includes(stroke);
    const plain = isStruck ? segment.replaceAll(stroke, '') : segment;
    const last = parts.at(-1);
    if (last?.isStruck === isStruck) last.text += plain;
    else parts.push({ text: plain, isStruck });
  }
  return parts;
}
