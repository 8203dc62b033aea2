/** What writers ask the server to do. */

import { tell, token } from './base.js';
import { loadOpenParts } from './sections.js';

async function send(path, data) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-kb-token': token ?? '' },
    body: JSON.stringify(data),
  });
  const { told } = await response.json().catch(() => ({ told: 'That did not work.' }));
  tell(told);
  return { ok: response.ok, told };
}

export async function act(button, path, data) {
  button.disabled = true;
  const { ok, told } = await send(path, data).catch(() => ({ ok: false, told: 'Not connected.' }));
  button.disabled = false;
  if (ok) {
    if (path === '/~live') loadOpenParts(true);
    return;
  }
  const note = button.parentElement?.querySelector('.failed') ?? document.createElement('span');
  note.className = 'failed quiet';
  note.textContent = ` ${told}`;
  button.after(note);
}
