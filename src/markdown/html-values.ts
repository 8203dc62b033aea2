import type { Align } from '../model/tree.ts';

/** A width or height in pixels. */
export const dimension = /^\s*\d{1,5}(?:\.\d+)?(?:px)?\s*$/;

/** The alignment an attribute asks for; null for none and for anything else. */
export function alignOf(value: string | null | undefined): Align | null {
  const align = value?.trim().toLowerCase();
  return align === 'left' || align === 'center' || align === 'right' ? align : null;
}

/** Pixels of a width or height; null where there is no usable number. */
export function pixelsOf(value: string | null | undefined): number | null {
  if (value === null || value === undefined || !dimension.test(value)) return null;
  return Number.parseFloat(value);
}

/** The mark that an element puts on text; null when it is none. */
export function markOf(name: string): 'bold' | 'italic' | 'strike' | 'code' | null {
  switch (name) {
    case 'b':
    case 'strong':
      return 'bold';
    case 'i':
    case 'em':
      return 'italic';
    case 's':
    case 'del':
    case 'strike':
      return 'strike';
    case 'code':
      return 'code';
    default:
      return null;
  }
}
