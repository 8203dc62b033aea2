/** What a comment of ours says about itself, in a line that readers do not see. */
export interface Marker {
  /** Which help center of the repository it is about: content folder and workspace. */
  config: string;
  /** The commit it was written for: forty or more hex digits. */
  head: string;
}

const tool = 'reviewed-kb';

/** The first line of a comment of ours. Nothing in it comes from articles. */
export function markerLine({ config, head }: Marker): string {
  return `<!-- ${tool} config=${encodeURIComponent(config).replace(/-/g, '%2D')} head=${head} -->`;
}

/**
 * What a comment's first line says; null where it is none of ours. Only the very beginning counts: what
 * an article says further down is quoted text.
 */
export function parseMarker(body: string): Marker | null {
  const match =
    /^<!-- reviewed-kb config=([\w.~%!*'()]*) head=([0-9a-f]{40,64}) -->(?:\r?\n|$)/.exec(body);
  if (match === null) return null;
  const [, config = '', head = ''] = match;
  try {
    return { config: decodeURIComponent(config), head };
  } catch {
    return null;
  }
}
