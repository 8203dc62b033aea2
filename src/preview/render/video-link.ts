import type { Video } from '../../model/tree.ts';

const names: Readonly<Record<Video['provider'], string>> = {
  youtube: 'YouTube',
  vimeo: 'Vimeo',
  wistia: 'Wistia',
  loom: 'Loom',
  vidyard: 'Vidyard',
  streamio: 'StreamIO',
};

/** Where a person watches a video: the page, not the player, which would be loaded from elsewhere. */
export function videoLink({ provider, id }: Video): { href: string; name: string } {
  const name = names[provider];
  const [first = id, second] = id.split('/').map(encodeURIComponent);
  switch (provider) {
    case 'youtube':
      return { name, href: `https://www.youtube.com/watch?v=${first}` };
    case 'vimeo':
      return {
        name,
        href: `https://vimeo.com/${second === undefined ? first : `${first}/${second}`}`,
      };
    case 'wistia':
      return { name, href: `https://fast.wistia.net/embed/iframe/${first}` };
    case 'loom':
      return { name, href: `https://www.loom.com/share/${first}` };
    case 'vidyard':
      return { name, href: `https://play.vidyard.com/${first}` };
    case 'streamio': {
      const player = second === undefined ? '' : `?player_id=${second}`;
      return { name, href: `https://streamio.com/api/v1/videos/${first}/public_show${player}` };
    }
  }
}
