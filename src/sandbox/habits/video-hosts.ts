/** The players Intercom documents: YouTube, Wistia, Vimeo, Loom, Vidyard, StreamIO. */
const HOSTS: readonly string[] = [
  'youtube.com',
  'youtube-nocookie.com',
  'youtu.be',
  'wistia.com',
  'wistia.net',
  'vimeo.com',
  'loom.com',
  'vidyard.com',
  'streamio.com',
];

/** Is this the address of a video in a player that may be embedded? */
export function isSupportedVideo(address: string): boolean {
  const url = URL.parse(address.startsWith('//') ? `https:${address}` : address);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return false;
  return HOSTS.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
}
