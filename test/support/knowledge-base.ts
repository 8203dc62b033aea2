import { join } from 'node:path';
import {
  articleText,
  collectionText,
  emptyFolder,
  type Files,
  writeFiles,
} from './content-builder.ts';

/** A small knowledge base in a folder of its own: its content lies in `content/`. Returns the folder. */
export async function knowledgeBase(files: Files = {}): Promise<string> {
  const folder = await emptyFolder();
  await writeFiles(join(folder, 'content'), { ...smallBase, ...files });
  return folder;
}

export const smallConfig = `defaultLocale: de
locales: [de, en]
workspaces:
  sandbox: { region: eu, endpoint: "http://127.0.0.1:4400", tokenEnv: KB_SANDBOX_TOKEN, author: redaktion@example.com }
assets: { store: sandbox }
`;

const smallBase: Files = {
  'kb.yaml': smallConfig,
  'konto/_collection.yaml': collectionText('konto'),
  'konto/passwort.de.md': articleText(
    {
      id: 'passwort',
      title: 'Passwort ändern',
      description: 'So ändern Sie Ihr Passwort.',
      questions: '[Wie lange gilt der Link?]',
    },
    'Fordern Sie einen Link an.\n\n## Link anfordern\n\nDer Link ist 24 Stunden gültig und funktioniert genau einmal.\n',
  ),
  'konto/passwort.en.md': articleText(
    { title: 'Change your password', description: 'How to change your password.' },
    'Ask for a link.\n\n## Ask for a link\n\nThe link is valid for 24 hours and works once.\n',
  ),
  'konto/preise.de.md': articleText(
    { id: 'preise', title: 'Preise ab 2027', description: 'Was sich ändert.' },
    'Ein Platz kostet zwölf Euro im Monat.\n',
  ),
};
