import { html } from 'hono/html';
import { slugOf } from '../api/help-centers.ts';
import type { Answer, FoundPassage } from '../fin/answer.ts';
import { AGENTS, type Agent } from '../fin/readable.ts';
import type { Workspace } from '../workspace.ts';
import { askForm } from './help-pages.ts';
import { type Html, page } from './layout.ts';
import { type PageTexts, pageTexts } from './page-texts.ts';

const AGENT_NAMES: Readonly<Record<Agent, string>> = {
  agent: 'Fin AI Agent',
  copilot: 'Copilot',
  salesAgent: 'Sales Agent',
};

export interface Asked {
  readonly question: string;
  readonly agent: Agent;
  /** `null` before anything was asked. */
  readonly answer: Answer | null;
}

/** The question box, and what Fin's stand-in found. */
export function askPage(
  workspace: Workspace,
  locale: string,
  { question, agent, answer }: Asked,
): Html {
  const texts = pageTexts(locale);
  const content = html`<div class="heading"><h1>${texts.ask}</h1></div>
${askForm(locale, question, agentField(texts, agent))}
${answer === null ? '' : answerPart(texts, locale, answer)}`;
  return page({ workspace, locale, title: texts.ask, content });
}

function agentField(texts: PageTexts, agent: Agent): Html {
  return html`<select name="agent" aria-label="${texts.agent}">${AGENTS.map((other) =>
    other === agent
      ? html`<option value="${other}" selected>${AGENT_NAMES[other]}</option>`
      : html`<option value="${other}">${AGENT_NAMES[other]}</option>`,
  )}</select>`;
}

function answerPart(texts: PageTexts, locale: string, { answer, passages }: Answer): Html {
  if (answer === null) {
    return html`<section class="declined" aria-live="polite"><h2>${texts.declined}</h2><p>${texts.declinedHint}</p></section>`;
  }
  return html`<section class="answers" aria-live="polite">${quote(texts, locale, answer, passages[0])}
${alsoFound(texts, locale, passages.slice(1, 4))}</section>`;
}

function quote(
  texts: PageTexts,
  locale: string,
  answer: string,
  source: FoundPassage | undefined,
): Html {
  return html`<figure class="quote"><blockquote>${answer.split('\n').map((line) => html`<p>${line}</p>`)}</blockquote>
<figcaption>${texts.quotedFrom} ${source === undefined ? '' : sourceLink(texts, locale, source)}</figcaption></figure>`;
}

function alsoFound(texts: PageTexts, locale: string, passages: readonly FoundPassage[]): Html | '' {
  if (passages.length === 0) return '';
  const links = passages.map((passage) => html`<li>${sourceLink(texts, locale, passage)}</li>`);
  return html`<div class="also"><h2 class="quiet">${texts.alsoFound}</h2><ul>${links}</ul></div>`;
}

function sourceLink(
  texts: PageTexts,
  locale: string,
  { kind, id, title, heading, anchor }: FoundPassage,
): Html {
  const name = heading === '' ? title : `${title} › ${heading}`;
  if (kind === 'internal_article') return html`<strong>${name}</strong> (${texts.onlyTeammates})`;
  const slug = slugOf(title);
  const address = `/help/${locale}/articles/${id}${slug === '' ? '' : `-${slug}`}${anchor === null ? '' : `#${anchor}`}`;
  return html`<a href="${address}">${name}</a>`;
}
