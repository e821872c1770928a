import type { SyntaxNode } from '@lezer/common';
import type { Effort } from '../effort.ts';
import { type Expression, LONGEST_NAME, LONGEST_TEXT, UNKNOWN } from '../syntax.ts';
import { childrenOf, dividedAt, haveError, type NodeReader, type Nodes } from './nodes.ts';
import { readArguments, readParameters } from './read-arguments.ts';
import { readComprehension, readEntries, readItems } from './read-collections.ts';
import { readFormat, readNumber, readString } from './read-literals.ts';
import { isLogical, readLogical } from './read-logical.ts';

/** Deeper expressions are unknown inside. */
const DEEPEST = 300;

/** Makes expressions of the grammar's nodes. What the grammar marks as wrong is unknown, and no more than that. */
export class ExpressionReader implements NodeReader {
  readonly #text: string;
  readonly #torn: ReadonlySet<number>;
  readonly #effort: Effort;
  #depth = 0;
  /** A bracket was met that the program never closes. */
  torn = false;

  /** `torn` are the places of brackets that were put in. */
  constructor(text: string, torn: ReadonlySet<number>, effort: Effort) {
    this.#text = text;
    this.#torn = torn;
    this.#effort = effort;
  }

  textOf({ from, to }: SyntaxNode): string {
    return this.#text.slice(from, to);
  }

  nameOf(node: SyntaxNode | undefined): string | null {
    const isName = node?.name === 'VariableName' || node?.name === 'PropertyName';
    return isName && node.to - node.from <= LONGEST_NAME ? this.textOf(node) : null;
  }

  read(node: SyntaxNode | undefined): Expression {
    if (node === undefined || this.#depth >= DEEPEST || !this.#effort.spend()) return UNKNOWN;
    this.#depth += 1;
    const expression = this.#simple(node) ?? this.#bracketed(node) ?? this.#compound(node);
    this.#depth -= 1;
    return expression;
  }

  readTuple(nodes: Nodes): Expression {
    const items = readItems(nodes, this);
    const [only = UNKNOWN] = items;
    const isTuple = nodes.some(({ name }) => name === ',');
    return isTuple ? { kind: 'list', form: 'tuple', items } : only;
  }

  inside(node: SyntaxNode, closing: string): Nodes {
    return this.#closed(childrenOf(node).slice(1), closing);
  }

  #closed(nodes: Nodes, closing: string): Nodes {
    const last = nodes.at(-1);
    if (last?.name === closing) {
      if (this.#torn.has(last.from)) this.torn = true;
      return nodes.slice(0, -1);
    }
    this.torn = true;
    // The grammar marks the place where it misses the bracket.
    return last?.type.isError === true && last.from === last.to ? nodes.slice(0, -1) : nodes;
  }

  #simple(node: SyntaxNode): Expression | null {
    switch (node.name) {
      case 'VariableName': {
        const name = this.nameOf(node);
        return name === null ? UNKNOWN : { kind: 'name', name };
      }
      case 'Number':
        return readNumber(this.textOf(node));
      case 'String':
        return haveError(childrenOf(node)) ? UNKNOWN : readString(this.textOf(node));
      case 'FormatString':
        return readFormat(node, this.#text, (inside) => this.read(inside));
      case 'ContinuedString':
        return this.#joined(childrenOf(node));
      case 'Boolean':
        return { kind: 'literal', value: this.textOf(node) === 'True' };
      case 'None':
        return { kind: 'literal', value: null };
      default:
        return null;
    }
  }

  #bracketed(node: SyntaxNode): Expression | null {
    switch (node.name) {
      case 'ParenthesizedExpression':
        return this.readTuple(this.inside(node, ')'));
      case 'TupleExpression':
        return { kind: 'list', form: 'tuple', items: readItems(this.inside(node, ')'), this) };
      case 'ArrayExpression':
        return { kind: 'list', form: 'list', items: readItems(this.inside(node, ']'), this) };
      case 'SetExpression':
        return { kind: 'list', form: 'set', items: readItems(this.inside(node, '}'), this) };
      case 'DictionaryExpression':
        return { kind: 'dict', entries: readEntries(this.inside(node, '}'), this) };
      case 'ComprehensionExpression':
        return readComprehension(this.inside(node, ')'), 'generator', this);
      case 'ArrayComprehensionExpression':
        return readComprehension(this.inside(node, ']'), 'list', this);
      case 'SetComprehensionExpression':
        return readComprehension(this.inside(node, '}'), 'set', this);
      case 'DictionaryComprehensionExpression':
        return readComprehension(this.inside(node, '}'), 'dict', this);
      default:
        return null;
    }
  }

