import { KbError } from '../model/kb-error.ts';
import { committerEmail } from '../repository/index.ts';
import type { Context } from './context.ts';
import type { BreakGlass } from './proof/read-proofs.ts';

/**
 * What `--break-glass "<reason>"` asks for: named items go live without the review the policy asks for,
 * with the reason and who gave it on record.
 * @throws KbError `usage` without a reason, without items, or when nobody knows who asks
 */
export async function breakGlassFrom(
  context: Context,
  reason: string | null,
  items: readonly string[],
): Promise<BreakGlass | null> {
  if (reason === null) return null;
  if (reason.trim() === '') {
    throw new KbError(
      'usage',
      '--break-glass needs a reason: it is recorded, and audit shows it.',
      {
        hint: '--break-glass "wrong phone number in the emergency article"',
      },
    );
  }
  if (items.length === 0) {
    throw new KbError(
      'usage',
      '--break-glass opens what is named with --only, and nothing is named.',
      {
        hint: 'kb publish --only konto/sso --break-glass "<reason>"',
      },
    );
  }
  const { GITHUB_ACTOR: actor } = context.env;
  const by = actor ?? (await committerEmail(context.contentDir));
  if (by !== null) return { reason: reason.trim(), by, items };
  throw new KbError('usage', '--break-glass records who asked, and nobody knows who you are.', {
    hint: 'git config user.email you@example.com',
  });
}
