import { z } from 'zod';
import { locales } from '../../model/locale.ts';
import { suggestedLocale } from '../reading/content-path.ts';
import { didYouMean } from '../reading/nearest.ts';
import { type Problem, problem } from '../reading/problem.ts';
import type { DataPath, YamlSource } from '../reading/yaml-source.ts';

/** Data that fits its schema, after everything that does not fit was taken out. */
export interface Validated<Data> {
  data: Data;
  problems: Problem[];
  /** Top-level keys with a problem below them: what they wanted to say is unknown. */
  wrong: ReadonlySet<string>;
}

type Issue = z.core.$ZodIssue;

/**
 * Validates a map against a schema of optional keys. Each thing that does not fit is a problem with
 * its place, and is left out of the data, so that one wrong value stops nothing else.
 */
export function validate<Data>(schema: z.ZodType<Data>, yaml: YamlSource): Validated<Data> {
  const isMap = isRecord(yaml.value);
  const problems: Problem[] = [];
  if (!isMap && yaml.value !== undefined) {
    const found = describeFound(yaml.value);
    problems.push(
      problem('schema', `expected keys with values, found ${found}`, { at: yaml.place([]) }),
    );
  }
  const wrong = new Set<string>();
  let data: unknown = isMap ? yaml.value : {};
  for (let round = 0; round < 10; round += 1) {
    const result = schema.safeParse(data, { jitless: true });
    if (result.success) return { data: result.data, problems, wrong };
    const { issues } = result.error;
    if (round === 0) problems.push(...issuesAsProblems(issues, schema, yaml));
    const paths = issues.flatMap(wrongPaths);
    for (const [top] of paths) if (top !== undefined) wrong.add(String(top));
    data = without(data, paths);
  }
  return { data: schema.parse({}), problems, wrong };
}

function wrongPaths(issue: Issue): DataPath[] {
  const path = stepsOf(issue.path);
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
}

/** What to take out of data, as a tree of steps. */
interface WrongParts {
  isWhole: boolean;
  inner: Map<string | number, WrongParts>;
}

function without(data: unknown, paths: readonly DataPath[]): unknown {
  const top: WrongParts = { isWhole: false, inner: new Map() };
  for (const path of paths) {
    let part = top;
    for (const step of path) {
      const next = part.inner.get(step) ?? { isWhole: false, inner: new Map() };
      part.inner.set(step, next);
      part = next;
    }
    part.isWhole = true;
  }
  return pruned(data, top) ?? {};
}

/** Data without its wrong parts; undefined where it is wrong as a whole, or lacks a key it needs. */
function pruned(data: unknown, wrong: WrongParts): unknown {
  if (wrong.isWhole) return undefined;
  const keep = (value: unknown, step: string | number): unknown => {
    const parts = wrong.inner.get(step);
    return parts === undefined ? value : pruned(value, parts);
  };
  if (Array.isArray(data)) return data.map(keep).filter((item) => item !== undefined);
  if (!isRecord(data)) return undefined;
  for (const step of wrong.inner.keys()) if (!Object.hasOwn(data, step)) return undefined;
  return Object.fromEntries(
    Object.entries(data)
      .map(([key, value]) => [key, keep(value, key)] as const)
      .filter(([, value]) => value !== undefined),
  );
}

/** More than this of one file helps nobody. */
const mostProblems = 50;

function issuesAsProblems(
  issues: readonly Issue[],
  schema: z.ZodType,
  yaml: YamlSource,
): Problem[] {
  const problems: Problem[] = [];
  for (const issue of issues) {
    if (problems.length >= mostProblems) break;
    problems.push(...issueProblems(issue, schema, yaml));
  }
  return problems.slice(0, mostProblems);
}

function issueProblems(issue: Issue, schema: z.ZodType, yaml: YamlSource): Problem[] {
  const path = stepsOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, path);
    return issue.keys.slice(0, mostProblems).map((key) => unknownKey([...path, key], known, yaml));
  }
  const name = path.join('.');
  if (issue.code === 'invalid_key') {
    const message = `"${path.at(-1) ?? ''}" must be ${issue.issues[0]?.message ?? 'another name'}`;
    return [problem('schema', message, { at: yaml.place(path, 'key') })];
  }
  const found = valueAt(yaml.value, path);
  const expected = expectation(issue);
  if (found === undefined) {
    const hint = `Expected ${expected}.`;
    return [
      problem('schema', `${name} is missing`, { at: yaml.place(path.slice(0, -1), 'key'), hint }),
    ];
  }
  const shown = isSecretPath(path) ? '' : `, found ${describeFound(found, yaml.written(path))}`;
  return [
    problem('schema', `${name} must be ${expected}${shown}`, {
      at: yaml.place(path),
      hint: valueHint(issue, path, found, yaml),
    }),
  ];
}

