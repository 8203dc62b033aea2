import { videoOf } from '../../../markdown/videos.ts';
import type { Video } from '../../../model/tree.ts';
import {
  attributeOf,
  classesOf,
  descendants,
  type HtmlElement,
  isElement,
  lineOf,
  lineTextOf,
} from '../html-nodes.ts';
import type { Construct, Place } from '../reading.ts';

const players = new Set(['iframe', 'video', 'audio', 'embed', 'object']);
const wistia = /^wistia_async_([a-z0-9]{6,20})$/;

/** Videos of hosts that are embedded; what else stands in a frame becomes a link. */
export const videoConstruct: Construct = {
  name: 'video',
  matches: (element) => players.has(element.tagName) || wistiaId(element) !== null,
  read: (element, place) => {
    const { reader, flow } = place;
    const wistiaVideo = wistiaId(element);
    if (wistiaVideo !== null) {
      flow.block({ type: 'video', provider: 'wistia', id: wistiaVideo });
      return;
    }
    const src = sourceOf(element);
    if (src === null) {
      reader.losses.add(
        isFile(element) ? 'video-file' : 'embed',
        'dropped',
        lineOf(element),
        `<${element.tagName}>`,
      );
      reader.nodes(element.childNodes, flow, place.around);
      return;
    }
    const address = src.startsWith('//') ? `https:${src}` : src;
    const video = videoOf(address);
    if (video === null) readLink(element, address, place);
    else readVideo(element, video, address, place);
  },
};

function readVideo(
  element: HtmlElement,
  video: Video,
  address: string,
  { reader, flow }: Place,
): void {
  if (/[?&#](?:start|t|time|list)=\w/.test(address))
    reader.losses.add('video-start', 'dropped', lineOf(element), address);
  reader.landmarks.push({ kind: 'text' });
  flow.block(video);
}

function readLink(element: HtmlElement, address: string, { reader, flow, around }: Place): void {
  const kind = isFile(element) ? 'video-file' : 'embed';
  const title = attributeOf(element, 'title')?.replace(/\s+/g, ' ').trim();
  const target = reader.target(address, element);
  if (target === null || !/^(?:https?:|\/|\.)/i.test(address)) {
    reader.losses.add(kind, 'dropped', lineOf(element), address);
    return;
  }
  const text = title || nameOf(address);
  reader.losses.add(kind, 'transformed', lineOf(element), `${text} → ${address}`);
  flow.close();
  reader.text(text, flow, { ...around, format: { link: target } });
  flow.close();
}

function isFile(element: HtmlElement): boolean {
  return element.tagName === 'video' || element.tagName === 'audio';
}

function sourceOf(element: HtmlElement): string | null {
  const own = ['src', 'data-src', 'data', 'data-lazy-src']
    .map((name) =>
      attributeOf(element, name)
        ?.replace(/[\t\r\n]/g, '')
        .trim(),
    )
    .find((value) => value !== undefined && value !== '' && value !== 'about:blank');
  if (own !== undefined) return own;
  for (const node of descendants(element.childNodes)) {
    if (!isElement(node) || !['source', 'embed', 'iframe'].includes(node.tagName)) continue;
    const src = attributeOf(node, 'src')?.trim();
    if (src !== undefined && src !== '') return src;
  }
  return null;
}

function wistiaId(element: HtmlElement): string | null {
  if (element.tagName !== 'div' && element.tagName !== 'span') return null;
  if (lineTextOf(element) !== '') return null;
  for (const name of classesOf(element)) {
    const id = wistia.exec(name)?.[1];
    if (id !== undefined) return id;
  }
  return null;
}

/** What an address is called where nothing names it: its host and last step. */
function nameOf(address: string): string {
  try {
    const { hostname, pathname } = new URL(address, 'https://unknown.invalid');
    const last = decodeURIComponent(pathname.split('/').filter(Boolean).at(-1) ?? '');
    const host = hostname === 'unknown.invalid' ? '' : hostname;
    return [host, last].filter((part) => part !== '').join('/') || address;
  } catch {
    return address;
  }
}
