/** Helps for readers: larger images, where they are in the contents, a link to copy. */

import { byId, tell } from './base.js';

export function zoom(link) {
  const dialog = byId('kb-zoom');
  const picture = dialog?.querySelector('img');
  if (!dialog || !picture) return;
  picture.src = link.href;
  picture.alt = link.querySelector('img')?.alt ?? '';
  dialog.showModal();
}

let spy = null;

/** Marks in the contents where the reader is. */
export function decorate() {
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

export async function copyLink(button) {
  await navigator.clipboard?.writeText(location.href).catch(() => undefined);
  const label = button.textContent;
  button.textContent = button.dataset.copied;
  tell(button.dataset.copied);
  setTimeout(() => {
    button.textContent = label;
  }, 1500);
}
