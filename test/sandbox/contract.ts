import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { DEVIATIONS, type Deviation } from './deviations.ts';

/**
 * Holds requests and answers against the API's own description (OpenAPI 2.16), which lies beside the
 * project and not in it. Where it is missing nothing is checked, and that is said.
 */

const DESCRIPTION = fileURLToPath(
  new URL('../../../shared/intercom-openapi/api-2.16.yaml', import.meta.url),
);

export const hasDescription = existsSync(DESCRIPTION);
export const skippedBecause = 'the API description (../shared/intercom-openapi) is not here';

type Json = Readonly<Record<string, unknown>>;

interface Contract {
  readonly paths: Json;
  readonly validate: (schema: Json, value: unknown) => readonly ErrorObject[];
}

type Side = 'request' | 'answer';

interface Problem {
  readonly pointer: string;
  readonly message: string;
}

let loaded: Contract | undefined;
let isAnnounced = false;

/**
 * What is wrong with one call, measured by the description: an unknown route or status, an answer or
 * (for a call that succeeded) a request that its schema does not allow, a field it does not know.
 * Known deviations are left out.
 * @returns one sentence for each problem; none when the description is not here
 */
export function validateExchange(
  method: string,
  path: string,
  status: number,
  requestBody: unknown,
  responseBody: unknown,
): readonly string[] {
  if (!hasDescription) {
    if (!isAnnounced) process.stderr.write(`contract not checked: ${skippedBecause}\n`);
    isAnnounced = true;
    return [];
  }
  loaded ??= loadContract();
  const route = templateOf(path);
  const operation =
    route === undefined ? undefined : childOf(childOf(loaded.paths, route), method.toLowerCase());
  const call = `${method} ${route ?? pathname(path)}`;
  if (operation === undefined) return status === 404 ? [] : [`${call}: not in the description`];
  return [
    ...statusProblems(call, operation, status, responseBody),
    ...answerProblems(loaded, call, operation, status, responseBody),
    ...(status < 400 ? requestProblems(loaded, call, operation, requestBody) : []),
  ];
}

/** The path of the description a real path belongs to: `/articles/12` → `/articles/{article_id}`. */
export function templateOf(path: string): string | undefined {
  if (!hasDescription) return undefined;
  loaded ??= loadContract();
  const segments = pathname(path).split('/');
  const templates = Object.keys(loaded.paths).filter((template) =>
    isMatch(template.split('/'), segments),
  );
  return templates.sort((left, right) => parameterCount(left) - parameterCount(right))[0];
}

/** Statuses the description names for each operation of some paths. */
export function documentedStatuses(
  isWanted: (path: string) => boolean,
): ReadonlyMap<string, readonly number[]> {
  if (!hasDescription) return new Map();
  loaded ??= loadContract();
  const found = new Map<string, readonly number[]>();
  for (const [path, operations] of Object.entries(loaded.paths)) {
    if (!isWanted(path)) continue;
    for (const method of ['get', 'post', 'put', 'delete']) {
      const responses = childOf(childOf(operations as Json, method), 'responses');
      if (responses !== undefined)
        found.set(`${method.toUpperCase()} ${path}`, Object.keys(responses).map(Number));
    }
  }
  return found;
}

/** Each error that the description shows for operations of some paths: `GET /tags/{tag_id} 404 not_found`. */
export function documentedErrors(isWanted: (path: string) => boolean): readonly string[] {
  const operations = documentedStatuses(isWanted);
  return [...operations].flatMap(([operation, statuses]) => {
    const [method = '', path = ''] = operation.split(' ');
    const responses = childOf(
      childOf(childOf(loaded?.paths, path), method.toLowerCase()),
      'responses',
    );
    return statuses.flatMap((status) =>
      exampleCodes(childOf(responses, String(status))).map(
        (code) => `${operation} ${status} ${code}`,
      ),
    );
  });
}

