import { z } from 'zod';
import { assetStoreKinds, regions, uiOwnable } from '../../model/config.ts';
import { locales } from '../../model/locale.ts';
import {
  email,
  filledText,
  flag,
  foreignId,
  looseText,
  percent,
  text,
  webAddress,
  wholeNumber,
} from './values.ts';

const locale = z.enum(locales);

const workspaceSchema = z.strictObject({
  region: z.enum(regions).describe('Where the workspace is hosted.'),
  workspaceId: foreignId().optional().describe('App id; verified before anything is written.'),
  helpCenter: foreignId().optional().describe('Id of the help center; verified, too.'),
  endpoint: webAddress()
    .optional()
    .describe("Another address of the API: a sandbox, a proxy. Default: the region's own."),
  // Upper case only: a token pasted here by mistake does not pass, and is never echoed.
  tokenEnv: z
    .string({ error: 'the name of an environment variable (upper case), never the token itself' })
    .regex(/^[A-Z_][A-Z0-9_]*$/, {
      error: 'the name of an environment variable (upper case), never the token itself',
    })
    .describe('Name of the environment variable that holds the token.'),
  author: email().optional().describe('E-mail of the teammate new articles are attributed to.'),
});
export type WorkspaceInFile = z.infer<typeof workspaceSchema>;

/** kb.yaml as people write it. `config.ts` of the model is the same with nothing optional. */
export const configSchema = z.strictObject({
  defaultLocale: locale.optional().describe('The locale most articles are written in first.'),
  locales: z.array(locale).min(1, { error: 'a list with at least one locale' }).optional(),
  variables: z
    .record(
      z.string().regex(/^[\p{L}_][\p{L}\p{N}_.-]*$/u, {
        error: 'a name of letters, digits, "_", "-" and "."',
      }),
      z.union([looseText(), z.partialRecord(locale, looseText())], {
        error: 'text, or text for each locale',
      }),
    )
    .optional()
    .describe('{{ name }} in an article: one text, or one for each locale.'),
  workspaces: z
    .record(
      z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, { error: 'a name of letters, digits, "_" and "-"' }),
      workspaceSchema,
    )
    .optional(),
  review: z
    .strictObject({
      require: z.enum(['stamp', 'github']).optional(),
      approvals: wholeNumber(1).optional(),
      codeOwners: flag().optional(),
      strict: flag()
        .optional()
        .describe('github: only reviews of the last commit count, and none of a co-author.'),
      maxAge: z
        .string({ error: 'days like 365d, or never' })
        .regex(/^(?:[1-9]\d{0,4}d|never)$/, { error: 'days like 365d, or never' })
        .optional()
        .describe('After this many days a review expires: 365d, or never.'),
      onExpiry: z.enum(['warn', 'withhold-from-ai']).optional(),
      unreviewed: z.enum(['withhold', 'publish-without-ai']).optional(),
    })
    .optional(),
  translations: z
    .strictObject({ onOutdated: z.enum(['warn', 'withhold-from-ai']).optional() })
    .optional(),
  ai: z
    .strictObject({
      agent: flag().optional(),
      copilot: flag().optional(),
      salesAgent: flag().optional(),
      baseline: flag().optional().describe('May the AI read what was only accepted as migrated?'),
    })
    .optional()
    .describe('Defaults and ceilings of what the AI may read.'),
  guards: z
    .strictObject({ deletePercent: percent().optional(), updatePercent: percent().optional() })
    .optional(),
  onRemove: z.enum(['unpublish', 'delete', 'report']).optional(),
  onDrift: z.enum(['hold', 'restore']).optional(),
  uiOwned: z.array(z.enum(uiOwnable)).optional().describe('Fields that the UI owns.'),
  assets: z
    .strictObject({
      store: z
        .enum(assetStoreKinds)
        .optional()
        .describe(
          'Where images lie: one of sandbox, base-url, github-raw, jsdelivr. s3 is not part of this release.',
        ),
      url: webAddress().optional(),
    })
    .optional(),
  ledger: z.enum(['file', 'github']).optional(),
  import: z
    .strictObject({
      locales: z.record(text(), locale).optional().describe("Their locale → Intercom's."),
      authors: z.record(text(), email()).optional().describe('Their author → a teammate.'),
    })
    .optional(),
  pii: z
    .strictObject({
      allow: z.array(z.strictObject({ value: filledText(), reason: filledText() })).optional(),
    })
    .optional(),
});
export type ConfigFile = z.infer<typeof configSchema>;
