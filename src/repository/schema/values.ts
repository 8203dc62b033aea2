import { z } from 'zod';

/**
 * The values that front matter and kb.yaml are made of. Each says what it expects as a noun phrase,
 * so that a problem reads "<key> must be <phrase>, found <what stands there>".
 */

const dayPattern = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

/** Text on one or more lines. */
export const text = () => z.string({ error: 'text' });

export const filledText = () =>
  z.string({ error: 'text' }).regex(/\S/, { error: 'text that is not empty' });

const anItemId = { error: 'an id of letters, digits, ".", "_" and "-"' };
/** An id of ours: safe in file names, addresses and comma-separated lists. */
export const itemId = () =>
  z.union(
    [
      z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/, anItemId),
      z.int().nonnegative(anItemId),
    ],
    anItemId,
  );

const aForeignId = { error: 'an id (text, best in quotes)' };
/** Somebody else's id: digits may stand without quotes. */
export const foreignId = () =>
  z.union([z.string().regex(/\S/, aForeignId), z.int(aForeignId)], aForeignId);

export const email = () =>
  z
    .string({ error: 'an e-mail address' })
    .regex(/^[^\s@<>]+@[^\s@<>]+$/, { error: 'an e-mail address' });

export const day = () =>
  z
    .string({ error: 'a date like 2026-11-20' })
    .regex(dayPattern, { error: 'a date like 2026-11-20' });

export const digest = () =>
  z
    .string({ error: 'a digest that kb wrote ("sha256:…")' })
    .regex(/^sha256:[0-9a-f]{64}$/, { error: 'a digest that kb wrote ("sha256:…")' });

export const flag = () => z.boolean({ error: 'true or false' });

export const wholeNumber = (least: number) =>
  z.int({ error: 'a whole number' }).min(least, { error: `a whole number, ${least} or more` });

export const percent = () =>
  z
    .number({ error: 'a number from 0 to 100' })
    .min(0, { error: 'a number from 0 to 100' })
    .max(100, { error: 'a number from 0 to 100' });

/** A text, or a bare number or flag whose letters are taken as they are. */
export const looseText = () => z.union([z.string(), z.number(), z.boolean()], { error: 'text' });

/** An address that starts with http:// or https://. */
export const webAddress = () =>
  z
    .string({ error: 'an address that begins with https://' })
    .regex(/^https?:\/\/[^\s/]+\S*$/i, { error: 'an address that begins with https://' });
