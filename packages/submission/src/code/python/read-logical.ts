import type { SyntaxNode } from '@lezer/common';
import type { Expression } from '../syntax.ts';
import { childrenOf, type Nodes } from './nodes.ts';

type Part = SyntaxNode | 'and' | 'or' | 'not';

/** Whether a node joins others with `and`, `or`, `not` in a way that has to be looked at again. */
export function isLogical(node: SyntaxNode, [first, second]: Nodes): boolean {
  if (node.name === 'UnaryExpression') return first?.name === 'not';
  return node.name === 'BinaryExpression' && (second?.name === 'and' || second?.name === 'or');
}

/**
 * Reads operands that are joined by `and`, `or` and `not`. The grammar takes `not` to be of everything that follows;
 * in Python it binds more closely than `and`, and that than `or`.
 */
export function readLogical(
  node: SyntaxNode,
  read: (operand: SyntaxNode) => Expression,
): Expression {
  const parts = flattened(node);
  let at = 0;
  const joined = (operator: 'and' | 'or', operand: () => Expression): Expression => {
    let left = operand();
    while (parts[at] === operator) {
      at += 1;
      left = { kind: 'binary', operator, left, right: operand() };
    }
    return left;
  };
  const negated = (): Expression => {
    let signs = 0;
    while (parts[at] === 'not') {
      signs += 1;
      at += 1;
    }
    const part = parts[at];
    let operand: Expression = { kind: 'unknown' };
    if (typeof part === 'object') {
      operand = read(part);
      at += 1;
    }
    for (; signs > 0; signs -= 1) operand = { kind: 'not', operand };
    return operand;
  };
  return joined('or', () => joined('and', negated));
}

/** Operands and what joins them, in the order in which they are written. */
function flattened(node: SyntaxNode): Part[] {
  const parts: Part[] = [];
  const waiting: Part[] = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const children = typeof next === 'object' ? childrenOf(next) : [];
    if (typeof next !== 'object' || !isLogical(next, children)) parts.push(next);
    else for (const child of children.toReversed()) waiting.push(asPart(child));
  }
  return parts;
}

function asPart(node: SyntaxNode): Part {
  const { name } = node;
  return name === 'and' || name === 'or' || name === 'not' ? name : node;
}
