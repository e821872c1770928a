import { parseAst } from 'vitest/node';

/** A node of a syntax tree as ESTree has it. */
export interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** The syntax tree of a TypeScript file. */
export function parseTypeScript(text: string): Node {
  const program: unknown = parseAst(text, { lang: 'ts' });
  if (!isNode(program)) throw new Error('the parser gave no program');
  return program;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** A field that holds a node, or `null`. */
export function child(node: Node, field: string): Node | null {
  const value = node[field];
  return isNode(value) ? value : null;
}

/** A field that holds nodes; holes and everything else are left out. */
export function children(node: Node, field: string): Node[] {
  const value = node[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The nodes right below a node, in the order of the source. */
export function below(node: Node): Node[] {
  return Object.values(node).flatMap((value) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  );
}

/** The string that a literal is, or `null`. */
export function stringOf(node: Node | null): string | null {
  return node?.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : null;
}

/** The name that an identifier is, or `null`. */
export function nameOf(node: Node | null): string | null {
  return node?.type === 'Identifier' && typeof node['name'] === 'string' ? node['name'] : null;
}
