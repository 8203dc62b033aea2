import type { Recorded } from '../../model/recorded.ts';
import type { Approval, ProofRecord } from '../../model/review.ts';
import { subjectKey } from './subjects.ts';

/** The approval each text was last published with, by text. */
export function recordedApprovals(recorded: Recorded): Map<string, Approval> {
  const found = new Map<string, Approval>();
  const add = (
    kind: 'article' | 'collection',
    id: string,
    texts: Readonly<Record<string, { approval: Approval | null }>>,
  ) => {
    for (const [locale, { approval }] of Object.entries(texts)) {
      if (approval !== null) found.set(subjectKey(kind, id, locale), approval);
    }
  };
  for (const [id, { translations }] of Object.entries(recorded.articles))
    add('article', id, translations);
  for (const [id, { texts }] of Object.entries(recorded.collections)) add('collection', id, texts);
  for (const [id, { texts }] of Object.entries(recorded.internals)) {
    const entries = Object.entries(texts).map(([locale, { entry }]) => [locale, entry] as const);
    add('article', id, Object.fromEntries(entries));
  }
  return found;
}

/** Proofs of files that were found before, by what they prove: nothing has to be asked again. */
export function recordedFiles(approvals: ReadonlyMap<string, Approval>): Map<string, ProofRecord> {
  return new Map(
    [...approvals.values()].flatMap(({ proof }) =>
      (proof ?? []).map((record) => [fileKey(record), record] as const),
    ),
  );
}

/** The same bytes, brought by the same commit, under the same policy. */
export function fileKey({
  path,
  blob,
  commit,
  policyVersion,
}: Pick<ProofRecord, 'path' | 'blob' | 'commit' | 'policyVersion'>): string {
  return [path, blob, commit, policyVersion].join('\n');
}