function exampleCodes(response: Json | undefined): readonly string[] {
  if (typeof response?.$ref === 'string') return exampleCodes(componentOf(response.$ref));
  const content = childOf(childOf(response, 'content'), 'application/json');
  const examples = Object.values(childOf(content, 'examples') ?? {});
  const values = [
    ...examples.map((example) => childOf(example, 'value')),
    childOf(content, 'example'),
  ];
  return [...new Set(values.flatMap((value) => codeOf(value) ?? []))];
}

function pathname(path: string): string {
  return new URL(path, 'http://sandbox.test').pathname.replace(/\/+$/, '');
}

function isMatch(template: readonly string[], segments: readonly string[]): boolean {
  if (template.length !== segments.length) return false;
  return template.every((part, index) => part.startsWith('{') || part === segments[index]);
}

function parameterCount(template: string): number {
  return template.split('{').length;
}

function childOf(value: unknown, key: string): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const child = (value as Json)[key];
  return typeof child === 'object' && child !== null ? (child as Json) : undefined;
}

function statusProblems(
  call: string,
  operation: Json,
  status: number,
  body: unknown,
): readonly string[] {
  if (childOf(childOf(operation, 'responses'), String(status)) !== undefined) return [];
  const code = codeOf(body);
  return DEVIATIONS.some((deviation) => isForStatus(deviation, call, status, code))
    ? []
    : [`${call}: status ${status} (${code ?? 'no code'}) is not documented`];
}

