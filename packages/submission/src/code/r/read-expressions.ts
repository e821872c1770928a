import {
  type Argument,
  type Expression,
  LONGEST_NAME,
  LONGEST_TEXT,
  type Parameter,
  type Statement,
  UNKNOWN,
} from '../syntax.ts';
import type { TokenStream } from './token-stream.ts';
import type { Token } from './tokens.ts';

/** Thrown inside the parser for what is no expression; a statement that holds it is skipped. */
export class CodeProblem extends Error {}

/** How closely R's signs bind, by its own table (`?Syntax`). */
const POWERS: ReadonlyMap<string, number> = new Map([
  ['~', 1],
  ['|', 2],
  ['||', 2],
  ['&', 3],
  ['&&', 3],
  ...['==', '!=', '<', '>', '<=', '>='].map((sign): [string, number] => [sign, 4]),
  ['+', 6],
  ['-', 6],
  ['*', 7],
  ['/', 7],
  ['|>', 8],
  [':', 9],
  ['^', 10],
]);
const PIPES = new Set(['|>', '%>%', '%T>%']);
const PIPE_POWER = 8;
const UNARY_POWER = 9;
const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['TRUE', true],
  ['FALSE', false],
  ['T', true],
  ['F', false],
  ['NULL', null],
]);
const MEMBER_SIGNS = new Set(['$', '@', '::', ':::']);
const DEEPEST = 120;

/** Reads expressions; the statements of blocks are read by `block`. */
export class ExpressionParser {
  readonly #stream: TokenStream;
  readonly #block: () => Statement[];
  #brackets = 0;
  #depth = 0;
  /** A bracket was found open at the end of a statement. */
  torn = false;

  constructor(stream: TokenStream, block: () => Statement[]) {
    this.#stream = stream;
    this.#block = block;
  }

  parse(least = 0): Expression {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new CodeProblem('nested too deeply');
    try {
      return this.#binary(this.#prefix(), least);
    } finally {
      this.#depth -= 1;
    }
  }

  /** Outside of brackets, an expression ends with its line. */
  #ended(): boolean {
    const { kind, startsLine } = this.#stream.next;
    return kind === 'end' || (startsLine && this.#brackets === 0);
  }

