import { z } from 'zod';
import { collectionSchema } from './collection-schema.ts';
import { configSchema } from './config-schema.ts';
import { frontMatterSchema } from './front-matter-schema.ts';

/** A JSON Schema, as editors read it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The names under which the schemas are written to docs/schema and into new knowledge bases. */
export type SchemaFile = 'kb.schema.json' | 'article.schema.json' | 'collection.schema.json';

/** JSON Schemas of kb.yaml, of front matter and of `_collection.yaml`, for completion in editors. */
export function jsonSchemas(): Readonly<Record<SchemaFile, JsonSchema>> {
  return {
    'kb.schema.json': jsonSchema(configSchema, 'kb.yaml', ['defaultLocale', 'locales']),
    'article.schema.json': jsonSchema(frontMatterSchema, 'Front matter of an article', ['title']),
    'collection.schema.json': jsonSchema(collectionSchema, '_collection.yaml', ['id']),
  };
}

/** A schema as the text of its file. */
export function schemaText(schema: JsonSchema): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function jsonSchema(schema: z.ZodType, title: string, required: readonly string[]): JsonSchema {
  // Draft 7 is what the YAML language server of most editors reads.
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema: node }) => {
      if (node.maximum === Number.MAX_SAFE_INTEGER) delete node.maximum;
      if (node.minimum === Number.MIN_SAFE_INTEGER) delete node.minimum;
    },
  });
  return { $schema, title, ...rest, required };
}
