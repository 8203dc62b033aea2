import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folders = 20;

/**
 * Writes a knowledge base of so many translations (two for each article): headings, lists, a table, a
 * callout, code and links to other articles in each, some 2 KB a file. The same every time.
 */
export function writeBenchContent(root: string, translations: number): void {
  mkdirSync(root, { recursive: true });
  writeFileSync(
    join(root, 'kb.yaml'),
    `defaultLocale: de
locales: [de, en]
variables: { product: Beispiel }
review: { unreviewed: publish-without-ai }
workspaces:
  bench: { region: eu, endpoint: "http://127.0.0.1:4400", tokenEnv: KB_BENCH_TOKEN, author: bench@example.com }
`,
  );
  for (let folder = 0; folder < folders; folder += 1) {
    mkdirSync(join(root, `s${folder}`), { recursive: true });
    const title = `title: Sammlung ${folder}, description: Alles zum Thema ${folder}`;
    writeFileSync(
      join(root, `s${folder}/_collection.yaml`),
      `id: s${folder}\nde: { ${title} }\nen: { ${title} }\n`,
    );
  }
  const articles = translations / 2;
  for (let article = 0; article < articles; article += 1) {
    const next = (article + folders) % articles;
    for (const locale of ['de', 'en']) {
      const head = `title: Artikel ${article} ${locale}\ndescription: Worum es in ${article} geht.\n`;
      writeFileSync(
        join(root, `s${article % folders}/a${article}.${locale}.md`),
        `---\n${locale === 'de' ? `id: a${article}\n` : ''}${head}---\n\n${bodyOf(article, next, locale)}`,
      );
    }
  }
}

function bodyOf(article: number, next: number, locale: string): string {
  const target = `../s${next % folders}/a${next}.${locale}.md`;
  const sections = [1, 2, 3].map(
    (section) => `## Abschnitt ${section} von ${article}

Der **erste** Satz erklärt, *warum* {{ product }} das tut, und der zweite verweist auf [den nächsten
Artikel](${target}). Ein dritter nennt \`einstellung-${section}\` und eine Zahl, nämlich ${article * section}.

1. Öffnen Sie die Einstellungen und wählen Sie **Konto ${section}**.
2. Tragen Sie den Wert ${article} ein.
   - Er gilt sofort.
   - Er gilt für alle im Team.

> [!NOTE]
> Änderungen sieht nur, wer die Seite neu lädt.
`,
  );
  return `${sections.join('\n')}
| Plan | Preis | Grenze |
|---|---|---|
| Start | ${article} € | 5 Personen |
| Team | ${article + 9} € | 50 Personen |

\`\`\`json
{ "artikel": ${article}, "aktiv": true }
\`\`\`
`;
}
