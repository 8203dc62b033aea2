/** Changes a page in place, and leaves alone what stayed the same. */

export function parsed(html) {
  // A document made this way runs nothing and loads nothing before its parts are put into the page.
  return new DOMParser().parseFromString(html, 'text/html').body;
}

/** Attributes that belong to the reader, not to the text. */
const readersOwn = new Set(['open', 'data-loaded']);

export function morph(now, next) {
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
export function morphChildren(now, next) {
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
