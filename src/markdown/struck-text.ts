/** U+0336, which strikes out the character before it in plain text. */
const stroke = '\u0336';

/** Made when a text is struck: loading its data would be a fifth of a bare Node's start. */
let graphemes: Intl.Segmenter | null = null;

function graphemesOf(text: string): Intl.Segments {
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return graphemes.segment(text);
}

/** Text struck out by itself: this survives where a workspace drops `<s>`, as struck text must never read as valid. */
export function strikeText(text: string): string {
  let struck = '';
  for (const { segment } of graphemesOf(text))
    struck += /^\s*$/.test(segment) ? segment : segment + stroke;
  return struck;
}

/** The parts of a text that are struck out by themselves (given without the strokes), and the others. */
export function splitStruckText(text: string): { text: string; isStruck: boolean }[] {
  if (!text.includes(stroke)) return [{ text, isStruck: false }];
  const parts: { text: string; isStruck: boolean }[] = [];
  for (const { segment } of graphemesOf(text)) {
    const isStruck = segment.includes(stroke);
    const plain = isStruck ? segment.replaceAll(stroke, '') : segment;
    const last = parts.at(-1);
    if (last?.isStruck === isStruck) last.text += plain;
    else parts.push({ text: plain, isStruck });
  }
  return parts;
}
