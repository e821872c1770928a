import type { CodeLanguage } from './tokens.ts';
import type { TokenStream } from './token-stream.ts';
import {
  type Argument,
  type Expression,
  type Parameter,
  type Statement,
  UNKNOWN,
} from './syntax.ts';

/** Thrown inside the parser for what is no expression; a statement that holds it is skipped. */
export class CodeProblem extends Error {}

const POWERS: Readonly<Record<CodeLanguage, ReadonlyMap<string, number>>> = {
  python: new Map([
    ...['or'].map((sign): [string, number] => [sign, 1]),
    ...['and'].map((sign): [string, number] => [sign, 2]),
    ...['==', '!=', '<', '>', '<=', '>=', 'in', 'is', 'not'].map((sign): [string, number] => [
      sign,
      4,
    ]),
    ...['|', '&', '^', '<<', '>>'].map((sign): [string, number] => [sign, 5]),
    ...['+', '-'].map((sign): [string, number] => [sign, 6]),
    ...['*', '/', '//', '%', '@'].map((sign): [string, number] => [sign, 7]),
    ['**', 10],
  ]),
  r: new Map([
    ...['~'].map((sign): [string, number] => [sign, 1]),
    ...['|', '||'].map((sign): [string, number] => [sign, 2]),
    ...['&', '&&'].map((sign): [string, number] => [sign, 3]),
    ...['==', '!=', '<', '>', '<=', '>='].map((sign): [string, number] => [sign, 4]),
    ...['+', '-'].map((sign): [string, number] => [sign, 6]),
    ...['*', '/'].map((sign): [string, number] => [sign, 7]),
    ['|>', 8],
    [':', 9],
    ['^', 10],
  ]),
};
const PIPE_POWER = 8;
const UNARY_POWER = 9;
const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['True', true],
  ['False', false],
  ['None', null],
  ['TRUE', true],
  ['FALSE', false],
  ['NULL', null],
]);
const R_CONSTANTS: ReadonlyMap<string, boolean> = new Map([
  ['T', true],
  ['F', false],
]);
const DEEPEST = 120;

/** Reads expressions; blocks and functions inside of R's expressions are read by `block`. */
export class ExpressionParser {
  readonly #stream: TokenStream;
  readonly #language: CodeLanguage;
  readonly #block: () => Statement[];
  #brackets = 0;
  #depth = 0;
  /** A bracket was found open at the end of a statement. */
  torn = false;

  constructor(stream: TokenStream, language: CodeLanguage, block: () => Statement[]) {
    this.#stream = stream;
    this.#language = language;
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

  /** Reads a block with no bracket of the surroundings counted as open. */
  #outside<Result>(read: () => Result): Result {
    const before = this.#brackets;
    this.#brackets = 0;
    try {
      return read();
    } finally {
      this.#brackets = before;
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
      if (kind !== 'sign' && kind !== 'name') break;
      const isOwn =
        this.#language === 'r' && text.length > 1 && text.startsWith('%') && text.endsWith('%');
      const power = isOwn ? PIPE_POWER : POWERS[this.#language].get(text);
      if (power === undefined || power < least) break;
      if (text === '%<>%') break;
      this.#stream.take();
      if (text === 'not' || text === 'is') this.#stream.accept(text === 'not' ? 'in' : 'not');
      const rightFirst = text === '**' || text === '^';
      const right = this.parse(rightFirst ? power : power + 1);
      const operator = text === '|>' || text === '%>%' || text === '%T>%' ? 'pipe' : text;
      left = { kind: 'binary', operator, left, right };
    }
    return left;
  }

  #prefix(): Expression {
    const token = this.#stream.next;
    if (token.kind === 'sign') {
      if (token.text === '-' || token.text === '+') {
        this.#stream.take();
        const operand = this.parse(UNARY_POWER);
        return token.text === '-' ? { kind: 'negative', operand } : operand;
      }
      if (token.text === '!' || token.text === '~') {
        this.#stream.take();
        this.parse(UNARY_POWER);
        return UNKNOWN;
      }
    }
    if (
      this.#language === 'python' &&
      (token.text === 'not' || token.text === 'await') &&
      token.kind === 'name'
    ) {
      this.#stream.take();
      this.parse(3);
      return UNKNOWN;
    }
    return this.#postfix(this.#primary());
  }

