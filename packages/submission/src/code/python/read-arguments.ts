import type { SyntaxNode } from '@lezer/common';
import { type Argument, type Expression, type Parameter, UNKNOWN } from '../syntax.ts';
import { childrenOf, dividedAt, type NodeReader, type Nodes } from './nodes.ts';
import { readComprehension } from './read-collections.ts';

/** Arguments of a call or bases of a class. */
export function readArguments(list: SyntaxNode | undefined, reader: NodeReader): Argument[] {
  if (list?.name !== 'ArgList') return [{ name: null, value: UNKNOWN, spread: true }];
  const nodes = reader.inside(list, ')');
  if (nodes.some(({ name }) => name === 'for')) {
    const value = readComprehension(nodes, 'generator', reader);
    return [{ name: null, value, spread: false }];
  }
  return dividedAt(nodes, ',').flatMap((part) => readArgument(part, reader));
}

function readArgument(nodes: Nodes, reader: NodeReader): Argument[] {
  const [first, second, third] = nodes;
  if (first === undefined) return [];
  const args: Argument[] = [];
  let read = 1;
  if (first.name === '*' || first.name === '**') {
    args.push({ name: null, value: reader.read(second), spread: true });
    read = 2;
  } else if (second?.name === 'AssignOp' && first.name === 'VariableName') {
    args.push(readNamed(first, reader.textOf(second), reader.read(third), reader));
    read = 3;
  } else if (!first.type.isError) {
    args.push({ name: null, value: reader.read(first), spread: false });
  } else read = 0;
  // Something is there that is no argument.
  if (nodes.length > read) args.push({ name: null, value: UNKNOWN, spread: true });
  return args;
}

function readNamed(
  node: SyntaxNode,
  sign: string,
  value: Expression,
  reader: NodeReader,
): Argument {
  if (sign === '=') return { name: reader.nameOf(node), value, spread: false };
  const named: Expression = { kind: 'named', target: reader.read(node), value };
  return { name: null, value: named, spread: false };
}

/** Parameters of a function. */
export function readParameters(list: SyntaxNode | undefined, reader: NodeReader): Parameter[] {
  if (list === undefined) return [];
  const nodes = childrenOf(list).filter(({ name }) => name !== '(' && name !== ')');
  return dividedAt(nodes, ',').flatMap((part): Parameter[] => {
    const name = reader.nameOf(part.find((node) => node.name === 'VariableName'));
    if (name === null) return [];
    const [first] = part;
    const takes = first?.name === '*' ? 'rest' : first?.name === '**' ? 'options' : 'one';
    const given = part.findIndex((node) => node.name === 'AssignOp');
    return [{ name, initial: given < 0 ? null : reader.read(part[given + 1]), takes }];
  });
}
