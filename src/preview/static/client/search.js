/** Search as you type. */

import { byId, tell } from './base.js';

const search = { found: [], at: -1, run: 0 };

function showFound(box, list, results, query) {
  search.found = results;
  search.at = -1;
  list.replaceChildren();
  if (results.length === 0) {
    const none = document.createElement('p');
    none.className = 'none';
    none.role = 'option';
    none.ariaDisabled = 'true';
    none.textContent = list.dataset.none;
    list.append(none);
  }
  results.forEach(({ href, title, excerpt }, index) => {
    const link = document.createElement('a');
    link.href = href;
    link.id = `kb-found-${index}`;
    link.role = 'option';
    link.tabIndex = -1;
    link.setAttribute('aria-selected', 'false');
    for (const [name, text] of [
      ['name', title],
      ['about', excerpt],
    ]) {
      const part = document.createElement('span');
      part.className = name;
      part.textContent = text;
      link.append(part);
    }
    list.append(link);
  });
  const isShown = query !== '';
  list.hidden = !isShown;
  box.setAttribute('aria-expanded', String(isShown));
  box.removeAttribute('aria-activedescendant');
  if (isShown) tell(results.length === 0 ? list.dataset.none : String(results.length));
}

export async function look(box) {
  const list = byId('kb-found');
  const query = box.value.trim();
  search.run += 1;
  const { run } = search;
  if (query === '') return showFound(box, list, [], '');
  const locale = box.form.elements.namedItem('locale').value;
  const response = await fetch(`/~search?${new URLSearchParams({ q: query, locale })}`, {
    headers: { accept: 'application/json' },
  }).catch(() => null);
  if (response === null || run !== search.run) return;
  const { results } = await response.json();
  if (run === search.run) showFound(box, list, results, query);
}

function select(box, step) {
  const { found } = search;
  if (found.length === 0) return;
  search.at =
    (search.at + step + found.length + (search.at < 0 && step < 0 ? 1 : 0)) % found.length;
  found.forEach((_, index) => {
    byId(`kb-found-${index}`)?.setAttribute('aria-selected', String(index === search.at));
  });
  const chosen = byId(`kb-found-${search.at}`);
  chosen?.scrollIntoView({ block: 'nearest' });
  box.setAttribute('aria-activedescendant', `kb-found-${search.at}`);
}

export function closeSearch() {
  const box = byId('kb-search');
  const list = byId('kb-found');
  if (box === null || list === null) return;
  list.hidden = true;
  box.setAttribute('aria-expanded', 'false');
  box.removeAttribute('aria-activedescendant');
}

export function searchKey(event, box) {
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    select(box, event.key === 'ArrowDown' ? 1 : -1);
  } else if (event.key === 'Escape') {
    closeSearch();
  } else if (event.key === 'Enter') {
    event.preventDefault();
    const chosen = search.at >= 0 ? search.found[search.at]?.href : undefined;
    const locale = box.form.elements.namedItem('locale').value;
    location.assign(chosen ?? `/~search?${new URLSearchParams({ q: box.value, locale })}`);
  }
}
