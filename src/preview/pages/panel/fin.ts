import { passages } from '../../../fin/index.ts';
import type { Article, Translation } from '../../../model/article.ts';
import { agents } from '../../../model/config.ts';
import { withDates } from '../../../report/wording.ts';
import { html, type Markup, nothing } from '../../render/markup.ts';
import type { Retrieval } from '../../state/retrieval.ts';
import type { TextTruth } from '../../state/truth.ts';
import { articleRef } from '../addresses.ts';
import { type Book, textFor, titleOf } from '../book.ts';
import { tag } from './section.ts';
import { agentNames } from './status.ts';

/** What Fin sees of a text: who may answer from it, to whom, which questions it answers, which passages it has. */
export function finBody(
  article: Article,
  text: Translation,
  truth: TextTruth,
  parts: { book: Book; retrieval: Retrieval },
): Markup {
  const rows = agents.map((agent) => {
    const reason = truth.agents[agent];
    const state =
      reason === null
        ? tag('reads it', 'good')
        : html`${tag('does not', 'plain')} ${withDates(reason, parts.book.knowledge.today)}`;
    return html`<dt>${agentNames[agent]}</dt><dd>${state}</dd>`;
  });
  return html`<dl class="facts">${rows}<dt>Audience</dt><dd>${audienceOf(article)}</dd></dl>${questionList(article, text, parts)}${passageList(text)}`;
}

/** Whom Fin may tell what it read here. */
function audienceOf({ visibility, finAudiences }: Article): string {
  if (visibility === 'internal') return 'teammates only';
  const readers = visibility === 'users' ? 'people who are signed in' : 'everyone';
  return finAudiences.length === 0 ? readers : finAudiences.join(', ');
}

function questionList(
  article: Article,
  text: Translation,
  { book, retrieval }: { book: Book; retrieval: Retrieval },
): Markup {
  if (text.questions.length === 0) {
    return html`<h3>Questions</h3><p class="quiet">It names no <code>questions</code> that it answers.</p>`;
  }
  const { cases, isCurrent } = retrieval.answered(text);
  if (cases.length === 0) {
    const questions = text.questions.map((question) => html`<li>${question}</li>`);
    return html`<h3>Questions</h3><p class="quiet">Fin may not read it, so nothing is found.</p><ul class="questions">${questions}</ul>`;
  }
  const items = cases.map(({ question, rank, first }) => {
    const isFirst = rank === 1;
    const state =
      rank === null
        ? tag('not found', 'bad')
        : tag(
            isFirst ? 'found first' : `place ${rank}`,
            isFirst ? 'good' : rank <= 3 ? 'warn' : 'bad',
          );
    const other = first === null || first === article.id ? null : book.knowledge.article(first);
    const instead =
      other === null
        ? nothing
        : html`<br><span class="quiet">first: <a href="${book.addresses.page(articleRef(other, text.locale))}">${titleOf(textFor(other, text.locale), other.id)}</a></span>`;
    return html`<li>${state} ${question}${instead}</li>`;
  });
  const stale = isCurrent
    ? nothing
    : html`<p class="quiet">Asked before your last change; asked again soon.</p>`;
  return html`<h3>Questions</h3><ul class="questions">${items}</ul>${stale}`;
}

function passageList(text: Translation): Markup {
  const items = passages(text).map(({ trail, heading, text: words }) => {
    const count = words.match(/\S+/g)?.length ?? 0;
    const path = trail.length === 0 ? heading : trail.join(' › ');
    return html`<li><details><summary>${path} <span class="quiet">${count} words</span></summary><p>${words}</p></details></li>`;
  });
  return html`<h3>Passages <span class="number">${items.length}</span></h3><ol class="passages" lang="${text.locale}">${items}</ol>`;
}
