import { parseAst } from 'vitest/node';

/** Every module that a TypeScript file names: in imports (types too), exports from and `import()`; each once. */
export function importsOf(text: string): string[] {
  const found = new Set<string>();
  visit(parseAst(text, { lang: 'ts' }), found);
  return [...found];
}

function visit(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, found);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if ('source' in value && isString(value.source)) found.add(value.source.value);
  for (const field of Object.values(value)) visit(field, found);
}

function isString(node: unknown): node is { readonly value: string } {
  return (
    typeof node === 'object' &&
    node !== null &&
    'type' in node &&
    node.type === 'Literal' &&
    'value' in node &&
    typeof node.value === 'string'
  );
}
