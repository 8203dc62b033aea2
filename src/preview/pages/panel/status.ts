import type { Article, Translation } from '../../../model/article.ts';
import { agents } from '../../../model/config.ts';
import { withDates } from '../../../report/wording.ts';
import { html, joined, type Markup, nothing } from '../../render/markup.ts';
import { configProblem } from '../../state/config-problem.ts';
import { asksGitHub } from '../../state/known-proofs.ts';
import { isReadByAny, type TextTruth } from '../../state/truth.ts';
import type { KnownLive } from '../../state/versions.ts';
import type { Book } from '../book.ts';
import { statusTag, tag } from './section.ts';

export const agentNames = { agent: 'Fin', copilot: 'Copilot', salesAgent: 'Sales Agent' } as const;

/** How a text stands: review, the two gates, what holds it. */
export function statusBody(
  article: Article,
  text: Translation,
  { truth, live }: { truth: TextTruth; live: KnownLive | null },
  book: Book,
): Markup {
  const { decision, gates } = truth;
  const dated = (reason: string) => withDates(reason, book.knowledge.today);
  const rows = [
    row('Review', html`${statusTag(decision.status)} ${dated(decision.reason)}${askAgain(book)}`),
    row('Help center', helpCenter(article, text, { truth, live }, book)),
    row(
      'AI',
      isReadByAny(truth)
        ? html`${tag('readable', 'good')} by ${listed(agents.filter((one) => truth.agents[one] === null).map((one) => agentNames[one]))}`
        : html`${tag('not readable', 'plain')} ${dated(truth.agents.agent ?? gates.reason ?? '')}`,
    ),
    text.locale === article.sourceLocale ? nothing : row('Translation', translation(truth)),
    live === null ? nothing : row('Live', liveState(article, text, live)),
    row('File', files(text, book)),
  ];
  return html`<dl class="facts">${rows}</dl>`;
}

/** Approvals that GitHub holds are heard of by asking. */
function askAgain({ knowledge, isLive }: Book): Markup {
  if (!isLive || !asksGitHub(knowledge.content)) return nothing;
  return html` <button type="button" class="quiet-button" data-proofs>Ask GitHub again</button>`;
}

function row(name: string, value: Markup): Markup {
  return html`<dt>${name}</dt><dd>${value}</dd>`;
}

function helpCenter(
  article: Article,
  text: Translation,
  { truth, live }: { truth: TextTruth; live: KnownLive | null },
  { knowledge }: Book,
): Markup {
  const isHeld = (reason: string) => html`${tag('held', 'bad')} ${reason}`;
  if (configProblem(knowledge.content) !== null) {
    return isHeld('nothing is published until kb.yaml is mended');
  }
  if (truth.invalid !== null) return isHeld(truth.invalid);
  const waits =
    live?.isOf(text) === true
      ? live.verdicts(article.id, text.locale).find(({ what }) => what.startsWith('held'))
      : undefined;
  if (waits !== undefined) return isHeld(`${waits.what.replace(/^held /, '')} ${waits.reason}`);
  if (!truth.gates.helpCenter) {
    return html`${tag('withheld', 'warn')} ${truth.gates.reason ?? ''}; readers keep what was published before`;
  }
  if (text.publication === 'draft') return html`${tag('draft', 'plain')} not shown to readers`;
  if (article.visibility === 'internal')
    return html`${tag('internal', 'plain')} for teammates only`;
  if (article.visibility === 'users')
    return html`${tag('users', 'plain')} for people who are signed in, once a person has restricted it in Intercom`;
  return html`${tag('ready', 'good')} nothing keeps it from readers`;
}

/** How it stands against what is live: drifted, held, what a publish would do. */
function liveState(article: Article, text: Translation, live: KnownLive): Markup {
  if (!live.isOf(text)) {
    return html`${tag('unknown', 'plain')} it has changed since ${live.workspace} was read; read it again below, under <em>What changes</em>`;
  }
  const verdicts = live.verdicts(article.id, text.locale);
  if (verdicts.length === 0) return html`${tag('same', 'good')} as in ${live.workspace}`;
  return joined(
    verdicts.map(
      ({ what, reason }) =>
        html`${tag(what, what.startsWith('publish') ? 'plain' : 'warn')} ${reason}`,
    ),
    '; ',
  );
}

function translation({ translation: state }: TextTruth): Markup {
  switch (state) {
    case 'outdated':
      return html`${tag('outdated', 'warn')} its source has changed; see <em>Translations</em>`;
    case 'unknown':
      return html`${tag('unknown', 'warn')} nobody has said which version of the source it translates`;
    default:
      return html`${tag('up to date', 'good')}`;
  }
}

function files(text: Translation, { addresses, editor, hosted }: Book): Markup {
  const source = addresses.page({ kind: 'source', file: text.file });
  const open =
    editor === null
      ? nothing
      : html` · <a class="editor" id="kb-open-editor" href="${editor(text.file, 1, 1)}">Open in editor</a>`;
  const edit =
    hosted === null
      ? nothing
      : html` · <a href="${hosted(text.file)}" target="_blank" rel="noopener noreferrer">Edit on GitHub</a>`;
  return html`<a href="${source}">${text.file}</a>${open}${edit}`;
}

function listed(names: readonly string[]): string {
  return new Intl.ListFormat('en').format(names);
}
