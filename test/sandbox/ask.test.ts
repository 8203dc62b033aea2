import { beforeAll, describe, expect, it } from 'vitest';
import { newArticle, openTestSandbox, type TestSandbox } from './sandbox-client.ts';

let test: TestSandbox;
const ids: Record<string, string> = {};

beforeAll(async () => {
  test = openTestSandbox();
  const make = async (
    name: string,
    de: [string, string],
    en: [string, string],
    state = 'published',
  ) => {
    const article = await newArticle(test, {
      title: de[0],
      body: de[1],
      state,
      translated_content: { en: { title: en[0], body: en[1], state } },
    });
    ids[name] = article.id;
  };
  await make(
    'password',
    [
      'Passwort zurücksetzen',
      '<p>Sie haben Ihr Passwort vergessen? So setzen Sie ein neues.</p><h2>Link anfordern</h2><p>Klicken Sie auf der Anmeldeseite auf Passwort vergessen. Der Link ist 24 Stunden gültig.</p><h2>Keine E-Mail erhalten</h2><p>Sehen Sie im Spam-Ordner nach.</p>',
    ],
    [
      'Reset your password',
      '<p>Forgot your password? This is how to set a new one.</p><h2>Request the link</h2><p>Click Forgot password on the sign-in page. The link is valid for 24 hours.</p>',
    ],
  );
  await make(
    'retention',
    [
      'Wie lange wir Daten aufbewahren',
      '<h2>Nach der Kündigung</h2><p>30 Tage nach Vertragsende löschen wir alle Kundendaten endgültig. Die Kündigungsfrist beträgt einen Monat.</p><table><tbody><tr><td>Rechnungen</td><td>8 Jahre</td></tr></tbody></table>',
    ],
    [
      'How long we keep data',
      '<h2>After you cancel</h2><p>We delete all customer data for good 30 days after the contract ends.</p>',
    ],
  );
  await make(
    'calendar',
    [
      'Kalender verbinden',
      '<p>Termine werden mit Ihrem Google-Kalender alle 15 Minuten abgeglichen.</p>',
    ],
    [
      'Connect a calendar',
      '<p>Appointments are synchronised with your Google calendar every 15 minutes.</p>',
    ],
  );
  await make(
    'prices',
    [
      'Preise ab 2027',
      '<p>Der Team-Tarif kostet ab Januar 2027 zwölf Euro je Person. Vereine erhalten einen Rabatt.</p>',
    ],
    [
      'Prices from 2027',
      '<p>From January 2027 the Team plan costs twelve euros per person. Charities get a discount.</p>',
    ],
    'draft',
  );
});

const ask = async (question: string, locale: string) =>
  (await test.call('POST', '/_sandbox/ask', { question, locale })).body;

describe('it answers from the passage that covers the question', () => {
  it.each([
    ['de', 'Wie lange ist der Link zum Zurücksetzen gültig?', 'password', '24 Stunden'],
    ['de', 'Ich habe mein Passwort vergessen, was nun?', 'password', 'Passwort'],
    ['de', 'passwort zuruecksetzen', 'password', 'Passwort'],
    ['de', 'Wann werden Daten von Kunden nach der Kündigung gelöscht?', 'retention', '30 Tage'],
    ['de', 'Welche Frist hat die Kündigung?', 'retention', 'einen Monat'],
    ['de', 'Wie lange bleiben Rechnungen aufbewahrt?', 'retention', '8 Jahre'],
    ['de', 'Wie oft wird der Google-Kalender abgeglichen?', 'calendar', '15 Minuten'],
    ['en', 'How long is the reset link valid?', 'password', '24 hours'],
    ['en', 'I forgot my password', 'password', 'password'],
    ['en', 'When is customer data deleted after I cancel?', 'retention', '30 days'],
    ['en', 'How often are appointments synchronised?', 'calendar', '15 minutes'],
  ])('%s: %s', async (locale, question, name, words) => {
    const { answer, passages } = await ask(question, locale);
    expect(answer).toContain(words);
    expect(passages[0]).toMatchObject({ kind: 'article', id: ids[name], locale });
    expect(passages[0].score).toBeGreaterThan(0);
  });

  it('names the heading of the passage', async () => {
    const { passages } = await ask('Wie lange ist der Link gültig?', 'de');
    expect(passages[0]).toMatchObject({
      title: 'Passwort zurücksetzen',
      heading: 'Link anfordern',
    });
  });
});

describe('it declines', () => {
  it.each([
    ['de', 'Was kostet der Team-Tarif ab Januar 2027?'],
    ['de', 'Bekommen Vereine einen Rabatt?'],
    ['de', 'Wie viel kostet ein Kalender für Kunden?'],
    ['de', 'Kann ich Termine mit meiner Waschmaschine verbinden?'],
    ['de', 'Gibt es eine App für Android?'],
    ['de', 'Wie?'],
    ['en', 'How much is the Team plan from January 2027?'],
    ['en', 'Do charities get a discount?'],
    ['en', 'Can I export appointments to Excel?'],
    ['en', 'Who is the founder of the company?'],
  ])('%s: %s', async (locale, question) => {
    expect(await ask(question, locale)).toEqual({ answer: null, passages: [] });
  });
});

it('answers as soon as the article is published, and no longer when it is switched off', async () => {
  const question = 'Was kostet der Team-Tarif ab Januar 2027?';
  await test.call('PUT', `/articles/${ids.prices}`, { state: 'published' });
  expect((await ask(question, 'de')).answer).toContain('zwölf Euro');
  await test.call('PUT', `/articles/${ids.prices}`, { ai_chatbot_availability: false });
  expect((await ask(question, 'de')).answer).toBeNull();
  const copilot = await test.call('POST', '/_sandbox/ask', {
    question,
    locale: 'de',
    agent: 'copilot',
  });
  expect(copilot.body.answer).toContain('zwölf Euro');
});

it('refuses what it cannot ask', async () => {
  expect((await test.call('POST', '/_sandbox/ask', { locale: 'de' })).status).toBe(400);
  expect((await test.call('POST', '/_sandbox/ask', { question: 'x', locale: 'fr' })).status).toBe(
    400,
  );
  expect((await test.call('POST', '/_sandbox/ask', { question: 'x', agent: 'robot' })).status).toBe(
    400,
  );
});
