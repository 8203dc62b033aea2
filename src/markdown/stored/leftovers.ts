import { normaliseStyle } from '../callout-styles.ts';
import { attributeOf, type StoredElement } from './stored-dom.ts';

/**
 * What an element says beyond its name and the attributes its reader knows: style and writing
 * direction. Empty when nothing does. Classes, ids, `target`, `rel` and the like are noise.
 */
export function leftoverAttributes(
  element: StoredElement,
  knownStyle: RegExp | null,
  extra: readonly string[] = [],
): string {
  const style = normaliseStyle(attributeOf(element, 'style') ?? '')
    .split('; ')
    .filter((declaration) => declaration !== '' && !(knownStyle?.test(declaration) ?? false))
    .join('; ');
  const named = ['dir', ...extra].flatMap((name) => {
    const value = attributeOf(element, name);
    return value === null ? [] : [`${name}=${JSON.stringify(value)}`];
  });
  return [...(style === '' ? [] : [`style=${JSON.stringify(style)}`]), ...named].join(' ');
}

/** All attributes of an element that the dialect does not know, in one spelling. */
export function allAttributes(element: StoredElement): string {
  return element.attrs
    .filter(({ name }) => !['class', 'id', 'target', 'rel'].includes(name))
    .map(({ name, value }) => {
      const normal = name === 'style' ? normaliseStyle(value) : value;
      return `${name}=${JSON.stringify(normal)}`;
    })
    .sort()
    .join(' ');
}
