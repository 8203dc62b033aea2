/** The words of the help center itself. Around articles in a locale we do not speak they are English. */
export interface Words {
  helpCenter: string;
  home: string;
  skip: string;
  search: string;
  searchIn: string;
  noResults: string;
  results: string;
  article: string;
  articles: string;
  collections: string;
  onThisPage: string;
  languages: string;
  noText: string;
  empty: string;
  video: string;
  zoom: string;
  close: string;
  foreignImage: string;
  missingImage: string;
  code: string;
  table: string;
  copyLink: string;
  copied: string;
  theme: string;
  breadcrumbs: string;
  more: string;
}

const english: Words = {
  helpCenter: 'Help Center',
  home: 'All collections',
  skip: 'Skip to the text',
  search: 'Search',
  searchIn: 'Search for articles …',
  noResults: 'Nothing found. Try other words.',
  results: 'Results',
  article: 'article',
  articles: 'articles',
  collections: 'Collections',
  onThisPage: 'On this page',
  languages: 'Languages',
  noText: 'There is no text in this language yet.',
  empty: 'There is nothing here yet.',
  video: 'Watch the video on',
  zoom: 'Enlarge the image',
  close: 'Close',
  foreignImage: 'Image from elsewhere, not loaded here',
  missingImage: 'Missing image',
  code: 'Code',
  table: 'Table',
  copyLink: 'Copy link',
  copied: 'Copied',
  theme: 'Light or dark',
  breadcrumbs: 'Breadcrumbs',
  more: 'More articles',
};

const german: Words = {
  helpCenter: 'Hilfe-Center',
  home: 'Alle Themen',
  skip: 'Zum Text springen',
  search: 'Suchen',
  searchIn: 'Artikel suchen …',
  noResults: 'Nichts gefunden. Versuchen Sie andere Wörter.',
  results: 'Ergebnisse',
  article: 'Artikel',
  articles: 'Artikel',
  collections: 'Themen',
  onThisPage: 'Auf dieser Seite',
  languages: 'Sprachen',
  noText: 'Diesen Text gibt es noch nicht in dieser Sprache.',
  empty: 'Hier ist noch nichts.',
  video: 'Video ansehen auf',
  zoom: 'Bild vergrößern',
  close: 'Schließen',
  foreignImage: 'Bild von anderswo, hier nicht geladen',
  missingImage: 'Fehlendes Bild',
  code: 'Code',
  table: 'Tabelle',
  copyLink: 'Link kopieren',
  copied: 'Kopiert',
  theme: 'Hell oder dunkel',
  breadcrumbs: 'Pfad',
  more: 'Weitere Artikel',
};

/** The words for a locale. */
export function wordsFor(locale: string): Words {
  return locale === 'de' ? german : english;
}

/** `1 article`, `12 articles`, as the locale counts. */
export function countedArticles(count: number, locale: string): string {
  const words = wordsFor(locale);
  const number = new Intl.NumberFormat(locale).format(count);
  return `${number} ${count === 1 ? words.article : words.articles}`;
}

const rightToLeft = ['ar', 'he'];

/** Does this locale read from right to left? */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  return rightToLeft.includes(locale) ? 'rtl' : 'ltr';
}
