import { html } from 'hono/html';
import type { Workspace } from '../workspace.ts';
import type { Html } from './layout.ts';

/** A page for the people who run the sandbox: what a teammate sees, and the log. */
export function teamPage(
  workspace: Workspace,
  title: string,
  content: Html,
  script: Html | '' = '',
): Html {
  const { name } = workspace.settings;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${`${title} · ${name}`}</title>
<link rel="icon" href="/help/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/help/static/help.css">
${script}
</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header class="bar"><a class="brand" href="/_sandbox/ui"><span class="mark" aria-hidden="true"></span>${name} · teammates</a>
<nav class="links" aria-label="Sandbox"><a href="/_sandbox/ui">Articles</a><a href="/_sandbox/ui/settings">Settings</a><a href="/_sandbox/log">Log</a><a href="/help">Help center</a></nav></header>
<main id="content" class="team">${content}</main>
<footer><p>A sandbox for rehearsing. It is not Intercom, and nothing here leaves this machine.</p></footer>
</body>
</html>`;
}
