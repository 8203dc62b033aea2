import { describe, expect, it } from 'vitest';
import { ask, retrievalIndex } from '../../src/fin/index.ts';
import { type Draft, textsOf } from './texts.ts';

const german: Record<string, Draft> = {
  'passwort-zuruecksetzen': {
    title: 'Passwort zurücksetzen',
    body: 'So kommen Sie wieder in Ihr Konto.\n\n## Link anfordern {#link}\n\nWählen Sie auf der Anmeldeseite **Passwort vergessen**. Wir schicken Ihnen einen Link. Der Link ist 24 Stunden gültig.\n\n## Wenn keine E-Mail kommt\n\nSehen Sie im Spam-Ordner nach.\n',
  },
  rechnungen: {
    title: 'Rechnungen und Zahlung',
    body: 'Rechnungen stehen unter Einstellungen.\n\n## Rechnungsadresse ändern\n\nÄndern Sie die Anschrift vor dem Monatsende.\n\n## Zahlungsarten\n\n| Art | Gebühr |\n|---|---|\n| SEPA-Lastschrift | keine |\n| Kreditkarte | 2 % |\n',
  },
  kuendigung: {
    title: 'Vertrag kündigen',
    body: 'Sie können zum Monatsende kündigen.\n\n## Daten nach dem Ende\n\nNach 30 Tagen werden alle Daten gelöscht.\n',
  },
  kalender: {
    title: 'Kalender abgleichen',
    body: 'Verbinden Sie Outlook oder Google.\n\n## Wie oft\n\nDer Abgleich läuft alle 15 Minuten.\n',
  },
};

const english: Record<string, Draft> = {
  password: {
    title: 'Reset your password',
    body: 'Get back into your account.\n\n## Request a link\n\nThe link is valid for 24 hours.\n',
  },
  invoices: {
    title: 'Invoices and payment',
    body: 'Find invoices under Settings.\n\n## Change the billing address\n\nChange it before the end of the month.\n',
  },
};

async function index() {
  return retrievalIndex([...(await textsOf('de', german)), ...(await textsOf('en', english))]);
}

describe('ask', () => {
  it.each([
    ['Wie lange gilt der Link zum Zurücksetzen?', 'passwort-zuruecksetzen', 'Link anfordern'],
    ['passwort zuruecksetzen', 'passwort-zuruecksetzen', 'Link anfordern'],
    [
      'Wie setze ich mein Kennwort bzw. Passwort zurück?',
      'passwort-zuruecksetzen',
      'Link anfordern',
    ],
    [
      'Ich habe keine Mail bekommen, im Spamordner?',
      'passwort-zuruecksetzen',
      'Wenn keine E-Mail kommt',
    ],
    ['Wo ändere ich die Adresse auf der Rechnung?', 'rechnungen', 'Rechnungsadresse ändern'],
    ['Kann ich mit Kreditkarte zahlen?', 'rechnungen', 'Zahlungsarten'],
    ['Wann löscht ihr meine Daten?', 'kuendigung', 'Daten nach dem Ende'],
    ['Wie lange ist die Kündigungsfrist?', 'kuendigung', 'Vertrag kündigen'],
    ['Wie oft gleicht ihr den Kalender ab?', 'kalender', 'Wie oft'],
    ['Pasword vergesen', 'passwort-zuruecksetzen', 'Link anfordern'],
  ])('answers "%s"', async (question, id, heading) => {
    const [hit] = ask(await index(), question, 'de', 3);
    expect([hit?.id, hit?.heading]).toEqual([id, heading]);
  });

  it.each([
    ['How long is the link valid?', 'password', 'Request a link'],
    ["I can't log in, how do I reset my password?", 'password', 'Reset your password'],
    ['Where can I change our billing addresses?', 'invoices', 'Change the billing address'],
  ])('answers "%s"', async (question, id, heading) => {
    const [hit] = ask(await index(), question, 'en', 3);
    expect([hit?.id, hit?.heading]).toEqual([id, heading]);
  });

  it('gives place, score and the sentence that answers', async () => {
    const hits = ask(await index(), 'Wie lange ist der Link gültig?', 'de');
    expect(hits[0]).toMatchObject({
      id: 'passwort-zuruecksetzen',
      locale: 'de',
      heading: 'Link anfordern',
      anchor: 'link',
    });
    expect(hits[0]?.excerpt).toContain('Der Link ist 24 Stunden gültig.');
    const scores = hits.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    for (const score of scores) {
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
    }
  });

  it('scores what it covers high and what it hardly touches low, between questions too', async () => {
    const found = await index();
    const best = (question: string) => ask(found, question, 'de', 1)[0]?.score ?? 0;
    expect(best('Passwort zurücksetzen')).toBeGreaterThan(0.5);
    expect(best('Rechnungsadresse ändern')).toBeGreaterThan(0.5);
    expect(best('Wer gewann die Weltmeisterschaft im Passwortraten auf dem Mond?')).toBeLessThan(
      0.25,
    );
    expect(best('Wie backe ich einen Apfelkuchen?')).toBe(0);
  });

  it('finds nothing where nothing is asked or nothing is there', async () => {
    const found = await index();
    expect(ask(found, '', 'de')).toEqual([]);
    expect(ask(found, 'Wie kann ich das?', 'de')).toEqual([]);
    expect(ask(found, '*** ??? "', 'de')).toEqual([]);
    expect(ask(found, 'Passwort', 'fr')).toEqual([]);
    expect(ask(retrievalIndex([]), 'Passwort', 'de')).toEqual([]);
  });

  it('reads only the texts it was given', async () => {
    const texts = (await textsOf('de', german)).filter(
      ({ articleId }) => articleId !== 'kuendigung',
    );
    const hits = ask(retrievalIndex(texts), 'Vertrag kündigen', 'de', 50);
    expect(hits.map(({ id }) => id)).not.toContain('kuendigung');
  });

  it('gives the same answer whatever the order of the texts', async () => {
    const texts = await textsOf('de', german);
    const question = 'Daten, Link, Rechnung, Kalender';
    const ids = (all: typeof texts) =>
      ask(retrievalIndex(all), question, 'de', 20).map(({ score }) => score);
    expect(ids([...texts].reverse())).toEqual(ids(texts));
  });

  it('searches Japanese, too', async () => {
    const texts = await textsOf('ja', {
      a: { title: 'パスワードを変更する', body: '設定でパスワードを変更できます。\n' },
      b: { title: '請求書', body: '請求書は毎月届きます。\n' },
    });
    expect(ask(retrievalIndex(texts), 'パスワードはどこで変更できますか', 'ja')[0]?.id).toBe('a');
    expect(ask(retrievalIndex(texts), '請求書はいつ届きますか', 'ja')[0]?.id).toBe('b');
  });
});
