/** The help center's mark. */
export const ICON_SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" fill="#4453c4"/>' +
  '<path d="M9 10h14M9 16h14M9 22h8" stroke="#fff" stroke-width="3" stroke-linecap="round"/></svg>';

/** Stands where an image of another host would be. */
export function missingImageSvg(source: string): string {
  const host = escaped(URL.parse(source)?.hostname ?? 'elsewhere');
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="160" viewBox="0 0 480 160" font-family="sans-serif">' +
    '<rect x="1" y="1" width="478" height="158" rx="10" fill="#eef0f4" stroke="#b9bfca" stroke-dasharray="6 5"/>' +
    `<text x="240" y="76" text-anchor="middle" font-size="16" fill="#3b4150">Image on ${host}</text>` +
    '<text x="240" y="102" text-anchor="middle" font-size="13" fill="#5a6172">The sandbox fetches nothing from other hosts.</text></svg>'
  );
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
