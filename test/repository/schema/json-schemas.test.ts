import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import matter from 'gray-matter';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { jsonSchemas, schemaText } from '../../../src/repository/index.ts';

const project = join(import.meta.dirname, '../../..');
const schemas = jsonSchemas();
const ajv = new Ajv({ allowUnionTypes: true });

describe('JSON Schemas', () => {
  it.each(Object.entries(schemas))('docs/schema/%s is what the code says', async (name, schema) => {
    const committed = await readFile(join(project, 'docs/schema', name), 'utf8');
    expect(committed, 'stale: node scripts/generate-schemas.ts').toBe(schemaText(schema));
  });

  it.each(Object.entries(schemas))('%s is a valid schema', (_, schema) => {
    expect(ajv.validateSchema(schema)).toBe(true);
  });

  it('accept the sample', async () => {
    const read = (path: string) => readFile(join(project, 'content', path), 'utf8');
    const valid = (name: keyof typeof schemas, data: unknown) => {
      const validate = ajv.compile(schemas[name]);
      expect(validate(data), JSON.stringify(validate.errors)).toBe(true);
    };
    valid('kb.schema.json', parse(await read('kb.yaml')));
    valid('collection.schema.json', parse(await read('konto/_collection.yaml')));
    const article = await read('support/ki-agent.de.md');
    valid('article.schema.json', matter(article, { engines: { yaml: parse } }).data);
  });

  it.each([
    ['kb.schema.json', { defaultLocale: 'de' }],
    ['kb.schema.json', { defaultLocale: 'de', locales: ['xx'] }],
    ['kb.schema.json', { defaultLocale: 'de', locales: ['de'], onRemov: 'delete' }],
    ['article.schema.json', { id: 'x' }],
    ['article.schema.json', { title: 'T', visibility: 'publik' }],
    ['article.schema.json', { title: 'T', review: { by: 'a@example.com' } }],
    ['collection.schema.json', { id: 'x', de: { titel: 'T' } }],
  ] as const)('%s refuses %j', (name, data) => {
    expect(ajv.compile(schemas[name])(data)).toBe(false);
  });

  it('explain every key of an article', () => {
    const { properties } = schemas['article.schema.json'] as {
      properties: Record<string, { description?: string; $ref?: string }>;
    };
    const silent = Object.entries(properties).filter(([, it]) => it.description === undefined);
    expect(silent).toEqual([]);
  });
});