function unknownKey(path: DataPath, known: readonly string[], yaml: YamlSource): Problem {
  const key = String(path.at(-1) ?? '');
  const parent = path.slice(0, -1).join('.');
  const hint = secretHint(key) ?? didYouMean(key, known) ?? listOf('Known keys', known);
  const where = parent === '' ? '' : ` in ${parent}`;
  return problem('schema', `unknown key "${key.slice(0, 80)}"${where}`, {
    at: yaml.place(path, 'key'),
    hint,
  });
}

/** The keys that a schema knows at a path of data. */
function knownKeys(schema: unknown, path: DataPath): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return knownKeys(schema.unwrap(), path);
  }
  if (schema instanceof z.ZodUnion) {
    return schema.options.flatMap((option) => knownKeys(option, path));
  }
  const [step, ...rest] = path;
  if (schema instanceof z.ZodObject) {
    if (step === undefined) return Object.keys(schema.shape);
    return Object.hasOwn(schema.shape, step) ? knownKeys(schema.shape[step], rest) : [];
  }
  if (schema instanceof z.ZodRecord) {
    if (step !== undefined) return knownKeys(schema.valueType, rest);
    return schema.keyType instanceof z.ZodEnum ? schema.keyType.options.map(String) : [];
  }
  return schema instanceof z.ZodArray ? knownKeys(schema.element, rest) : [];
}

function secretHint(key: string): string | null {
  return /token|secret|password/i.test(key) && key !== 'tokenEnv'
    ? 'Secrets do not belong into files: put it into an environment variable and its name into tokenEnv.'
    : null;
}

function isSecretPath(path: DataPath): boolean {
  return path.at(-1) === 'tokenEnv';
}

function listOf(title: string, names: readonly string[]): string | null {
  return names.length === 0 || names.length > 20 ? null : `${title}: ${names.join(', ')}.`;
}

function expectation(issue: Issue): string {
  if (issue.code === 'invalid_value') return alternatives(issue.values.map(String));
  if (issue.code === 'invalid_type') {
    if (issue.expected === 'object' || issue.expected === 'record') return 'keys with values';
    if (issue.expected === 'array') return 'a list';
  }
  return issue.message;
}

function alternatives(values: readonly string[]): string {
  if (values.length > 12) return "one of Intercom's locales";
  if (values.length === 1) return values[0] ?? '';
  return `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}

function valueHint(issue: Issue, path: DataPath, found: unknown, yaml: YamlSource): string | null {
  if (issue.code === 'invalid_value' && typeof found === 'string') {
    const values = issue.values.map(String);
    const locale = values.length === locales.length ? suggestedLocale(found) : null;
    return locale === null ? didYouMean(found, values) : `Did you mean "${locale}"?`;
  }
  const isBare = typeof found === 'number' || typeof found === 'boolean';
  if (isBare && issue.message.startsWith('text')) {
    return `Put it in quotes: "${yaml.written(path) ?? String(found)}"`;
  }
  const expectsList = issue.code === 'invalid_type' && issue.expected === 'array';
  if (expectsList && typeof found === 'string')
    return `Write it as a list: [${found.slice(0, 40)}]`;
  return null;
}

/** What stands there, said so that a long or multi-line value does not flood the message. */
export function describeFound(value: unknown, written: string | null = null): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (isRecord(value)) return 'keys with values';
  if (typeof value === 'number') return `the number ${written ?? value}`;
  if (typeof value === 'boolean') return String(value);
  const shown = String(value);
  return JSON.stringify(shown.length > 60 ? `${shown.slice(0, 59)}…` : shown);
}

function valueAt(data: unknown, path: DataPath): unknown {
  return path.reduce<unknown>((inner, step) => {
    if (Array.isArray(inner)) return inner[Number(step)];
    return isRecord(inner) && Object.hasOwn(inner, step) ? inner[step] : undefined;
  }, data);
}

function stepsOf(path: readonly PropertyKey[]): (string | number)[] {
  return path.map((step) => (typeof step === 'number' ? step : String(step)));
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
