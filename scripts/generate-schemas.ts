import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jsonSchemas, schemaText } from '../src/repository/schema/json-schemas.ts';

/** Writes the JSON Schemas of the content format to docs/schema. A test fails when they are stale. */
const folder = join(import.meta.dirname, '..', 'docs', 'schema');
await mkdir(folder, { recursive: true });
for (const [name, schema] of Object.entries(jsonSchemas())) {
  await writeFile(join(folder, name), schemaText(schema));
}