  #binary(first: Expression, least: number): Expression {
    let left = first;
    while (!this.#ended()) {
      const { text, kind } = this.#stream.next;
      const isOwn = text.length > 1 && text.startsWith('%') && text.endsWith('%');
      const power = isOwn ? PIPE_POWER : POWERS.get(text);
      if (kind !== 'sign' || power === undefined || power < least || text === '%<>%') break;
      this.#stream.take();
      const right = this.parse(text === '^' ? power : power + 1);
      left = { kind: 'binary', operator: PIPES.has(text) ? 'pipe' : text, left, right };
    }
    return left;
  }

  #prefix(): Expression {
    const { kind, text } = this.#stream.next;
    if (kind === 'sign' && ['-', '+', '!', '~'].includes(text)) {
      this.#stream.take();
      const operand = this.parse(UNARY_POWER);
      if (text === '-') return { kind: 'negative', operand };
      if (text === '!') return { kind: 'not', operand };
      return text === '+' ? operand : UNKNOWN;
    }
    return this.#postfix(this.#primary());
  }

  #primary(): Expression {
    const token = this.#stream.take();
    const { kind, text } = token;
    if (kind === 'number' || kind === 'string') return literal(token);
    if (kind === 'name') {
      const constant = CONSTANTS.get(text);
      if (constant !== undefined) return { kind: 'literal', value: constant };
      if (text === 'function') return this.#function();
      return text.length > LONGEST_NAME ? UNKNOWN : { kind: 'name', name: plainName(text) };
    }
    if (text === '(') return this.#group();
    if (text === '{') return this.#braced();
    if (text === '\\') return this.#function();
    throw new CodeProblem(`unexpected ${text}`);
  }

  #postfix(first: Expression): Expression {
    let left = first;
    while (!this.#ended() && this.#stream.next.kind === 'sign') {
      const { text } = this.#stream.next;
      if (text === '(') {
        this.#stream.take();
        left = { kind: 'call', callee: left, args: this.arguments(')') };
      } else if (text === '[') {
        this.#stream.take();
        const isDouble = this.#stream.accept('[');
        const [index] = this.arguments(']');
        if (isDouble) this.#stream.accept(']');
        left = { kind: 'index', object: left, index: index?.value ?? UNKNOWN };
      } else if (MEMBER_SIGNS.has(text) && this.#isMember()) {
        this.#stream.take();
        const { text: name, kind, value } = this.#stream.take();
        left = { kind: 'member', object: left, name: kind === 'string' ? String(value) : name };
      } else break;
    }
    return left;
  }

  #isMember(): boolean {
    const { kind, text } = this.#stream.afterNext;
    return (kind === 'name' || kind === 'string') && text.length <= LONGEST_NAME;
  }

  /** Arguments up to and with the closing bracket. A bracket that is never closed ends where the next line cannot belong to it. */
  arguments(closing: string): Argument[] {
    const args: Argument[] = [];
    this.#brackets += 1;
    try {
      for (;;) {
        while (this.#stream.accept(','));
        if (this.#stream.accept(closing)) return args;
        if (this.#stream.next.kind === 'end' || this.#stream.is(')', ']', '}')) {
          this.torn = true;
          return args;
        }
        args.push(this.#argument());
        if (this.#stream.is(',', closing)) continue;
        if (this.#stream.next.startsLine) {
          this.torn = true;
          return args;
        }
        this.#stream.skipInside(closing);
        args.push({ name: null, value: UNKNOWN, spread: true });
      }
    } finally {
      this.#brackets -= 1;
    }
  }

  #argument(): Argument {
    const { kind, text, value } = this.#stream.next;
    const { text: sign, kind: signKind } = this.#stream.afterNext;
    if ((kind === 'name' || kind === 'string') && sign === '=' && signKind === 'sign') {
      this.#stream.take();
      this.#stream.take();
      const name = kind === 'string' ? String(value) : plainName(text);
      if (this.#stream.is(',', ')', ']')) return { name, value: UNKNOWN, spread: false };
      return { name, value: this.parse(), spread: false };
    }
    return { name: null, value: this.parse(), spread: false };
  }

  #group(): Expression {
    const args = this.arguments(')');
    const [only] = args;
    if (args.length === 1 && only !== undefined && !only.spread) return only.value;
    const items = args.map(({ value, spread }) => (spread ? UNKNOWN : value));
    return { kind: 'list', form: 'tuple', items };
  }

  /** `{ … }`, in which no bracket of the surroundings counts as open. */
  #braced(): Expression {
    const before = this.#brackets;
    this.#brackets = 0;
    try {
      return { kind: 'block', body: this.#block() };
    } finally {
      this.#brackets = before;
    }
  }

  /** `function(a, b = 2) body` */
  #function(): Expression {
    if (!this.#stream.accept('(')) throw new CodeProblem('a function without parameters');
    const parameters = this.arguments(')').flatMap(({ name, value }): Parameter[] => {
      if (name !== null) return [{ name, initial: value, takes: 'one' }];
      return value.kind === 'name' ? [{ name: value.name, initial: null, takes: 'one' }] : [];
    });
    const body = this.parse();
    return {
      kind: 'function',
      parameters,
      body: body.kind === 'block' ? body.body : [{ kind: 'expression', value: body, torn: false }],
    };
  }
}

function literal({ value }: Token): Expression {
  const isLong = typeof value === 'string' && value.length > LONGEST_TEXT;
  const isNumber = typeof value !== 'number' || Number.isFinite(value);
  return isLong || !isNumber ? UNKNOWN : { kind: 'literal', value };
}

function plainName(text: string): string {
  return text.replaceAll('`', '');
}
