import { z } from 'zod';
import { publications, visibilities } from '../../model/article.ts';
import {
  day,
  digest,
  email,
  filledText,
  flag,
  foreignId,
  itemId,
  text,
  webAddress,
} from './values.ts';

export const stampSchema = z
  .strictObject({
    by: email().describe('Who reviewed it.'),
    on: day().describe('When.'),
    digest: digest().describe('What exactly was reviewed.'),
    baseline: flag().optional().describe('Accepted as migrated, not read anew.'),
    until: day().optional().describe('The last day a baseline counts.'),
  })
  .describe('Written by `kb review`; bound to the content.');

const availability = z.strictObject({
  agent: flag().optional().describe('Fin, the AI agent that customers talk to.'),
  copilot: flag().optional().describe('Copilot, the assistant of teammates.'),
  salesAgent: flag().optional().describe('The sales agent.'),
});

/** Keys of the article as a whole: only in its source-locale file. */
const articleShape = {
  id: itemId().optional().describe('Identity of the article; made by `kb new`, stable for ever.'),
  author: email().optional().describe('E-mail of a teammate; the default stands in kb.yaml.'),
  visibility: z
    .enum(visibilities)
    .optional()
    .describe('public, users (logged in) or internal (teammates); default public.'),
  tags: z.array(filledText()).optional().describe('Names of tags.'),
  finAudiences: z
    .array(filledText())
    .optional()
    .describe('Names of the audiences Fin may tell this; empty: everybody.'),
  order: z
    .number({ error: 'a number' })
    .optional()
    .describe('Order in the preview; Intercom cannot be told.'),
  source: z
    .strictObject({
      system: filledText(),
      id: foreignId(),
      segment: foreignId().nullable().optional(),
    })
    .optional()
    .describe('Where it was imported from; written by importers.'),
};

const translationShape = {
  title: filledText().optional().describe('Title in this locale.'),
  description: text().optional().describe('One sentence below the title.'),
  publication: z.enum(publications).optional().describe('published or draft; default published.'),
  fin: availability.optional().describe('Which AI may read this; the gate may only take away.'),
  questions: z
    .array(filledText())
    .optional()
    .describe('What customers ask: the regression test of retrieval.'),
  redirects: z.array(webAddress()).optional().describe('Old addresses that lead here.'),
  translationOf: digest()
    .optional()
    .describe('Text digest of the source it translates; written by kb.'),
  review: stampSchema.optional(),
};

export const articleKeys: readonly string[] = Object.keys(articleShape);
export const translationKeys: readonly string[] = Object.keys(translationShape);

export const frontMatterSchema = z.strictObject({ ...articleShape, ...translationShape });
export type FrontMatter = z.infer<typeof frontMatterSchema>;
export type StampInFile = z.infer<typeof stampSchema>;
export type AvailabilityInFile = z.infer<typeof availability>;
