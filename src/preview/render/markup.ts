/** HTML that may stand in a page as it is. Only this file makes it from text. */
export interface Markup {
  readonly html: string;
}

type Part = string | number | Markup | null | false | readonly Part[];

/**
 * A template of HTML: what is put in is text and gets escaped, unless it is markup already. Attributes
 * must be quoted in the template. `null` and `false` leave nothing.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const written = strings.map((text, index) =>
    index < parts.length ? text + htmlOf(parts[index] ?? null) : text,
  );
  return { html: written.join('') };
}

/** Pieces of markup, one after the other. */
export function joined(parts: readonly Part[], between = ''): Markup {
  return { html: parts.map(htmlOf).join(between) };
}

export const nothing: Markup = { html: '' };

function htmlOf(part: Part): string {
  if (part === null || part === false) return '';
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  if ('html' in part) return part.html;
  return part.map(htmlOf).join('');
}

/** Marks that turn the direction of writing around would let a text show something else than it says. */
const steering = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g;

/** Text as HTML, in content and in quoted attributes. */
export function escaped(text: string): string {
  return text
    .replace(steering, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}
