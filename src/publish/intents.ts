import type { Publication } from '../model/article.ts';
import type { Availability } from '../model/config.ts';
import type { Profile } from '../model/profile.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Tree } from '../model/tree.ts';
import { type Addresses, bodyHtml } from '../plan/addresses.ts';
import type {
  Desired,
  DesiredArticle,
  DesiredCollection,
  DesiredTranslation,
} from '../plan/desired.ts';
import { sendsBody } from '../plan/fields.ts';
import { storedTree } from '../plan/live.ts';
import type { Change } from '../plan/plan.ts';
import type { IntendedText, Intent } from './ports.ts';
import type { RequestContext } from './requests.ts';
import { lettersHash, visibleTextHash } from './resolve.ts';
import type { Step } from './steps.ts';

/** The name under which a step is announced and answered. */
export function intentKey(step: Step): string {
  return `${step.write ?? 'asset'}:${step.kind}:${step.id}`;
}

/** What a run is about to do to articles, collections and redirects, recognisable when an answer is lost. */
export function intentsOf(
  steps: readonly Step[],
  context: RequestContext,
  run: { desired: Desired; actual: Pick<Snapshot, 'redirects'> },
): Intent[] {
  const articles = new Map(run.desired.articles.map((article) => [article.id, article]));
  const collections = new Map(run.desired.collections.map((item) => [item.id, item]));
  const redirects = new Map(run.actual.redirects.map((live) => [live.fromUrl, live]));
  return steps.flatMap((step): Intent[] => {
    switch (step.kind) {
      case 'collection':
        return [collectionIntent(step, collections.get(step.id) ?? null, context)];
      case 'redirect': {
        const intercomId = redirects.get(step.id)?.intercomId ?? null;
        return [{ key: intentKey(step), kind: 'redirect', id: step.id, intercomId, texts: {} }];
      }
      case 'article':
      case 'internal':
        return [articleIntent(step, step.kind, articles.get(step.id) ?? null, context)];
      default:
        return [];
    }
  });
}

function collectionIntent(
  step: Step,
  collection: DesiredCollection | null,
  { state }: RequestContext,
): Intent {
  const written = new Set(step.changes.map((change) => change.locale));
  const texts = (collection?.texts ?? []).filter((text) => written.has(text.locale));
  return {
    key: intentKey(step),
    kind: 'collection',
    id: step.id,
    intercomId: state.collectionIntercomId(step.id),
    texts: Object.fromEntries(
      texts.map(({ locale, title, description }) => [locale, { ...emptyText, title, description }]),
    ),
    ...(step.changes.some((change) => change.action === 'move')
      ? { collectionId: collection?.parentId ?? null }
      : {}),
  };
}

function articleIntent(
  step: Step,
  kind: 'article' | 'internal',
  article: DesiredArticle | null,
  context: RequestContext,
): Intent {
  const { state } = context;
  const intercomId =
    kind === 'internal'
      ? (state.recordedInternal(step.id)?.texts[step.changes[0]?.locale ?? '']?.intercomId ?? null)
      : state.articleIntercomId(step.id);
  const sends = (name: string) =>
    step.changes.some((change) => change.fields.some((field) => field.name === name));
  const authorId = article !== null && sends('author') ? context.authorId(article) : null;
  return {
    key: intentKey(step),
    kind,
    id: step.id,
    intercomId,
    texts: Object.fromEntries(
      step.changes.flatMap((change) => {
        if (change.locale === null) return [];
        const text = article?.translations.find((item) => item.locale === change.locale) ?? null;
        return [[change.locale, intendedText(change, text, intercomId === null, context)] as const];
      }),
    ),
    ...(sends('collection') ? { collectionId: article?.collectionId ?? null } : {}),
    ...(authorId === null ? {} : { authorId }),
  };
}

/** The tree whose letters arrive: where callouts are flattened, what is sent says their kind in words. */
export function asSent(text: DesiredTranslation, addresses: Addresses, profile: Profile): Tree {
  return profile.callouts === 'kept' ? text.body : storedTree(bodyHtml(text, addresses, profile));
}

const emptyText: IntendedText = {
  title: '',
  description: null,
  body: null,
  publication: null,
  availability: null,
};

function intendedText(
  change: Change,
  text: DesiredTranslation | null,
  isCreate: boolean,
  { state, profile }: RequestContext,
): IntendedText {
  const after = (name: string) => change.fields.find((field) => field.name === name)?.after ?? null;
  const sent: IntendedText = {
    title: text?.title ?? change.title,
    description: after('description') as string | null,
    body: null,
    publication: after('publication') as Publication | null,
    availability: after('fin') as Availability | null,
  };
  if (text === null) return sent;
  // A create's links have no addresses yet, so it is recognised by its letters.
  if (isCreate) return { ...sent, letters: lettersHash(asSent(text, state.addresses, profile)) };
  if (!sendsBody(change)) return sent;
  return { ...sent, body: visibleTextHash(bodyHtml(text, state.addresses, profile)) };
}
