import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { editedWords } from './preview-content.ts';

/** How long edits took to be seen, and how many were never seen. */
export interface EditTimes {
  ms: number[];
  lost: number;
}

const patienceMs = 10_000;

/**
 * Saves a text again and again and measures, in the page itself, from just before the save to when
 * the new words stand in the document. Every other edit also breaks a link: where a page shows
 * findings, the edit counts as seen only when the finding came, or went, with the words.
 */
export async function editTimes(
  page: Page,
  file: string,
  { edits, hasFindings }: { edits: number; hasFindings: boolean },
): Promise<EditTimes> {
  const original = readFileSync(file, 'utf8');
  const times: EditTimes = { ms: [], lost: 0 };
  for (let index = 0; index < edits; index += 1) {
    const words = `${editedWords} Ausgabe-${index}-x`;
    const isBroken = index % 2 === 1;
    const link = isBroken ? ` [weiter](gibt-es-nicht-${index}.de.md)` : '';
    const finding = hasFindings ? `gibt-es-nicht-${index}.de.md` : null;
    const wanted = { words, finding: isBroken ? finding : null, patienceMs };
    await page.evaluate(`void (${watchScript})(${JSON.stringify(wanted)})`);
    const start = performance.timeOrigin + performance.now();
    writeFileSync(file, original.replace(editedWords, `${words}${link}`));
    const seen = await page.evaluate('window.kbBenchSeen');
    if (typeof seen === 'number') times.ms.push(seen - start);
    else times.lost += 1;
    // Never in step with anything that polls or rests.
    await pause(60 + (index % 7) * 30);
  }
  writeFileSync(file, original);
  return times;
}

/** Runs in the page: a promise of the moment at which the words are in the document. */
const watchScript = `({ words, finding, patienceMs }) => {
  const isSeen = () => {
    const text = document.body.textContent;
    if (!text.includes(words)) return false;
    const panel = document.querySelector('#kb-section-findings');
    return finding === null
      ? panel === null || !panel.textContent.includes('gibt-es-nicht-')
      : panel !== null && panel.textContent.includes(finding);
  };
  window.kbBenchSeen = new Promise((resolve) => {
    const look = () => {
      if (!isSeen()) return;
      observer.disconnect();
      resolve(performance.timeOrigin + performance.now());
    };
    const observer = new MutationObserver(look);
    observer.observe(document.documentElement, { subtree: true, childList: true, characterData: true });
    setTimeout(() => { observer.disconnect(); resolve(null); }, patienceMs);
    look();
  });
}`;
