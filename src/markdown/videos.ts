import type { Inline, Video } from '../model/tree.ts';

interface Provider {
  /** Reads the id from an address of this provider; null when it is none of a video. */
  id(url: URL): string | null;
  /** The address a player is embedded from. */
  embed(id: string): string;
}

const youtubeHosts = ['www.youtube.com', 'youtube.com', 'm.youtube.com', 'music.youtube.com'];
const cookielessHosts = ['www.youtube-nocookie.com', 'youtube-nocookie.com'];

/** The hosts Intercom embeds videos from (its help page on supported HTML), and their addresses. */
const providers: Readonly<Record<Video['provider'], Provider>> = {
  youtube: {
    id: (url) => {
      if (url.hostname === 'youtu.be') return matched(/^\/([\w-]{6,20})\/?$/, url.pathname);
      if (![...youtubeHosts, ...cookielessHosts].includes(url.hostname)) return null;
      if (url.pathname === '/watch') return matched(/^([\w-]{6,20})$/, url.searchParams.get('v'));
      return matched(/^\/(?:embed|shorts|live|v)\/([\w-]{6,20})\/?$/, url.pathname);
    },
    embed: (id) => `https://www.youtube.com/embed/${id}?rel=0`,
  },
  vimeo: {
    id: (url) => {
      if (!['vimeo.com', 'www.vimeo.com', 'player.vimeo.com'].includes(url.hostname)) return null;
      const parts = /^\/(?:video\/)?(\d{5,15})(?:\/([0-9a-f]{6,20}))?\/?$/.exec(url.pathname);
      if (parts === null) return null;
      const [, id = '', inPath] = parts;
      const hash = inPath ?? matched(/^([0-9a-f]{6,20})$/, url.searchParams.get('h'));
      return hash === null ? id : `${id}/${hash}`;
    },
    embed: (id) => {
      const [number = id, hash] = id.split('/');
      return `https://player.vimeo.com/video/${number}${hash === undefined ? '' : `?h=${hash}`}`;
    },
  },
  wistia: {
    id: (url) =>
      /(?:^|\.)(?:wistia\.(?:com|net)|wi\.st)$/.test(url.hostname)
        ? matched(/^\/(?:medias|embed\/iframe|embed\/medias)\/([a-z0-9]{6,20})\/?$/i, url.pathname)
        : null,
    embed: (id) => `https://fast.wistia.net/embed/iframe/${id}`,
  },
  loom: {
    id: (url) =>
      ['www.loom.com', 'loom.com'].includes(url.hostname)
        ? matched(/^\/(?:share|embed)\/([0-9a-f]{16,40})\/?$/, url.pathname)
        : null,
    embed: (id) => `https://www.loom.com/embed/${id}`,
  },
  vidyard: {
    id: (url) => {
      if (url.hostname === 'play.vidyard.com')
        return matched(/^\/([\w-]{6,40})(?:\.html)?\/?$/, url.pathname);
      return /^(?:share|video|[\w-]+\.hubs)\.vidyard\.com$/.test(url.hostname)
        ? matched(/^\/watch\/([\w-]{6,40})\/?$/, url.pathname)
        : null;
    },
    embed: (id) => `https://play.vidyard.com/${id}`,
  },
  streamio: {
    id: (url) => {
      if (!['streamio.com', 'www.streamio.com'].includes(url.hostname)) return null;
      const id = matched(/^\/api\/v1\/videos\/([0-9a-f]{8,40})\/public_show\/?$/, url.pathname);
      const player = matched(/^([0-9a-f]{8,40})$/, url.searchParams.get('player_id'));
      return id === null || player === null ? id : `${id}/${player}`;
    },
    embed: (id) => {
      const [video = id, player] = id.split('/');
      const query = player === undefined ? '' : `?player_id=${player}`;
      return `https://streamio.com/api/v1/videos/${video}/public_show${query}`;
    },
  },
};

/** The video an address plays; null for any other address. Start times and lists are not kept. */
export function videoOf(address: string): Video | null {
  const url = parsedUrl(address);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null;
  for (const [provider, { id: idOf }] of Object.entries(providers)) {
    const id = idOf(url);
    if (id !== null) return { type: 'video', provider: provider as Video['provider'], id };
  }
  return null;
}

/** The address a video is embedded from. */
export function embedAddress(video: Video): string {
  return providers[video.provider].embed(video.id);
}

/** The address of a video's own page, as people paste it; where there is none, the player's. */
export function videoAddress(video: Video): string {
  switch (video.provider) {
    case 'youtube':
      return `https://www.youtube.com/watch?v=${video.id}`;
    case 'vimeo':
      return `https://vimeo.com/${video.id}`;
    case 'loom':
      return `https://www.loom.com/share/${video.id}`;
    default:
      return embedAddress(video);
  }
}

/** The video a paragraph stands for: nothing but a bare address, or one linked to itself. */
export function bareVideo(inlines: readonly Inline[]): Video | null {
  const [only, ...others] = inlines;
  if (only?.type !== 'text' || others.length > 0 || !/^https?:\/\//i.test(only.text)) return null;
  if (only.bold || only.italic || only.strike || only.code || only.other !== undefined) return null;
  if (only.link !== undefined) return null;
  return videoOf(only.text);
}

function matched(pattern: RegExp, text: string | null): string | null {
  return text === null ? null : (pattern.exec(text)?.[1] ?? null);
}

function parsedUrl(address: string): URL | null {
  const isProtocolRelative = address.startsWith('//');
  try {
    return new URL(isProtocolRelative ? `https:${address}` : address);
  } catch {
    return null;
  }
}
