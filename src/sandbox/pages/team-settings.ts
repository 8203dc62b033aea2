import { html } from 'hono/html';
import { helpCenterUrl } from '../api/help-centers.ts';
import type { Workspace } from '../workspace.ts';
import type { Html } from './layout.ts';
import { localeName } from './page-texts.ts';
import { teamPage } from './team-layout.ts';
import { type Note, noteLine } from './team-pages.ts';

/** What an owner sets for the help center, and who works in the workspace. */
export function teamSettingsPage(workspace: Workspace, note: Note | null): Html {
  const content = html`<div class="heading"><h1>Settings</h1>
<p class="lead">Of the help center at ${helpCenterUrl(workspace)}</p></div>
${noteLine(note)}
${settingsForm(workspace)}
${teammateTable(workspace)}`;
  return teamPage(workspace, 'Settings', content);
}

function settingsForm({ settings }: Workspace): Html {
  const { locales, defaultLocale, helpCenter } = settings;
  return html`<form class="edit" method="post" action="/_sandbox/ui/forms/settings">
<div class="pair">
<label>Default locale <select name="default_locale">${locales.map((locale) =>
    locale === defaultLocale
      ? html`<option value="${locale}" selected>${localeName(locale)}</option>`
      : html`<option value="${locale}">${localeName(locale)}</option>`,
  )}</select></label>
<label>Domain of its own <input name="custom_domain" value="${helpCenter.customDomain ?? ''}" placeholder="help.example.com" autocomplete="off" spellcheck="false"></label>
</div>
<label class="check"><input type="checkbox" name="website_turned_on" value="on"${helpCenter.isTurnedOn ? html` checked` : ''}> Website is turned on</label>
<div class="actions"><button>Save settings</button></div></form>`;
}

function teammateTable({ settings }: Workspace): Html {
  const { teammates, teams } = settings;
  return html`<h2 class="quiet">Teammates</h2>
<div class="scroll" role="region" aria-label="Teammates" tabindex="0"><table><thead><tr><th scope="col">Name</th><th scope="col">E-mail</th><th scope="col" class="wide">Id</th><th scope="col" class="wide">Teams</th></tr></thead>
<tbody>${teammates.map(({ id, name, email }) => {
    const names = teams.filter(({ memberIds }) => memberIds.includes(id)).map((team) => team.name);
    return html`<tr><td>${name}</td><td>${email}</td><td class="mono wide">${id}</td><td class="wide">${names.join(', ') || '–'}</td></tr>`;
  })}</tbody></table></div>`;
}
