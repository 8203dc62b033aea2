import type { ChangeDraft } from './decision.ts';
import { sendsBody } from './fields.ts';
import type { PlanInput } from './input.ts';
import { changeRow } from './rows.ts';

/** Images and files that the written texts show and that the store does not have yet. */
export function assetDrafts(drafts: readonly ChangeDraft[], input: PlanInput): ChangeDraft[] {
  const written = new Set(drafts.filter(sendsBody).map((draft) => `${draft.id} ${draft.locale}`));
  const hashes = new Set(
    input.desired.articles.flatMap((article) =>
      article.translations
        .filter((text) => written.has(`${article.id} ${text.locale}`))
        .flatMap((text) => text.assets),
    ),
  );
  return [...hashes].flatMap((hash): ChangeDraft[] => {
    const asset = input.desired.assets.get(hash);
    const address = input.assetAddress(hash);
    if (asset === undefined || input.recorded.assets[hash]?.url === address) return [];
    const subject = { id: asset.path, locale: null, path: asset.path, title: asset.path };
    return [
      changeRow('asset', subject, {
        action: 'create',
        phase: 'asset',
        request: null,
        reason: 'not in the store yet',
        fields: [{ name: 'hash', before: null, after: `sha256:${hash}` }],
      }),
    ];
  });
}

/** Tags that no workspace teammate has made yet. */
export function tagDrafts(drafts: readonly ChangeDraft[], input: PlanInput): ChangeDraft[] {
  const known = new Set(input.actual.tags.map((tag) => tag.name));
  const wanted = drafts
    .filter((draft) => draft.phase === 'tagging')
    .flatMap((draft) => draft.fields.flatMap((field) => field.after as readonly string[]));
  return [...new Set(wanted)]
    .filter((name) => !known.has(name))
    .sort()
    .map((name) =>
      changeRow(
        'tag',
        { id: name, locale: null, path: name, title: name },
        { action: 'create', phase: 'tag', request: `tag:${name}`, reason: 'new', fields: [] },
      ),
    );
}
