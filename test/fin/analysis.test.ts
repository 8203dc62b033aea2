import { describe, expect, it } from 'vitest';
import { analyserFor, lexiconOf, termsOf } from '../../src/fin/analysis/analyser.ts';
import { compoundParts } from '../../src/fin/analysis/compounds.ts';
import { withoutAccents, wordsOf } from '../../src/fin/analysis/words.ts';

const german = analyserFor('de');

describe('words', () => {
  it('are lower case, in one Unicode form, parted at hyphens', () => {
    expect(wordsOf('API-Schlüssel ändern: ＡＢＣ, E-Mail & don’t', 'de')).toEqual([
      'api',
      'schlüssel',
      'ändern',
      'abc',
      'email',
      'don’t',
    ]);
    expect(wordsOf('a\u0308ndern Pass\u00adwort', 'de')).toEqual(['ändern', 'passwort']);
    expect(wordsOf('', 'de')).toEqual([]);
  });

  it('are found where no spaces are written', () => {
    const words = wordsOf('パスワードを変更する', 'ja');
    expect(words.length).toBeGreaterThan(1);
    expect(words).toContain('パスワード');
  });

  it('lose accents in Latin and Greek only', () => {
    expect(withoutAccents('überprüfé')).toBe('uberprufe');
    expect(withoutAccents('ガ')).toBe('ガ');
    expect(withoutAccents('й')).toBe('й');
    expect(withoutAccents('한')).toBe('한');
  });
});

describe('German stems', () => {
  it.each([
    ['zurücksetzen', 'zuruecksetzen', 'zurucksetzen'],
    ['Größe', 'groesse', 'grösse'],
    ['Rechnung', 'Rechnungen'],
    ['löschen', 'Löschung', 'loeschen'],
    ['Schlüssel', 'schluessel', 'Schlüsseln'],
  ])('are one for %s', (...words) => {
    const stems = words.map((word) => german.stem(word.toLowerCase()));
    expect(new Set(stems).size).toBe(1);
    expect(stems[0]).not.toBeNull();
  });

  it('keep apart what only looks alike', () => {
    expect(german.stem('neue')).toBe(german.stem('neu'));
    expect(german.stem('bauen')).toBe(german.stem('bau'));
    expect(german.stem('konto')).not.toBe(german.stem('kontakt'));
  });

  it('do not exist for question words', () => {
    for (const word of ['wie', 'wo', 'kann', 'ich', 'mein']) expect(german.stem(word)).toBeNull();
    for (const word of ['how', 'do', 'i', 'my']) expect(analyserFor('en').stem(word)).toBeNull();
  });
});

describe('concepts', () => {
  const lexicon = lexiconOf(
    german.words(
      'Passwort Länge Rechnung Adresse löschen anmelden zurücksetzen kosten Konto speichern Zeit',
    ),
    german,
  );
  const terms = (word: string) => {
    const concept = lexicon.concept(word);
    return concept === null ? [] : termsOf(concept);
  };
  const stem = (word: string) => german.stem(word);

  it('part compounds into words that the corpus has', () => {
    expect(terms('passwortlänge')).toContain(stem('passwort'));
    expect(terms('passwortlänge')).toContain(stem('länge'));
    expect(terms('rechnungsadresse')).toEqual([
      'rechnungsadress',
      stem('rechnung'),
      stem('adresse'),
    ]);
    expect(terms('rechnungsbetrag')).toHaveLength(1);
  });

  it('know other forms of a verb', () => {
    expect(terms('gelöscht')).toContain(stem('löschen'));
    expect(terms('kostet')).toContain(stem('kosten'));
    expect(terms('zurückgesetzt')).toContain(stem('zurücksetzen'));
    expect(terms('anzumelden')).toContain(stem('anmelden'));
    expect(terms('gespeichert')).toContain(stem('speichern'));
  });

  it('put verbs together that a question tears apart', () => {
    const asked = lexicon.question('Wie setze ich mein Passwort zurück?').flatMap(termsOf);
    expect(asked).toContain(stem('zurücksetzen'));
    expect(lexicon.question('Wie melde ich mich an?').flatMap(termsOf)).toContain(stem('anmelden'));
  });

  it('take the longest parts there are', () => {
    const words = new Set(['pass', 'passwort', 'wort', 'link', 'wortlink']);
    expect(compoundParts('passwortlink', (part) => words.has(part))).toEqual(['passwort', 'link']);
    expect(compoundParts('passwort', (part) => words.has(part))).toEqual(['pass', 'wort']);
    expect(compoundParts('unbekannt', (part) => words.has(part))).toEqual([]);
  });

  it('stay cheap for absurd words', () => {
    expect(compoundParts('ab'.repeat(5000), () => false)).toEqual([]);
  });
});
