import { invalid } from './api-error.ts';
import type { JsonObject } from './route.ts';

/** Reading what a request says. `undefined` means: said nothing about it. */

export const LIMITS = { title: 255, description: 1000, body: 1_000_000, name: 255 } as const;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws ApiError when it is no string, or longer than the service takes. */
export function readText(
  from: JsonObject,
  field: keyof typeof LIMITS,
  place = '',
): string | undefined {
  const value = from[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string')
    throw invalid(`${place}${field} must be a string`, `${place}${field}`);
  if (value.length > LIMITS[field]) {
    throw invalid(
      `${place}${field} is too long (maximum is ${LIMITS[field]} characters)`,
      `${place}${field}`,
    );
  }
  return value;
}

/** @throws ApiError when it is neither true nor false. */
export function readFlag(from: JsonObject, field: string, place = ''): boolean | undefined {
  const value = from[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'boolean')
    throw invalid(`${place}${field} must be a boolean`, `${place}${field}`);
  return value;
}

/** An id, which the service takes as a number or as a string of digits; `null` takes it away. */
export function readId(from: JsonObject, field: string, place = ''): string | null | undefined {
  const value = from[field];
  if (value === undefined) return undefined;
  if (value === null || value === '') return null;
  if (
    (typeof value === 'number' && Number.isInteger(value)) ||
    (typeof value === 'string' && /^\d+$/.test(value))
  ) {
    return String(value);
  }
  throw invalid(`${place}${field} must be an id`, `${place}${field}`);
}

/** @throws ApiError when it is not one of `allowed`. */
export function readChoice<Choice extends string>(
  from: JsonObject,
  field: string,
  allowed: readonly Choice[],
  place = '',
): Choice | undefined {
  const value = from[field];
  if (value === undefined || value === null) return undefined;
  const choice = allowed.find((candidate) => candidate === value);
  if (choice === undefined)
    throw invalid(`${place}${field} must be one of ${allowed.join(', ')}`, `${place}${field}`);
  return choice;
}

/** A list of ids; `null` is an empty one. */
export function readIds(
  from: JsonObject,
  field: string,
  place = '',
): readonly number[] | undefined {
  const value = from[field];
  if (value === undefined) return undefined;
  if (value === null) return [];
  const isIds =
    Array.isArray(value) &&
    value.every((id) => Number.isInteger(Number(id)) && id !== null && id !== '');
  if (!isIds) throw invalid(`${place}${field} must be a list of ids`, `${place}${field}`);
  return [...new Set((value as readonly unknown[]).map(Number))];
}

/** The entries of `translated_content` that say something, by locale. */
export function readTranslations(
  from: JsonObject,
  locales: readonly string[],
): ReadonlyMap<string, JsonObject> {
  const value = from.translated_content;
  if (value === undefined || value === null) return new Map();
  if (!isObject(value)) throw invalid('translated_content must be an object', 'translated_content');
  const entries = Object.entries(value).filter(([key, entry]) => key !== 'type' && entry !== null);
  return new Map(entries.map(([locale, entry]) => [locale, translation(locale, entry, locales)]));
}

function translation(locale: string, entry: unknown, locales: readonly string[]): JsonObject {
  const field = `translated_content.${locale}`;
  if (!locales.includes(locale))
    throw invalid(`${field}: locale is not configured for this help center`, field);
  if (!isObject(entry)) throw invalid(`${field} must be an object`, field);
  return entry;
}
