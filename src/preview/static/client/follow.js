/** Follows the files: a page that changed is sent, and shown where it stands. */

import { byId, root, tell, token } from './base.js';
import { morph, parsed } from './morph.js';
import { decorate } from './reading.js';
import { loadOpenParts, openSections } from './sections.js';

let pageHash = document.querySelector('meta[name="kb-seen"]')?.getAttribute('content') ?? '';

function showPage({ url, title, body, hash }) {
  pageHash = hash;
  const next = parsed(body).firstElementChild;
  const page = byId('kb-page');
  if (next === null || page === null) return;
  const focus = document.activeElement?.id ?? '';
  const [left, top] = [scrollX, scrollY];
  morph(page, next);
  document.title = title;
  if (url !== null && url !== location.pathname)
    history.replaceState(null, '', url + location.hash);
  if (focus !== '' && document.activeElement?.id !== focus)
    byId(focus)?.focus({ preventScroll: true });
  scrollTo({ left, top, behavior: 'instant' });
  decorate();
  openSections();
  loadOpenParts(true);
  tell('Updated');
  root.dataset.updated = String(Number(root.dataset.updated ?? '0') + 1);
}

export function follow() {
  const state = byId('kb-live');
  if (token === null || state === null) return;
  const page = decodeURI(location.pathname);
  const query = new URLSearchParams({ token, page, seen: pageHash });
  const stream = new EventSource(`/~events?${query}`);
  stream.addEventListener('open', () => {
    showConnection(state, true);
    root.dataset.following = 'yes';
  });
  stream.addEventListener('page', (event) => showPage(JSON.parse(event.data)));
  stream.addEventListener('same', () => loadOpenParts(true));
  stream.addEventListener('error', () => {
    showConnection(state, false);
    root.dataset.following = 'no';
    if (stream.readyState === EventSource.CLOSED) waitForServer();
  });
  addEventListener('pagehide', () => stream.close());
}

/** A page that no longer follows says so in words: a writer would wait for a save to show. */
function showConnection(state, isConnected) {
  const words = isConnected ? 'Updates as you save' : 'Not connected: is kb preview running?';
  const shown = state.lastElementChild;
  if (shown.textContent !== words && !isConnected) tell(words);
  state.classList.toggle('lost', !isConnected);
  state.title = words;
  shown.textContent = words;
  shown.classList.toggle('visually-hidden', isConnected);
}

/** A new run has a new token, so the page is loaded anew. */
function waitForServer() {
  const timer = setInterval(async () => {
    const answer = await fetch(location.pathname, { method: 'HEAD' }).catch(() => null);
    if (answer === null) return;
    clearInterval(timer);
    location.reload();
  }, 1500);
}
