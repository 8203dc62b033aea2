import type { Publication } from '../model/article.ts';
import type { Availability } from '../model/config.ts';
import type { Profile } from '../model/profile.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { Tree } from '../model/tree.ts';
import { type Addresses, bodyHtml } from '../plan/addresses.ts';
import type { Desired, DesiredTranslation } from '../plan/desired.ts';
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
  return steps.flatMap((step): Intent[] => {
    const key = intentKey(step);
    if (step.kind === 'collection') {
      const texts = collections.get(step.id)?.texts ?? [];
      const intercomId = context.state.collectionIntercomId(step.id);
      const written = new Set(step.changes.map((change) => change.locale));
      return [
        {
          key,
          kind: 'collection',
          id: step.id,
          intercomId,
          texts: Object.fromEntries(
            texts
              .filter((text) => written.has(text.locale))
              .map((text) => [text.locale, { ...emptyText, title: text.title }]),
          ),
        },
      ];
    }
    if (step.kind === 'redirect') {
      const there = run.actual.redirects.find((live) => live.fromUrl === step.id);
      const intercomId = there?.intercomId ?? null;
      return [{ key, kind: 'redirect', id: step.id, intercomId, texts: {} }];
    }
    if (step.kind !== 'article' && step.kind !== 'internal') return [];
    const locale = step.changes[0]?.locale ?? '';
    const intercomId =
      step.kind === 'internal'
        ? (context.state.recordedInternal(step.id)?.texts[locale]?.intercomId ?? null)
        : context.state.articleIntercomId(step.id);
    const article = articles.get(step.id);
    return [
      {
        key,
        kind: step.kind,
        id: step.id,
        intercomId,
        texts: Object.fromEntries(
          step.changes.flatMap((change) => {
            if (change.locale === null) return [];
            const text = article?.translations.find((item) => item.locale === change.locale);
            const letters =
              text === undefined || intercomId !== null
                ? {}
                : { letters: lettersHash(asSent(text, context.state.addresses, context.profile)) };
            // A create's links have no addresses yet, so it is recognised by its letters.
            const body =
              text === undefined || !sendsBody(change) || intercomId === null
                ? null
                : visibleTextHash(bodyHtml(text, context.state.addresses, context.profile));
            const sent = intended(change, text?.title ?? change.title, body);
            return [[change.locale, { ...sent, ...letters }] as const];
          }),
        ),
      },
    ];
  });
}

/** The tree whose letters arrive: where callouts are flattened, what is sent says their kind in words. */
export function asSent(text: DesiredTranslation, addresses: Addresses, profile: Profile): Tree {
  return profile.callouts === 'kept' ? text.body : storedTree(bodyHtml(text, addresses, profile));
}

const emptyText: IntendedText = { title: '', body: null, publication: null, availability: null };

function intended(change: Change, title: string, body: string | null): IntendedText {
  const after = (name: string) => change.fields.find((field) => field.name === name)?.after ?? null;
  return {
    title,
    body,
    publication: after('publication') as Publication | null,
    availability: after('fin') as Availability | null,
  };
}