/** The code of an answer that refuses. */
function codeOf(body: unknown): string | undefined {
  const errors = (body as Json | undefined)?.errors;
  const code = Array.isArray(errors) ? (errors[0] as Json | undefined)?.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

function isForStatus(
  deviation: Deviation,
  call: string,
  status: number,
  code: string | undefined,
): boolean {
  if (deviation.side !== 'status' || !deviation.call.test(call)) return false;
  return deviation.statuses.includes(status) && deviation.codes.includes(code ?? '');
}

function answerProblems(
  contract: Contract,
  call: string,
  operation: Json,
  status: number,
  body: unknown,
): readonly string[] {
  const schema = schemaOf(childOf(childOf(operation, 'responses'), String(status)));
  if (schema === undefined) return [];
  return described(problemsOf(contract, schema, body), call, status, 'answer');
}

function requestProblems(
  contract: Contract,
  call: string,
  operation: Json,
  body: unknown,
): readonly string[] {
  const schema = schemaOf(childOf(operation, 'requestBody'));
  if (schema === undefined || body === undefined) return [];
  return described(problemsOf(contract, schema, body), call, 0, 'request');
}

function schemaOf(content: Json | undefined): Json | undefined {
  const resolved = typeof content?.$ref === 'string' ? { $ref: content.$ref } : undefined;
  if (resolved !== undefined) return schemaOf(componentOf(resolved.$ref));
  return childOf(childOf(childOf(content, 'content'), 'application/json'), 'schema');
}

let document: Json = {};

function componentOf(reference: string): Json | undefined {
  return reference
    .split('/')
    .slice(1)
    .reduce<Json | undefined>((value, key) => childOf(value, key), document);
}

function problemsOf(contract: Contract, schema: Json, value: unknown): readonly Problem[] {
  const broken = contract
    .validate(schema, value)
    .map(({ instancePath, message, params }): Problem => {
      const missing = (params as Json).missingProperty;
      const pointer = typeof missing === 'string' ? `${instancePath}/${missing}` : instancePath;
      return { pointer, message: message ?? 'is not allowed' };
    });
  return [...broken, ...unknownFields([schema], value, '')];
}

/** Fields no schema in force at their place describes. */
function unknownFields(
  schemas: readonly Json[],
  value: unknown,
  pointer: string,
): readonly Problem[] {
  const all = schemas.flatMap(partsOf);
  if (Array.isArray(value)) {
    const items = all.flatMap((part) => listed(childOf(part, 'items')));
    return items.length === 0
      ? []
      : value.flatMap((item, index) => unknownFields(items, item, `${pointer}/${index}`));
  }
  const described = all.filter((part) => childOf(part, 'properties') !== undefined);
  const isOpen =
    described.length === 0 || all.some((part) => part.additionalProperties !== undefined);
  if (typeof value !== 'object' || value === null || isOpen) return [];
  return Object.entries(value).flatMap(([name, field]): readonly Problem[] => {
    const place = `${pointer}/${name}`;
    const known = described.flatMap((part) => listed(childOf(childOf(part, 'properties'), name)));
    return known.length === 0
      ? [{ pointer: place, message: 'is not in the description' }]
      : unknownFields(known, field, place);
  });
}

function listed(schema: Json | undefined): readonly Json[] {
  return schema === undefined ? [] : [schema];
}

/** A schema, and all it refers to or consists of. */
function partsOf(schema: Json): readonly Json[] {
  const referred = typeof schema.$ref === 'string' ? componentOf(schema.$ref) : undefined;
  const parts = ['allOf', 'oneOf', 'anyOf'].flatMap(
    (key) => (schema[key] as readonly Json[] | undefined) ?? [],
  );
  return [schema, ...[...(referred === undefined ? [] : [referred]), ...parts].flatMap(partsOf)];
}

function described(
  problems: readonly Problem[],
  call: string,
  status: number,
  side: Side,
): readonly string[] {
  return problems
    .filter(({ pointer }) => !isDeviation(call, pointer, side))
    .map(
      ({ pointer, message }) =>
        `${call} ${side === 'answer' ? status : 'request'}: ${pointer} ${message}`,
    );
}

function isDeviation(call: string, pointer: string, side: Side): boolean {
  return DEVIATIONS.some((deviation) => {
    if (deviation.side !== side || !deviation.call.test(call)) return false;
    return deviation.pointer.test(pointer);
  });
}

function loadContract(): Contract {
  document = parse(readFileSync(DESCRIPTION, 'utf8'), { maxAliasCount: -1 }) as Json;
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const components = childOf(childOf(document, 'components'), 'schemas') ?? {};
  for (const [name, schema] of Object.entries(components)) {
    ajv.addSchema(converted(schema) as Json, `component:${name}`);
  }
  const compiled = new Map<Json, ValidateFunction>();
  return {
    paths: childOf(document, 'paths') ?? {},
    validate(schema, value) {
      const validate = compiled.get(schema) ?? ajv.compile(converted(schema) as Json);
      compiled.set(schema, validate);
      return validate(value)
        ? []
        : (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if');
    },
  };
}

const KEPT = ['required', 'maxLength', 'minimum', 'maximum', 'maxItems', 'minItems'];

/** OpenAPI 3.0 as JSON Schema: `nullable` becomes a type, and `$ref` keeps what stands beside it. */
function converted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return true;
  const schema = value as Json;
  const isNullable = schema.nullable === true;
  const result: Record<string, unknown> = {};
  for (const key of KEPT) if (schema[key] !== undefined) result[key] = schema[key];
  if (typeof schema.type === 'string')
    result.type = isNullable ? [schema.type, 'null'] : schema.type;
  if (Array.isArray(schema.enum))
    result.enum = [...new Set([...schema.enum, ...(isNullable ? [null] : [])])];
  if (typeof schema.$ref === 'string')
    result.$ref = `component:${schema.$ref.split('/').at(-1) ?? ''}`;
  const properties = childOf(schema, 'properties');
  if (properties !== undefined) {
    const entries = Object.entries(properties).map(([name, property]) => [
      name,
      converted(property),
    ]);
    result.properties = Object.fromEntries(entries);
  }
  if (schema.items !== undefined) result.items = converted(schema.items);
  if (Array.isArray(schema.allOf)) result.allOf = schema.allOf.map(converted);
  for (const key of ['oneOf', 'anyOf']) {
    const choices = schema[key];
    // Several request forms overlap (any tag request has a name), so one of them or more may match.
    if (Array.isArray(choices)) result.anyOf = choices.map(converted);
  }
  return isNullable && (result.$ref !== undefined || result.allOf !== undefined)
    ? { if: { type: 'null' }, else: result }
    : result;
}
