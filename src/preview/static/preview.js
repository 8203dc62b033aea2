/** What a page of the preview does in the browser. Everything here is a help: without it pages still read. */

const root = document.documentElement;
const token = document.querySelector('meta[name="kb-token"]')?.getAttribute('content') ?? null;
const byId = (id) => document.getElementById(id);

const kept = {
  read(name) {
    try {
      return localStorage.getItem(`kb-${name}`);
    } catch {
      return null;
    }
  },
  write(name, value) {
    try {
      localStorage.setItem(`kb-${name}`, value);
    } catch {
      // Storage may be switched off; then the choice holds for this page.
    }
  },
};

/** Says something to people who look and to people who listen. */
function tell(text) {
  const told = byId('kb-told');
  if (told !== null) told.textContent = text;
}

/* Light or dark */

function applyTheme(theme) {
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
}
applyTheme(kept.read('theme'));

function toggleTheme() {
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const next = (root.dataset.theme ?? system) === 'dark' ? 'light' : 'dark';
  applyTheme(next);
  kept.write('theme', next);
}

/* What only writers see */

function applyPanel(shown) {
  root.classList.toggle('no-panel', !shown);
  byId('kb-panel-toggle')?.setAttribute('aria-pressed', String(shown));
}

function togglePanel() {
  const shown = root.classList.contains('no-panel');
  applyPanel(shown);
  kept.write('panel', shown ? 'shown' : 'hidden');
}

/** Sections stay as the writer left them, from page to page. */
function openSections() {
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

function loadOpenParts(again = false) {
  for (const place of document.querySelectorAll('#kb-panel .section[open] [data-lazy]')) {
    if (again || place.dataset.loaded !== place.dataset.lazy) loadPart(place);
  }
}

/* Changing a page in place */

function parsed(html) {
  // A document made this way runs nothing and loads nothing before its parts are put into the page.
  return new DOMParser().parseFromString(html, 'text/html').body;
}

/** Attributes that belong to the reader, not to the text. */
const readersOwn = new Set(['open', 'data-loaded']);

function morph(now, next) {
  if (now.nodeType !== next.nodeType || now.nodeName !== next.nodeName) {
    now.replaceWith(next);
    return;
  }
  if (now.nodeType !== Node.ELEMENT_NODE) {
    if (now.nodeValue !== next.nodeValue) now.nodeValue = next.nodeValue;
    return;
  }
  for (const { name } of [...now.attributes]) {
    if (!next.hasAttribute(name) && !readersOwn.has(name)) now.removeAttribute(name);
  }
  for (const { name, value } of [...next.attributes]) {
    if (!readersOwn.has(name) && now.getAttribute(name) !== value) now.setAttribute(name, value);
  }
  // What was fetched stays until it is fetched again.
  if (now.dataset.lazy !== undefined && now.dataset.loaded === next.dataset.lazy) return;
  if (now.tagName === 'INPUT') return;
  morphChildren(now, next);
}

/** Like nodes at both ends stay where they are, so that only what changed in between is touched. */
function morphChildren(now, next) {
  const old = [...now.childNodes];
  const fresh = [...next.childNodes];
  let start = 0;
  while (start < old.length && start < fresh.length && isAlike(old[start], fresh[start]))
    start += 1;
  let oldEnd = old.length;
  let freshEnd = fresh.length;
  while (oldEnd > start && freshEnd > start && isAlike(old[oldEnd - 1], fresh[freshEnd - 1])) {
    oldEnd -= 1;
    freshEnd -= 1;
  }
  const free = new Set(old.slice(start, oldEnd));
  let cursor = old[start] ?? null;
  for (const node of fresh.slice(start, freshEnd)) {
    const partner = [...free].find(
      (one) => one.nodeName === node.nodeName && idOf(one) === idOf(node),
    );
    if (partner === undefined) {
      now.insertBefore(node, cursor);
      continue;
    }
    free.delete(partner);
    // Moving a node would throw away where it is scrolled to.
    if (partner === cursor) cursor = cursor.nextSibling;
    else now.insertBefore(partner, cursor);
    morph(partner, node);
  }
  for (const node of free) node.remove();
}

function idOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node.id : '';
}

