import type { Verdict } from './decide-translation.ts';
import { type ChangeDraft, type Decision, nothing, type Stop } from './decision.ts';
import type { DesiredArticle, DesiredCollection, DesiredTranslation } from './desired.ts';
import type { ChangeKind, FieldChange, Held, Withheld } from './plan.ts';

/** What a row of a plan is about: an item, or one text of it. */
export interface Subject {
  id: string;
  locale: string | null;
  /** Content path without locale. */
  path: string;
  title: string;
}

/** One text of an item. */
export interface TextSubject extends Subject {
  locale: string;
}

export function textOf(
  item: { id: string; path: string },
  text: { locale: string; title: string },
): TextSubject {
  return { id: item.id, locale: text.locale, path: item.path, title: text.title };
}

export function wholeArticle(article: DesiredArticle): Subject {
  return { id: article.id, locale: null, path: article.path, title: titleOf(article) };
}

export function wholeCollection(collection: DesiredCollection): Subject {
  const title = collection.texts[0]?.title ?? collection.path;
  return { id: collection.id, locale: null, path: collection.path, title };
}

/** The title people know an article by: its source locale's. */
export function titleOf(article: DesiredArticle): string {
  const source = article.translations.find((text) => text.locale === article.sourceLocale);
  return source?.title ?? article.translations[0]?.title ?? article.path;
}

/** A decision that says only: this waits for a person. */
export function heldAs(subject: Subject, stop: Stop): Decision {
  return { ...nothing, held: [heldRow(subject, stop)] };
}

export function heldRow({ id, locale, path, title }: Subject, { kind, reason, hint }: Stop): Held {
  return { id, locale, kind, reason, hint, path, title };
}

export function withheldRow(
  kind: Withheld['kind'],
  subject: TextSubject,
  reason: string,
): Withheld {
  return { kind, ...subject, reason };
}

/** A change; what is not said is an update in one request without an approval. */
export function changeRow(
  kind: ChangeKind,
  { id, locale, path, title }: Subject,
  change: Pick<ChangeDraft, 'action' | 'phase' | 'request' | 'reason' | 'fields'> &
    Partial<Pick<ChangeDraft, 'approval' | 'isInternal' | 'requests'>>,
): ChangeDraft {
  const requests = change.request === null ? 0 : 1;
  return { kind, id, locale, path, title, approval: null, requests, ...change };
}

/** How a text is written: as part of its article, or as an article for teammates of its own. */
export interface Writing {
  isCreate: boolean;
  change(fields: readonly FieldChange[], reason: string): ChangeDraft;
  /** Known from now on, without a request. */
  adopt(reason: string): ChangeDraft;
}

/** The rows that one verdict of the decision table means. */
export function rowsOf(verdict: Verdict, subject: TextSubject, writing: Writing): Decision {
  const withdrawal = (fields: readonly FieldChange[], why: string) =>
    writing.isCreate || fields.length === 0 ? [] : [writing.change(fields, why)];
  const withheld = (reason: string | null) =>
    reason === null ? [] : [withheldRow('article', subject, reason)];
  switch (verdict.result) {
    case 'unchanged':
      return { ...nothing, unchanged: 1 };
    case 'held': {
      const drafts = withdrawal(verdict.fields ?? [], 'withdrawn, the text is held');
      return { ...heldAs(subject, verdict), drafts };
    }
    case 'withheld': {
      const drafts = withdrawal(verdict.fields, 'withdrawn, the text waits for its review');
      return { ...nothing, drafts, withheld: withheld(verdict.reason) };
    }
    case 'repair':
      return {
        ...nothing,
        withheld: withheld(verdict.withheld),
        unchanged: verdict.isAdoption || verdict.withheld !== null ? 0 : 1,
        drafts: [
          ...(verdict.isAdoption ? [writing.adopt('live with the same content')] : []),
          ...withdrawal(verdict.fields, 'more was live than is approved'),
        ],
      };
    case 'write':
      return { ...nothing, drafts: [writing.change(verdict.fields, verdict.reason)] };
  }
}

/** The approval a write goes out with: none where the text itself is not approved. */
export function approvalOf(text: DesiredTranslation): ChangeDraft['approval'] {
  return text.gates.helpCenter ? text.decision.approval : null;
}
