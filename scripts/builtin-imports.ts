import { isBuiltin } from 'node:module';

/**
 * The code of a module with its imports of Node's own modules asked for by name instead. An `import`
 * of one reads everything it exports, getters included: of node:crypto that loads WebCrypto, of
 * node:http fetch and WebSocket, together half of a bare Node's start. What is asked for by name loads
 * only what is used.
 */
export function withoutBuiltinImports(code: string): string {
  return code.replace(
    /^import (?!type\b)([^;"']+) from ["']([^"']+)["'];?$/gm,
    (statement, clause: string, name: string) =>
      isBuiltin(name) ? declarations(clause, `process.getBuiltinModule("${name}")`) : statement,
  );
}

/** `fs, { a as b }` → `const fs = …, { a: b } = …;` */
function declarations(clause: string, value: string): string {
  const [, whole, named] = /^(?:\* as )?([\w$]+)?(?:, )?(\{[^}]*\})?$/.exec(clause.trim()) ?? [];
  const parts = [whole, named?.replaceAll(' as ', ': ')].filter((part) => part !== undefined);
  if (parts.length === 0) throw new Error(`An import that is not understood: ${clause}`);
  return `const ${parts.map((part) => `${part} = ${value}`).join(', ')};`;
}
