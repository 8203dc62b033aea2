/** Clicks, keys, and what happens when a page opens. Everything here is a help: without it pages still read. */

import { act } from './acts.js';
import { byId, kept, root } from './base.js';
import { follow } from './follow.js';
import { applyPanel, applyTheme, togglePanel, toggleTheme } from './looks.js';
import { copyLink, decorate, zoom } from './reading.js';
import { closeSearch, look, searchKey } from './search.js';
import { loadOpenParts, openSections } from './sections.js';

applyTheme(kept.read('theme'));

function isTyping(target) {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const on = (selector) => target?.closest(selector) ?? null;
  const plainClick = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0);
  const picture = on('a.zoom');
  if (picture !== null && plainClick) {
    event.preventDefault();
    zoom(picture);
  }
  if (on('#kb-zoom img') !== null || target?.id === 'kb-zoom') byId('kb-zoom').close();
  if (on('#kb-theme') !== null) toggleTheme();
  if (on('#kb-panel-toggle') !== null) togglePanel();
  if (on('#kb-copy') !== null) copyLink(on('#kb-copy'));
  const fix = on('[data-fix]');
  if (fix !== null) act(fix, '/~fix', { key: fix.dataset.fix });
  const live = on('[data-live]');
  if (live !== null) act(live, '/~live', {});
  const proofs = on('[data-proofs]');
  if (proofs !== null) act(proofs, '/~proofs', {});
  const wide = on('[data-wide]');
  if (wide !== null) wide.setAttribute('aria-pressed', String(root.classList.toggle('wide-panel')));
  if (on('.search') === null) closeSearch();
});

document.addEventListener('keydown', (event) => {
  const { key, target } = event;
  if (target instanceof HTMLInputElement && target.id === 'kb-search')
    return searchKey(event, target);
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(target)) return;
  if (key === '/') {
    event.preventDefault();
    byId('kb-search')?.focus();
  }
  if (key === 'p') togglePanel();
  if (key === 'e') byId('kb-open-editor')?.click();
});

document.addEventListener('input', (event) => {
  if (event.target instanceof HTMLInputElement && event.target.id === 'kb-search')
    look(event.target);
});

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form instanceof HTMLFormElement && form.classList.contains('search')) event.preventDefault();
});

document.addEventListener(
  'toggle',
  (event) => {
    const section = event.target;
    if (!(section instanceof HTMLDetailsElement) || !section.matches('#kb-panel > .section'))
      return;
    kept.write(section.id, section.open ? 'open' : 'closed');
    if (section.open) loadOpenParts();
  },
  true,
);

if (matchMedia('(max-width: 84rem)').matches) {
  byId('kb-contents')?.querySelector('details')?.removeAttribute('open');
}
applyPanel(kept.read('panel') !== 'hidden');
openSections();
decorate();
follow();
