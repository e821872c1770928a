import type { SyntaxNode } from '@lezer/common';
import type { Expression } from '../syntax.ts';

/** Nodes of the grammar's tree that stand next to each other. */
export type Nodes = readonly SyntaxNode[];

/** What makes expressions of nodes. */
export interface NodeReader {
  read(node: SyntaxNode | undefined): Expression;
  /** `a, *b` without brackets: one expression or a tuple of several. */
  readTuple(nodes: Nodes): Expression;
  /** The name that a node is; `null` where it is none. */
  nameOf(node: SyntaxNode | undefined): string | null;
  textOf(node: SyntaxNode): string;
  /** What stands between a node's brackets. */
  inside(node: SyntaxNode, closing: string): Nodes;
}

/** The nodes right below a node, without comments. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'Comment') children.push(child);
  }
  return children;
}

/** The parts between nodes of a name; an empty one behind the last. */
export function dividedAt(nodes: Nodes, separator: string): SyntaxNode[][] {
  const parts: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === separator) parts.push([]);
    else parts.at(-1)?.push(node);
  }
  return parts;
}

/** Whether the grammar marks something among the nodes as wrong. */
export function haveError(nodes: Nodes): boolean {
  return nodes.some(({ type }) => type.isError);
}
