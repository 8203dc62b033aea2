import type { Visibility } from './article.ts';
import type { Availability } from './config.ts';
import { digestOf } from './hash.ts';
import type { Tree } from './tree.ts';

/**
 * Digests of what a reader gets, form version 1 (guarded by test/golden/digest.v1.json). They depend
 * on source and effective configuration only. A change of the form would un-review every article of
 * every user, so it needs a new version beside this one.
 */
const form = 1;

/** The *text* scope: what translations translate. */
export function textDigest(text: { title: string; description: string; body: Tree }): string {
  return digestOf({
    form,
    scope: 'text',
    title: text.title,
    description: text.description,
    body: text.body,
  });
}

/** The *article* scope: what a reviewer approves. */
export function articleDigest(article: {
  textDigest: string;
  visibility: Visibility;
  fin: Availability;
  finAudiences: readonly string[];
}): string {
  const { agent, copilot, salesAgent } = article.fin;
  return digestOf({
    form,
    scope: 'article',
    text: article.textDigest,
    visibility: article.visibility,
    fin: { agent, copilot, salesAgent },
    finAudiences: [...article.finAudiences].sort(),
  });
}

/** Digest of a collection's text in one locale: title and description. */
export function collectionDigest(text: { title: string; description: string }): string {
  return digestOf({
    form,
    scope: 'collection',
    title: text.title,
    description: text.description,
  });
}
