/** Light or dark, and what only writers see. */

import { byId, kept, root } from './base.js';

export function applyTheme(theme) {
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
}

export function toggleTheme() {
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const next = (root.dataset.theme ?? system) === 'dark' ? 'light' : 'dark';
  applyTheme(next);
  kept.write('theme', next);
}

export function applyPanel(shown) {
  root.classList.toggle('no-panel', !shown);
  byId('kb-panel-toggle')?.setAttribute('aria-pressed', String(shown));
}

export function togglePanel() {
  const shown = root.classList.contains('no-panel');
  applyPanel(shown);
  kept.write('panel', shown ? 'shown' : 'hidden');
}
