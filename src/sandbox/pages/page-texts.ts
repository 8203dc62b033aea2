/** The words of the help center's frame, in the languages it has them in. */
export interface PageTexts {
  readonly greeting: string;
  readonly search: string;
  readonly searchHint: string;
  readonly results: (count: number, phrase: string) => string;
  readonly noResults: string;
  readonly articles: (count: number) => string;
  readonly allCollections: string;
  readonly moreArticles: string;
  readonly collections: string;
  readonly emptyHelpCenter: string;
  readonly emptyCollection: string;
  readonly notFound: string;
  readonly notFoundHint: string;
  readonly turnedOff: string;
  readonly turnedOffHint: string;
  readonly writtenBy: (name: string) => string;
  readonly updatedOn: (date: string) => string;
  readonly video: (host: string) => string;
  readonly skip: string;
  readonly languages: string;
  readonly breadcrumb: string;
  readonly sandboxNote: string;
  readonly ask: string;
  readonly askHint: string;
  readonly askButton: string;
  readonly question: string;
  readonly agent: string;
  readonly standIn: string;
  readonly quotedFrom: string;
  readonly alsoFound: string;
  readonly declined: string;
  readonly declinedHint: string;
  readonly onlyTeammates: string;
  readonly onThisPage: string;
}

const en: PageTexts = {
  greeting: 'How can we help?',
  search: 'Search',
  searchHint: 'Search for articles',
  results: (count, phrase) => `${count === 1 ? '1 article' : `${count} articles`} for “${phrase}”`,
  noResults: 'Nothing found. Try fewer or other words.',
  articles: (count) => (count === 1 ? '1 article' : `${count} articles`),
  allCollections: 'All collections',
  moreArticles: 'More articles',
  collections: 'Collections',
  emptyHelpCenter: 'Nothing is published in this language yet.',
  emptyCollection: 'Nothing is published here yet.',
  notFound: 'There is nothing at this address',
  notFoundHint: 'The article may be a draft, may have moved, or was never written.',
  turnedOff: 'This help center is turned off',
  turnedOffHint: 'A teammate can turn it on in the settings.',
  writtenBy: (name) => `Written by ${name}`,
  updatedOn: (date) => `Updated ${date}`,
  video: (host) => `Watch the video on ${host}`,
  skip: 'Skip to content',
  languages: 'Languages',
  breadcrumb: 'Breadcrumb',
  sandboxNote:
    'A sandbox for rehearsing. It is not Intercom, and nothing here leaves this machine.',
  ask: 'Ask Fin',
  askHint: 'Ask a question in your own words',
  askButton: 'Ask',
  question: 'Question',
  agent: 'Asked as',
  standIn:
    'A stand-in for Fin: it finds and quotes what Fin may read, and writes nothing of its own.',
  quotedFrom: 'Quoted from',
  alsoFound: 'Also found',
  declined: 'No answer',
  declinedHint: 'Nothing Fin may read covers this question.',
  onlyTeammates: 'Internal article, for teammates only',
  onThisPage: 'On this page',
};

const de: PageTexts = {
  greeting: 'Wie können wir helfen?',
  search: 'Suchen',
  searchHint: 'Artikel suchen',
  results: (count, phrase) => `${count} Artikel zu „${phrase}“`,
  noResults: 'Nichts gefunden. Versuchen Sie es mit weniger oder anderen Wörtern.',
  articles: (count) => `${count} Artikel`,
  allCollections: 'Alle Themen',
  moreArticles: 'Weitere Artikel',
  collections: 'Themen',
  emptyHelpCenter: 'In dieser Sprache ist noch nichts veröffentlicht.',
  emptyCollection: 'Hier ist noch nichts veröffentlicht.',
  notFound: 'Unter dieser Adresse gibt es nichts',
  notFoundHint: 'Der Artikel ist vielleicht ein Entwurf, umgezogen oder nie geschrieben worden.',
  turnedOff: 'Dieses Hilfe-Center ist ausgeschaltet',
  turnedOffHint: 'Das Team kann es in den Einstellungen einschalten.',
  writtenBy: (name) => `Geschrieben von ${name}`,
  updatedOn: (date) => `Aktualisiert am ${date}`,
  video: (host) => `Video auf ${host} ansehen`,
  skip: 'Zum Inhalt springen',
  languages: 'Sprachen',
  breadcrumb: 'Pfad',
  sandboxNote:
    'Eine Sandbox zum Proben. Sie ist nicht Intercom, und nichts verlässt diesen Rechner.',
  ask: 'Fin fragen',
  askHint: 'Stellen Sie eine Frage in Ihren Worten',
  askButton: 'Fragen',
  question: 'Frage',
  agent: 'Gefragt als',
  standIn:
    'Ein Ersatz für Fin: Er findet und zitiert, was Fin lesen darf, und schreibt nichts Eigenes.',
  quotedFrom: 'Zitiert aus',
  alsoFound: 'Auch gefunden',
  declined: 'Keine Antwort',
  declinedHint: 'Nichts, was Fin lesen darf, beantwortet diese Frage.',
  onlyTeammates: 'Interner Artikel, nur für das Team',
  onThisPage: 'Auf dieser Seite',
};

/** The frame's words for a locale; English where there are none. */
export function pageTexts(locale: string): PageTexts {
  return locale.slice(0, 2) === 'de' ? de : en;
}

/** A date as people of a locale write it. */
export function formattedDate(seconds: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(
    seconds * 1000,
  );
}

/** A date for tables: "22 Nov 2026". */
export function shortDate(seconds: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(
    seconds * 1000,
  );
}

/** A locale by its own name: "Deutsch". */
export function localeName(locale: string): string {
  const name = new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale;
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}