function isAlike(a, b) {
  return a.nodeType === b.nodeType && plain(a).isEqualNode(plain(b));
}

/** A node without what belongs to the reader, for comparing. */
function plain(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return node;
  const touched = node.querySelector?.('[data-loaded], details') ?? null;
  if (touched === null && !node.matches('details')) return node;
  const copy = node.cloneNode(true);
  for (const one of [copy, ...copy.querySelectorAll('details, [data-loaded]')]) {
    one.removeAttribute('open');
    if (one.dataset.loaded !== undefined) {
      one.removeAttribute('data-loaded');
      one.replaceChildren();
    }
    if (one.dataset.lazy !== undefined) one.replaceChildren();
  }
  for (const one of copy.querySelectorAll('[data-lazy]')) one.replaceChildren();
  return copy;
}

/* Following the files */

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

function follow() {
  const state = byId('kb-live');
  if (token === null || state === null) return;
  const page = decodeURI(location.pathname);
  const query = new URLSearchParams({ token, page, seen: pageHash });
  const stream = new EventSource(`/~events?${query}`);
  stream.addEventListener('open', () => {
    state.classList.remove('lost');
    root.dataset.following = 'yes';
  });
  stream.addEventListener('page', (event) => showPage(JSON.parse(event.data)));
  stream.addEventListener('same', () => loadOpenParts(true));
  stream.addEventListener('error', () => {
    state.classList.add('lost');
    root.dataset.following = 'no';
    state.title = 'Not connected: is kb preview running?';
    if (stream.readyState === EventSource.CLOSED) waitForServer();
  });
  addEventListener('pagehide', () => stream.close());
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

async function act(button, path, data) {
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

/* Search as you type */

const search = { found: [], at: -1, run: 0 };

function showFound(box, list, results, query) {
  search.found = results;
  search.at = -1;
  list.replaceChildren();
  if (results.length === 0) {
    const none = document.createElement('p');
    none.className = 'none';
    none.textContent = '–';
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
  const isShown = query !== '' && results.length > 0;
  list.hidden = !isShown;
  box.setAttribute('aria-expanded', String(isShown));
  box.removeAttribute('aria-activedescendant');
  if (query !== '') tell(String(results.length));
}

async function look(box) {
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

function closeSearch() {
  const box = byId('kb-search');
  const list = byId('kb-found');
  if (box === null || list === null) return;
  list.hidden = true;
  box.setAttribute('aria-expanded', 'false');
  box.removeAttribute('aria-activedescendant');
}

function searchKey(event, box) {
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

/* Images, contents, the rest */

function zoom(link) {
  const dialog = byId('kb-zoom');
  const picture = dialog?.querySelector('img');
  if (!dialog || !picture) return;
  picture.src = link.href;
  picture.alt = link.querySelector('img')?.alt ?? '';
  dialog.showModal();
}

let spy = null;

/** Marks in the contents where the reader is. */
function decorate() {
  spy?.disconnect();
  const links = [...document.querySelectorAll('#kb-contents a')];
  if (links.length === 0) return;
  const seen = new Set();
  spy = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) seen.add(target.id);
        else seen.delete(target.id);
      }
      const here = links.find((link) => seen.has(decodeURIComponent(link.hash.slice(1))));
      if (here === undefined) return;
      for (const link of links) link.classList.toggle('here', link === here);
    },
    { rootMargin: '-60px 0px -55% 0px' },
  );
  for (const link of links) {
    const heading = byId(decodeURIComponent(link.hash.slice(1)));
    if (heading !== null) spy.observe(heading);
  }
}

async function copyLink(button) {
  await navigator.clipboard?.writeText(location.href).catch(() => undefined);
  const label = button.textContent;
  button.textContent = button.dataset.copied;
  tell(button.dataset.copied);
  setTimeout(() => {
    button.textContent = label;
  }, 1500);
}

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
