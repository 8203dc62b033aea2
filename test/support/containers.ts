/** Markdown in a list item, behind its marker. */
export function listItem(marker: string, inner: string): string {
  const indent = ' '.repeat(marker.length);
  const [first = '', ...others] = inner.split('\n');
  return [marker + first, ...others.map((text) => (text === '' ? '' : indent + text))].join('\n');
}

/** Markdown in a callout of a kind. */
export function callout(kind: string, inner: string): string {
  return `[!${kind}]\n${inner}`
    .split('\n')
    .map((text) => (text === '' ? '>' : `> ${text}`))
    .join('\n');
}

/** Markdown in a collapsible section. */
export function collapsible(title: string, inner: string): string {
  return `<details><summary>${title}</summary>\n\n${inner}\n\n</details>`;
}
