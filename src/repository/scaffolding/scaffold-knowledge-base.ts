import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locale } from '../../model/locale.ts';
import { jsonSchemas, schemaText } from '../schema/json-schemas.ts';
import { exists, type NewFile, writeNewFiles } from './new-file.ts';
import { collectionText } from './scaffold-item.ts';
import { type ToolRelease, workflowFiles } from './workflows.ts';

const unreleased: ToolRelease = { version: 'latest', commit: null };

/**
 * A new knowledge base in a folder: kb.yaml, one collection with one article, schemas for editors,
 * and
 * workflows. Files that exist stay as they are; a knowledge base is
 * not made twice. Returns the files written, relative to the folder.
 *
 * @throws KbError `exists` where there is a `content/kb.yaml` already
 */
export async function scaffoldKnowledgeBase(
  folder: string,
  options: { defaultLocale?: Locale; locales?: readonly Locale[]; release?: ToolRelease } = {},
): Promise<string[]> {
  const defaultLocale = options.defaultLocale ?? options.locales?.[0] ?? 'en';
  const locales = [...new Set([defaultLocale, ...(options.locales ?? [])])];
  if (await isThere(folder, 'content/kb.yaml')) throw exists('content/kb.yaml');
  const files: NewFile[] = [
    { path: 'content/kb.yaml', text: configText(defaultLocale, locales) },
    {
      path: 'content/start/_collection.yaml',
      text: collectionText('start', locales, startTitle),
    },
    { path: `content/start/welcome.${defaultLocale}.md`, text: welcomeText(defaultLocale) },
    ...Object.entries(jsonSchemas()).map(([name, schema]) => ({
      path: `schema/${name}`,
      text: schemaText(schema),
    })),
    { path: '.vscode/settings.json', text: editorSettings },
    ...workflowFiles(options.release ?? unreleased),
  ];
  const missing: NewFile[] = [];
  for (const file of files) if (!(await isThere(folder, file.path))) missing.push(file);
  return writeNewFiles(folder, missing);
}

function configText(defaultLocale: Locale, locales: readonly Locale[]): string {
  return `# yaml-language-server: $schema=../schema/kb.schema.json
defaultLocale: ${defaultLocale}
locales: [${locales.join(', ')}]

# {{ product }} in an article becomes this text; one for each locale is possible, too.
variables:
  product: My product

workspaces:
  # Start it with: kb sandbox
  sandbox:
    region: eu
    endpoint: "http://127.0.0.1:4400"
    tokenEnv: KB_SANDBOX_TOKEN # the name of the variable, never the token
    author: editor@example.com

review:
  require: stamp # kb review writes it
  maxAge: 365d
  onExpiry: withhold-from-ai
  unreviewed: withhold

# What the AI may read at most.
ai: { agent: true, copilot: true, salesAgent: false, baseline: false }
`;
}

function startTitle(locale: string): string {
  return locale === 'de' ? 'Erste Schritte' : 'Getting started';
}

function welcomeText(locale: Locale): string {
  if (locale === 'de') {
    return `---
id: welcome
title: Willkommen
description: Wofür dieses Hilfezentrum da ist.
publication: published
questions:
  - Wo finde ich Hilfe?
---

Hier steht, wie Sie mit {{ product }} arbeiten. Jeder Artikel ist eine Datei in diesem Ordner, und veröffentlicht wird, was jemand geprüft hat.

> [!TIP]
> Ändern Sie diesen Text und sehen Sie mit \`kb plan\`, was das bewirkt.
`;
  }
  return `---
id: welcome
title: Welcome
description: What this help center is for.
publication: published
questions:
  - Where do I find help?
---

This is where you learn to work with {{ product }}. Every article is a file in this folder, and what somebody has reviewed is published.

> [!TIP]
> Change this text, then see with \`kb plan\` what that does.
`;
}

const editorSettings = `${JSON.stringify(
  {
    'yaml.schemas': {
      './schema/kb.schema.json': ['content/kb.yaml'],
      './schema/collection.schema.json': ['content/**/_collection.yaml'],
    },
  },
  null,
  2,
)}\n`;

async function isThere(folder: string, path: string): Promise<boolean> {
  return (await stat(join(folder, path)).catch(() => null)) !== null;
}
