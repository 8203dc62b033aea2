import MarkdownItParser from 'markdown-it';

/**
 * What a reader finds in some HTML, counted over its tags one after the other. It shares nothing with
 * the converter: no parser, no tree, no normalisation.
 */
export interface Counted {
  /** Visible words in order. */
  words: string[];
  /** Addresses of images in order. */
  images: string[];
  /** Addresses of links with something to click, in order, neighbours that are equal once. */
  links: string[];
  /** Ids of videos in order. */
  videos: string[];
  /** Cells that hold something. */
  cells: number;
  /** List items that hold something. */
  items: number;
  /** Code blocks that hold something. */
  codes: number;
}

const { utils } = new MarkdownItParser();
const inline = new Set(
  'a abbr b bdi bdo big cite code data del dfn em font i img ins kbd label mark q s samp small span strike strong sub sup time tt u var wbr button svg iframe ruby rb rt rp'.split(
    ' ',
  ),
);
const voids = new Set([
  'img',
  'br',
  'hr',
  'input',
  'wbr',
  'col',
  'meta',
  'link',
  'source',
  'embed',
]);
const tag =
  /<(\/?)([a-zA-Z][\w:-]*)((?:[^>"']|"[^"]*"|'[^']*')*)>|<!--[\s\S]*?-->|<![^>]*>|<\?[^>]*>/g;
const attribute = /([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/g;

/** Counts one body. */
export function counted(html: string): Counted {
  const text: string[] = [];
  const images: string[] = [];
  const links: { href: string; isFilled: boolean }[] = [];
  const videos: string[] = [];
  const filled = { cells: 0, items: 0, codes: 0 };
  const open: {
    name: string;
    isFilled: boolean;
    link: { href: string; isFilled: boolean } | null;
  }[] = [];
  let silent: string | null = null;
  let last = 0;

  const fill = (): void => {
    for (const entry of open) {
      entry.isFilled = true;
      if (entry.link !== null) entry.link.isFilled = true;
    }
  };
  const close = (name: string): void => {
    const at = open.findLastIndex((entry) => entry.name === name);
    if (at < 0) return;
    for (const entry of open.splice(at)) {
      if (!entry.isFilled) continue;
      if (entry.name === 'td' || entry.name === 'th') filled.cells++;
      if (entry.name === 'li') filled.items++;
      if (entry.name === 'pre') filled.codes++;
    }
  };
  const say = (piece: string): void => {
    const decoded = decodedText(piece);
    if (/[^\s\u200b\ufeff]/.test(decoded)) fill();
    text.push(decoded);
  };

  for (const match of html.matchAll(tag)) {
    if (silent === null) say(html.slice(last, match.index));
    last = match.index + match[0].length;
    const name = match[2]?.toLowerCase();
    if (name === undefined) continue;
    const isClosing = match[1] === '/';
    if (silent !== null) {
      if (isClosing && name === silent) silent = null;
      continue;
    }
    if (!inline.has(name)) text.push(' ');
    if (isClosing) {
      close(name);
      continue;
    }
    const attributes = attributesOf(match[3] ?? '');
    if (['script', 'style', 'title', 'svg', 'template'].includes(name)) {
      if (!/\/\s*$/.test(match[3] ?? '')) silent = name;
      continue;
    }
    if (name === 'img') {
      const src = attributes.get('data-src') ?? attributes.get('src') ?? '';
      if (src !== '') {
        images.push(address(src));
        fill();
      }
    }
    if (name === 'video' || name === 'audio') fill();
    if (name === 'iframe') {
      const id = videoId(attributes.get('src') ?? '');
      if (id !== null) videos.push(id);
      fill();
    }
    if (voids.has(name)) continue;
    if (name === 'li') closeBefore(open, 'li', ['ul', 'ol'], close);
    if (name === 'td' || name === 'th') closeBefore(open, name, ['table'], close);
    const href = name === 'a' ? attributes.get('href') : undefined;
    const link =
      href === undefined || href === '' ? null : { href: address(href), isFilled: false };
    if (link !== null) links.push(link);
    open.push({ name, isFilled: false, link });
  }
  say(html.slice(last));
  for (const { name } of [...open].reverse()) close(name);
  return {
    words: text
      .join('')
      .split(/[\s\u200b\ufeff]+/)
      .filter((word) => word !== ''),
    images,
    links: links
      .filter(({ isFilled }) => isFilled)
      .map(({ href }) => href)
      .filter((href, index, all) => href !== all[index - 1]),
    videos,
    ...filled,
  };
}

/** An item or cell that nothing closed ends where the next one begins. */
function closeBefore(
  open: readonly { name: string }[],
  name: string,
  borders: readonly string[],
  close: (name: string) => void,
): void {
  const border = open.findLastIndex((entry) => borders.includes(entry.name));
  const before = open.findLastIndex((entry) => entry.name === name);
  if (before > border) close(name);
}

function attributesOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', double, single, bare] of text.matchAll(attribute)) {
    const key = name.toLowerCase();
    if (!found.has(key)) found.set(key, decodedText(double ?? single ?? bare ?? ''));
  }
  return found;
}

function decodedText(text: string): string {
  return text.replace(/&(?:#\d+|#[xX][\da-fA-F]+|\w+);/g, (entity) => utils.unescapeAll(entity));
}

/** One spelling for equal addresses. */
function address(text: string): string {
  const trimmed = text.trim();
  try {
    return decodeURI(trimmed).replace(/%(?=[^2])/g, '%');
  } catch {
    return trimmed;
  }
}

function videoId(src: string): string | null {
  return (
    /(?:youtube(?:-nocookie)?\.com\/embed\/|player\.vimeo\.com\/video\/|loom\.com\/(?:embed|share)\/|wistia\.(?:net|com)\/embed\/iframe\/|vidyard\.com\/)([\w-]{6,})/.exec(
      src,
    )?.[1] ?? null
  );
}