  #compound(node: SyntaxNode): Expression {
    const nodes = childrenOf(node);
    const [first, second, third, , last] = nodes;
    if (isLogical(node, nodes)) return readLogical(node, (operand) => this.read(operand));
    switch (node.name) {
      case 'CallExpression':
        return { kind: 'call', callee: this.read(first), args: readArguments(nodes.at(-1), this) };
      case 'MemberExpression':
        return this.#member(nodes);
      case 'BinaryExpression':
        return this.#binary(nodes);
      case 'UnaryExpression':
        return this.#signed(first, second);
      case 'AwaitExpression':
        return { kind: 'await', value: this.read(second) };
      case 'ConditionalExpression':
        return {
          kind: 'conditional',
          condition: this.read(third),
          value: this.read(first),
          otherwise: this.read(last),
        };
      case 'LambdaExpression':
        return this.#lambda(nodes);
      case 'NamedExpression':
        return { kind: 'named', target: this.read(first), value: this.read(third) };
      default:
        return UNKNOWN;
    }
  }

  #binary(nodes: Nodes): Expression {
    const [left, ...others] = nodes;
    const right = others.pop();
    if (haveError(nodes) || right === undefined) return UNKNOWN;
    const operator = others.map((node) => this.textOf(node)).join(' ');
    return { kind: 'binary', operator, left: this.read(left), right: this.read(right) };
  }

  #signed(sign: SyntaxNode | undefined, value: SyntaxNode | undefined): Expression {
    const operator = sign === undefined ? '' : this.textOf(sign);
    const operand = this.read(value);
    if (operator === '+') return operand;
    return operator === '-' ? { kind: 'negative', operand } : UNKNOWN;
  }

  #lambda(nodes: Nodes): Expression {
    const list = nodes.find(({ name }) => name === 'ParamList');
    return {
      kind: 'function',
      parameters: readParameters(list, this),
      body: [{ kind: 'return', value: this.read(nodes.at(-1)), torn: false }],
    };
  }

  #member(nodes: Nodes): Expression {
    const [owner, sign, property] = nodes;
    const object = this.read(owner);
    if (sign?.name === '.') {
      const name = this.nameOf(property);
      return name === null ? UNKNOWN : { kind: 'member', object, name };
    }
    const inside = this.#closed(nodes.slice(2), ']');
    const items = dividedAt(inside, ',')
      .filter((part) => part.length > 0)
      .map((part) => this.#subscript(part));
    const [only = UNKNOWN] = items;
    const isTuple = inside.some(({ name }) => name === ',');
    return {
      kind: 'index',
      object,
      index: isTuple ? { kind: 'list', form: 'tuple', items } : only,
    };
  }

  #subscript(nodes: Nodes): Expression {
    if (!nodes.some(({ name }) => name === ':')) return this.readTuple(nodes);
    const bounds = dividedAt(nodes, ':').map(([bound]) =>
      bound === undefined ? null : this.read(bound),
    );
    return { kind: 'slice', bounds };
  }

  /** Strings that stand behind each other are one. */
  #joined(nodes: Nodes): Expression {
    const parts = nodes.flatMap((node): (string | Expression)[] => {
      const part = this.read(node);
      if (part.kind === 'format') return [...part.parts];
      return [part.kind === 'literal' && typeof part.value === 'string' ? part.value : part];
    });
    if (!parts.every((part) => typeof part === 'string')) return { kind: 'format', parts };
    const value = parts.join('');
    return value.length > LONGEST_TEXT ? UNKNOWN : { kind: 'literal', value };
  }
}
