/** The sections beside an article; what is in them is fetched when somebody looks. */

import { kept } from './base.js';
import { morphChildren, parsed } from './morph.js';

/** Sections stay as the writer left them, from page to page. */
export function openSections() {
  for (const section of document.querySelectorAll('#kb-panel > .section')) {
    const state = kept.read(section.id);
    if (state !== null) section.open = state === 'open';
  }
  loadOpenParts();
}

const loading = new WeakMap();

async function loadPart(place) {
  const address = place.dataset.lazy;
  const run = Symbol('run');
  loading.set(place, run);
  try {
    const response = await fetch(address);
    const text = await response.text();
    if (loading.get(place) !== run) return;
    place.dataset.loaded = address;
    const next = parsed(
      `<div>${response.ok ? text : '<p class="quiet">It cannot be shown now.</p>'}</div>`,
    );
    morphChildren(place, next.firstElementChild);
  } catch {
    // The server is gone; the stream tells.
  }
}

export function loadOpenParts(again = false) {
  for (const place of document.querySelectorAll('#kb-panel .section[open] [data-lazy]')) {
    if (again || place.dataset.loaded !== place.dataset.lazy) loadPart(place);
  }
}
