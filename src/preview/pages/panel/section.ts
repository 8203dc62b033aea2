import type { ReviewStatus } from '../../../model/review.ts';
import { html, type Markup, nothing } from '../../render/markup.ts';

/** One part of what stands beside a page, for writers. */
export interface Section {
  /** Stable, so that what is open stays open. */
  id: string;
  title: string;
  count?: number | null;
  open?: boolean;
  /** Shown at once, or fetched from this address when it is opened. */
  body?: Markup;
  lazy?: string;
}

export function section({ id, title, count, open = true, body, lazy }: Section): Markup {
  const number =
    count === undefined || count === null ? nothing : html` <span class="number">${count}</span>`;
  const content =
    lazy === undefined
      ? (body ?? nothing)
      : html`<div class="lazy" data-lazy="${lazy}"><p class="quiet">Looking …</p></div>`;
  return html`<details class="section" id="kb-section-${id}"${open ? { html: ' open' } : nothing}><summary><h2>${title}${number}</h2></summary><div class="inside">${content}</div></details>`;
}

/** What stands beside a page until enough of the content is read to know more. */
export function readingPanel(): Markup {
  const body = html`<p class="quiet">Reading …</p>`;
  return section({ id: 'status', title: 'Status', body });
}

type Tone = 'good' | 'warn' | 'bad' | 'plain';

/** A word that says how something stands. The word carries the meaning, the colour helps. */
export function tag(word: string, tone: Tone): Markup {
  return html`<span class="tag ${tone}">${word}</span>`;
}

const tones: Readonly<Record<ReviewStatus, Tone>> = {
  proven: 'good',
  declared: 'good',
  baseline: 'plain',
  expired: 'warn',
  edited: 'warn',
  unreviewed: 'warn',
};

export function statusTag(status: ReviewStatus): Markup {
  return tag(status, tones[status]);
}
