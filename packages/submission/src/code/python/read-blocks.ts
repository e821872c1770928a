import type { SyntaxNode } from '@lezer/common';
import { type Expression, type Statement, UNKNOWN } from '../syntax.ts';
import { childrenOf, dividedAt, type NodeReader, type Nodes } from './nodes.ts';
import { readArguments, readParameters } from './read-arguments.ts';

/** Reads the statements of a block's body. */
export type BodyReader = (body: SyntaxNode) => Statement[];

/** A statement that holds others; `null` for other kinds of nodes. */
export function readBlock(
  kind: string,
  nodes: Nodes,
  decorators: readonly Expression[],
  reader: NodeReader,
  readBody: BodyReader,
): Statement | null {
  if (kind === 'IfStatement') return readIf(nodes, reader, readBody);
  const bodies = nodes.filter(({ name }) => name === 'Body').map(readBody);
  const [body = [], ...others] = bodies;
  const otherwise = others.flat();
  switch (kind) {
    case 'ForStatement':
      return { kind: 'for', ...loopOf(nodes, reader), body, otherwise, torn: false };
    case 'WhileStatement': {
      const condition = nodes[1]?.name === 'Body' ? UNKNOWN : reader.read(nodes[1]);
      return { kind: 'while', condition, body, otherwise, torn: false };
    }
    case 'WithStatement':
      return { kind: 'with', items: withItems(nodes, reader), body, torn: false };
    case 'TryStatement':
      return { kind: 'try', parts: bodies, torn: false };
    case 'MatchStatement':
      return { kind: 'group', body: matchBodies(nodes, readBody), torn: false };
    case 'FunctionDefinition': {
      const parameters = readParameters(child(nodes, 'ParamList'), reader);
      const name = reader.nameOf(child(nodes, 'VariableName')) ?? '';
      return { kind: 'define', name, parameters, decorators, body, torn: false };
    }
    case 'ClassDefinition': {
      const list = child(nodes, 'ArgList');
      const bases = list === undefined ? [] : readArguments(list, reader);
      const name = reader.nameOf(child(nodes, 'VariableName')) ?? '';
      return { kind: 'class', name, bases, decorators, body, torn: false };
    }
    default:
      return null;
  }
}

/** Conditions, each with the body behind it; the body behind `else` has none. */
function readIf(nodes: Nodes, reader: NodeReader, readBody: BodyReader): Statement {
  const branches: { condition: Expression; body: Statement[] }[] = [];
  let otherwise: Statement[] = [];
  let condition: Expression | null = null;
  for (const node of nodes) {
    if (node.name === 'if' || node.name === 'elif') condition = UNKNOWN;
    else if (node.name === 'else') condition = null;
    else if (node.name !== 'Body') condition = reader.read(node);
    else if (condition === null) otherwise = readBody(node);
    else branches.push({ condition, body: readBody(node) });
  }
  return { kind: 'if', branches, otherwise, torn: false };
}

function loopOf(nodes: Nodes, reader: NodeReader): { target: Expression; iterable: Expression } {
  const start = nodes.findIndex(({ name }) => name === 'for') + 1;
  const middle = nodes.findIndex(({ name }) => name === 'in');
  const end = nodes.findIndex(({ name }) => name === 'Body');
  if (middle < start || end < middle) return { target: UNKNOWN, iterable: UNKNOWN };
  return {
    target: reader.readTuple(nodes.slice(start, middle)),
    iterable: reader.readTuple(nodes.slice(middle + 1, end)),
  };
}

function withItems(
  nodes: Nodes,
  reader: NodeReader,
): { value: Expression; target: Expression | null }[] {
  const start = nodes.findIndex(({ name }) => name === 'with') + 1;
  const end = nodes.findIndex(({ name }) => name === 'Body');
  const header = nodes.slice(start, end < 0 ? undefined : end);
  return dividedAt(header, ',').map((item) => {
    const [[value] = [], [target] = []] = dividedAt(item, 'as');
    return {
      value: reader.read(value),
      target: target === undefined ? null : reader.read(target),
    };
  });
}

function matchBodies(nodes: Nodes, readBody: BodyReader): Statement[] {
  return nodes
    .filter(({ name }) => name === 'MatchBody')
    .flatMap((body) => childrenOf(body))
    .flatMap((clause) => childrenOf(clause).filter(({ name }) => name === 'Body'))
    .flatMap((body) => readBody(body));
}

function child(nodes: Nodes, name: string): SyntaxNode | undefined {
  return nodes.find((node) => node.name === name);
}
