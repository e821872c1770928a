import type { SyntaxNode, Tree } from '@lezer/common';
import type { Effort } from '../effort.ts';
import type { Expression, Statement } from '../syntax.ts';
import { parseText } from './grammar.ts';
import type { ClosedText, MendedText } from './mend-lines.ts';
import { childrenOf, dividedAt, type Nodes } from './nodes.ts';
import { readArguments } from './read-arguments.ts';
import { readBlock } from './read-blocks.ts';
import { ExpressionReader } from './read-expressions.ts';
import { readImport } from './read-import.ts';

const NOTHING: ReadonlyMap<number, ClosedText> = new Map();

/** The statements of a text that the grammar has parsed. */
export function readTree(tree: Tree, text: string, effort: Effort): Statement[] {
  return new StatementReader(text, new Set(), NOTHING, effort).readTree(tree);
}

/** The statements of a text that was mended; broken ones are parsed alone, as far as they make sense. */
export function readMended({ text, torn, broken }: MendedText, effort: Effort): Statement[] {
  return new StatementReader(text, torn, broken, effort).readTree(parseText(text, effort));
}

/** Makes statements of the grammar's nodes. */
class StatementReader {
  readonly #expressions: ExpressionReader;
  readonly #broken: ReadonlyMap<number, ClosedText>;
  readonly #effort: Effort;

  constructor(
    text: string,
    torn: ReadonlySet<number>,
    broken: ReadonlyMap<number, ClosedText>,
    effort: Effort,
  ) {
    this.#expressions = new ExpressionReader(text, torn, effort);
    this.#broken = broken;
    this.#effort = effort;
  }

  readTree(tree: Tree): Statement[] {
    return this.#many(tree.topNode);
  }

  #many(node: SyntaxNode): Statement[] {
    return childrenOf(node).flatMap((child) => this.#statement(child, []));
  }

  #statement(node: SyntaxNode, decorators: readonly Expression[]): Statement[] {
    if (!this.#effort.spend()) return [];
    switch (node.name) {
      case 'StatementGroup':
        return this.#many(node);
      case 'PassStatement':
        return this.#apart(node.from);
      case 'DecoratedStatement':
        return this.#decorated(childrenOf(node));
      case 'ImportStatement':
        return readImport(childrenOf(node), this.#expressions);
      default: {
        const nodes = childrenOf(node);
        const block = readBlock(node.name, nodes, decorators, this.#expressions, (body) =>
          this.#many(body),
        );
        return block === null ? this.#simple(node.name, nodes) : [block];
      }
    }
  }

  /** Statements of one line; whether a bracket in them is torn is known when they have been read. */
  #simple(kind: string, nodes: Nodes): Statement[] {
    this.#expressions.torn = false;
    const statements = this.#read(kind, nodes);
    const { torn } = this.#expressions;
    return torn ? statements.map((statement) => ({ ...statement, torn })) : statements;
  }

  #read(kind: string, nodes: Nodes): Statement[] {
    const [, ...others] = nodes;
    switch (kind) {
      case 'ExpressionStatement':
        return [{ kind: 'expression', value: this.#tuple(nodes), torn: false }];
      case 'PrintStatement':
        return [{ kind: 'expression', value: this.#tuple(others), torn: false }];
      case 'ReturnStatement': {
        const value = others.length === 0 ? null : this.#tuple(others);
        return [{ kind: 'return', value, torn: false }];
      }
      case 'BreakStatement':
      case 'ContinueStatement':
        return [{ kind: 'leave', torn: false }];
      case 'AssignStatement':
        return this.#assignment(nodes);
      case 'UpdateStatement':
        return this.#change(nodes);
      default:
        return [];
    }
  }

  #tuple(nodes: Nodes): Expression {
    return this.#expressions.readTuple(nodes.filter(({ type }) => !type.isError));
  }

  #assignment(nodes: Nodes): Statement[] {
    const parts = dividedAt(
      nodes.filter(({ name }) => name !== 'TypeDef'),
      'AssignOp',
    );
    const last = parts.pop() ?? [];
    if (parts.length === 0) return [];
    const value = this.#tuple(last);
    const targets = parts.map((part) => this.#tuple(part));
    // Nothing can be given to a call; the sign belongs into its broken brackets.
    const calls = targets.filter(({ kind }) => kind === 'call');
    return calls.length > 0
      ? calls.map((call) => ({ kind: 'expression', value: call, torn: false }))
      : [{ kind: 'assign', targets, value, torn: false }];
  }

  #change(nodes: Nodes): Statement[] {
    const [target, sign, ...value] = nodes;
    if (sign?.name !== 'UpdateOp') return [];
    return [
      {
        kind: 'change',
        target: this.#expressions.read(target),
        operator: this.#expressions.textOf(sign).slice(0, -1),
        value: this.#tuple(value),
        torn: false,
      },
    ];
  }

  #decorated(nodes: Nodes): Statement[] {
    const decorators = nodes
      .filter(({ name }) => name === 'Decorator')
      .map((node) => this.#decorator(childrenOf(node).slice(1)));
    const definition = nodes.at(-1);
    return definition === undefined ? [] : this.#statement(definition, decorators);
  }

  /** `@tf.function(jit_compile=True)`: names, points and arguments in a row. */
  #decorator([first, ...others]: Nodes): Expression {
    let expression = this.#expressions.read(first);
    for (const node of others) {
      const name = this.#expressions.nameOf(node);
      if (name !== null) expression = { kind: 'member', object: expression, name };
      else if (node.name === 'ArgList') {
        const args = readArguments(node, this.#expressions);
        expression = { kind: 'call', callee: expression, args };
      }
    }
    return expression;
  }

  /** What a `pass` stands for where a statement was taken out. */
  #apart(place: number): Statement[] {
    const broken = this.#broken.get(place);
    if (broken === undefined) return [];
    const { text, torn } = broken;
    const tree = parseText(text, this.#effort);
    return new StatementReader(text, torn, NOTHING, this.#effort).readTree(tree);
  }
}