  #primary(): Expression {
    const token = this.#stream.take();
    const { kind, text, value } = token;
    if (kind === 'number') return { kind: 'literal', value };
    if (kind === 'string') {
      let joined = String(value);
      while (this.#language === 'python' && this.#stream.next.kind === 'string' && !this.#ended()) {
        joined += String(this.#stream.take().value);
      }
      return /^[rRbB]?[fF]/u.test(text) && text.includes('{')
        ? UNKNOWN
        : { kind: 'literal', value: joined };
    }
    if (kind === 'name') {
      const own = this.#language === 'r' ? R_CONSTANTS.get(text) : undefined;
      const constant = own ?? CONSTANTS.get(text);
      if (constant !== undefined) return { kind: 'literal', value: constant };
      if (this.#language === 'python' && text === 'lambda') return this.#lambda();
      if (this.#language === 'r' && text === 'function') return this.#function();
      return { kind: 'name', name: text.replaceAll('`', '') };
    }
    if (text === '(' || (text === '[' && this.#language === 'python')) return this.#listed(text);
    if (text === '{') return this.#language === 'r' ? this.#braced() : this.#dictionary();
    if (text === '\\' && this.#language === 'r') return this.#function();
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
        const isDouble = this.#language === 'r' && this.#stream.accept('[');
        const [index] = this.arguments(']');
        if (isDouble) this.#stream.accept(']');
        left = { kind: 'index', object: left, index: index?.value ?? UNKNOWN };
      } else if (['.', '$', '@', '::', ':::'].includes(text) && this.#isMember(text)) {
        this.#stream.take();
        const { text: name, kind, value } = this.#stream.take();
        left = { kind: 'member', object: left, name: kind === 'string' ? String(value) : name };
      } else break;
    }
    return left;
  }

  #isMember(sign: string): boolean {
    const { kind } = this.#stream.afterNext;
    if (this.#language === 'python') return sign === '.' && kind === 'name';
    return sign !== '.' && (kind === 'name' || kind === 'string');
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
    if (this.#language === 'python' && this.#stream.is('*', '**')) {
      this.#stream.take();
      return { name: null, value: this.parse(), spread: true };
    }
    const { kind, text, value } = this.#stream.next;
    const { text: sign, kind: signKind } = this.#stream.afterNext;
    if ((kind === 'name' || kind === 'string') && sign === '=' && signKind === 'sign') {
      this.#stream.take();
      this.#stream.take();
      const name = kind === 'string' ? String(value) : text.replaceAll('`', '');
      if (this.#stream.is(',', ')', ']')) return { name, value: UNKNOWN, spread: false };
      return { name, value: this.#item(), spread: false };
    }
    return { name: null, value: this.#item(), spread: false };
  }

  /** One item of a bracket; comprehensions, conditions and slices are passed over. */
  #item(): Expression {
    if (this.#language === 'python' && this.#stream.is(':')) {
      this.#skipItem();
      return UNKNOWN;
    }
    const item = this.parse();
    if (this.#language === 'python' && this.#stream.is('for', 'if', 'async', ':', ':=')) {
      this.#skipItem();
      return UNKNOWN;
    }
    return item;
  }

  #skipItem(): void {
    while (!this.#stream.is(',', ')', ']', '}') && this.#stream.next.kind !== 'end') {
      const { text, kind } = this.#stream.take();
      const closing = { '(': ')', '[': ']', '{': '}' }[kind === 'sign' ? text : ''];
      if (closing === undefined) continue;
      this.#stream.skipInside(closing);
      this.#stream.accept(closing);
    }
  }

  #listed(opening: string): Expression {
    const closing = opening === '(' ? ')' : ']';
    const args = this.arguments(closing);
    const [only] = args;
    const isGroup = opening === '(' && args.length === 1 && only !== undefined && !only.spread;
    // `(784,)` is a tuple of one, `(784)` a number.
    if (isGroup && this.#stream.beforeLast.text !== ',') return only.value;
    return { kind: 'list', items: args.map(({ value, spread }) => (spread ? UNKNOWN : value)) };
  }

  #dictionary(): Expression {
    const entries: { key: Expression; value: Expression }[] = [];
    this.#brackets += 1;
    try {
      while (!this.#stream.accept('}')) {
        if (this.#stream.next.kind === 'end' || this.#stream.is(')', ']')) {
          this.torn = true;
          break;
        }
        if (this.#stream.accept(',')) continue;
        const place = this.#stream.place;
        const key = this.#stream.is('*', '**') ? UNKNOWN : this.parse();
        if (this.#stream.accept(':')) entries.push({ key, value: this.#item() });
        else this.#skipItem();
        if (this.#stream.place === place) this.#stream.take();
      }
    } finally {
      this.#brackets -= 1;
    }
    return { kind: 'dict', entries };
  }

  #lambda(): Expression {
    while (!this.#stream.is(':') && !this.#ended()) this.#stream.take();
    if (this.#stream.accept(':')) this.parse();
    return UNKNOWN;
  }

  #braced(): Expression {
    return this.#outside(() => ({ kind: 'block', body: this.#block() }));
  }

  /** R's `function(a, b = 2) body`. */
  #function(): Expression {
    if (!this.#stream.accept('(')) throw new CodeProblem('a function without parameters');
    const parameters = this.arguments(')').flatMap(({ name, value }): Parameter[] => {
      if (name !== null) return [{ name, initial: value }];
      return value.kind === 'name' ? [{ name: value.name, initial: null }] : [];
    });
    const body = this.parse();
    return {
      kind: 'function',
      parameters,
      body: body.kind === 'block' ? body.body : [{ kind: 'expression', value: body, torn: false }],
    };
  }
}
