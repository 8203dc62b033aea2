import type { Article } from '../model/article.ts';
import { hashStartIn } from '../model/asset-name.ts';
import type { RecordedAsset } from '../model/recorded.ts';
import type { LiveArticle } from '../model/snapshot.ts';
import type { Addresses } from '../plan/addresses.ts';
import type { ArticleWrite } from './ports.ts';

/**
 * Where the service keeps the images of an article whose names there do not tell their content. They
 * are known by their position: a body is answered with the pictures it was sent with. Nothing is
 * learned where the counts differ.
 */
export function storedImages(
  article: Pick<Article, 'translations'>,
  write: ArticleWrite,
  live: LiveArticle,
  addresses: Pick<Addresses, 'asset'>,
): Record<string, RecordedAsset> {
  const found: Record<string, RecordedAsset> = {};
  for (const { locale, assets } of article.translations) {
    const sent = imagesIn(write.translations[locale]?.body ?? '');
    const stored = imagesIn(live.translations[locale]?.body ?? '');
    if (sent.length !== stored.length) continue;
    for (const hash of assets) {
      const url = addresses.asset(hash);
      if (url === null) continue;
      const there = stored[sent.indexOf(url)]?.split('?')[0];
      if (there === undefined || there === url || hashStartIn(there) !== null) continue;
      found[hash] = { url, stored: there };
    }
  }
  return found;
}

function imagesIn(html: string): string[] {
  return [...html.matchAll(/<img\b[^>]*?\ssrc="([^"]*)"/gi)].map(([, src = '']) =>
    src.replace(/&amp;/g, '&'),
  );
}
