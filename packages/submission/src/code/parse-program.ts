import { CodeProblem, ExpressionParser } from './parse-expression.ts';
import { type Expression, type Parameter, type Statement, UNKNOWN } from './syntax.ts';
import { type CodeLanguage, tokenize } from './tokens.ts';
import { TokenStream } from './token-stream.ts';

const PYTHON_GROUPS = new Set([
  'if',
  'elif',
  'else',
  'with',
  'try',
  'except',
  'finally',
  'class',
  'async',
]);
const LOOPS = new Set(['for', 'while', 'repeat']);
const PASSED_OVER = new Set([
  'import',
  'from',
  'del',
  'global',
  'nonlocal',
  'assert',
  'raise',
  'pass',
  'break',
  'continue',
  'yield',
  'print',
  'next',
]);
const ASSIGNS = new Set(['=', '<-', '<<-', ':=']);
const CHANGES = new Set(['+=', '-=', '*=', '/=', '//=', '%=', '**=', '|=', '&=', '@=']);
const DEEPEST = 60;

/** Reads a program. Statements that are no Python or R, or that nothing here needs, are left out. */
export function parseProgram(code: string, language: CodeLanguage): Statement[] {
  return new ProgramParser(code, language).program();
}

class ProgramParser {
  readonly #stream: TokenStream;
  readonly #language: CodeLanguage;
  readonly #expressions: ExpressionParser;
  #depth = 0;

  constructor(code: string, language: CodeLanguage) {
    this.#stream = new TokenStream(tokenize(code, language));
    this.#language = language;
    this.#expressions = new ExpressionParser(this.#stream, language, () => this.#untilBrace());
  }

  program(): Statement[] {
    return this.#many(() => this.#stream.next.kind === 'end');
  }

  #many(ended: () => boolean): Statement[] {
    const statements: Statement[] = [];
    while (!ended() && this.#stream.next.kind !== 'end') {
      const place = this.#stream.place;
      statements.push(...this.#statement());
      if (this.#stream.place === place) this.#stream.take();
    }
    return statements;
  }

  #untilBrace(): Statement[] {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new CodeProblem('nested too deeply');
    try {
      const body = this.#many(() => this.#stream.is('}'));
      this.#stream.accept('}');
      return body;
    } finally {
      this.#depth -= 1;
    }
  }

  /** Python: the statements that stand further right than `column`, or on the header's own line. */
  #indented(column: number): Statement[] {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new CodeProblem('nested too deeply');
    try {
      if (!this.#stream.next.startsLine) return this.#statement();
      return this.#many(() => this.#stream.next.startsLine && this.#stream.next.column <= column);
    } finally {
      this.#depth -= 1;
    }
  }

  #statement(): Statement[] {
    const start = this.#stream.place;
    this.#expressions.torn = false;
    try {
      if (this.#stream.accept(';')) return [];
      return this.#language === 'python' ? this.#python() : this.#r();
    } catch (error) {
      if (!(error instanceof CodeProblem)) throw error;
      if (this.#stream.place === start || !this.#stream.next.startsLine)
        this.#stream.skipStatement();
      return [];
    }
  }

  #python(): Statement[] {
    const { text, kind, column } = this.#stream.next;
    if (kind === 'sign' && text === '@') {
      this.#stream.skipStatement();
      return [];
    }
    if (kind !== 'name') return this.#simple();
    if (text === 'async' || (text === 'def' && this.#stream.afterNext.kind === 'name'))
      return this.#definition(column);
    if (LOOPS.has(text) && text !== 'repeat') {
      this.#header();
      return [{ kind: 'loop', body: this.#indented(column), torn: false }];
    }
    if (PYTHON_GROUPS.has(text)) {
      this.#header();
      return [{ kind: 'group', body: this.#indented(column), torn: false }];
    }
    if (text === 'return') return this.#return();
    if (PASSED_OVER.has(text) && !(text === 'print' && this.#stream.afterNext.text === '(')) {
      this.#stream.skipStatement();
      return [];
    }
    return this.#simple();
  }

  /** Skips "for x in y:" up to and with its colon. */
  #header(): void {
    let depth = 0;
    for (let first = true; this.#stream.next.kind !== 'end'; first = false) {
      if (this.#stream.next.startsLine && depth === 0 && !first) return;
      const { text, kind } = this.#stream.take();
      if (kind !== 'sign') continue;
      if ('([{'.includes(text)) depth += 1;
      else if (')]}'.includes(text)) depth -= 1;
      else if (text === ':' && depth <= 0) return;
    }
  }

  #definition(column: number): Statement[] {
    this.#stream.accept('async');
    this.#stream.accept('def');
    const { text: name } = this.#stream.take();
    const parameters: Parameter[] = [];
    if (this.#stream.accept('(')) {
      for (const argument of this.#expressions.arguments(')')) {
        if (argument.name !== null)
          parameters.push({ name: argument.name, initial: argument.value });
        else if (argument.value.kind === 'name')
          parameters.push({ name: argument.value.name, initial: null });
      }
    }
    this.#header();
    const body = this.#indented(column);
    return [
      {
        kind: 'assign',
        targets: [{ kind: 'name', name }],
        value: { kind: 'function', parameters, body },
        torn: false,
      },
    ];
  }

  #return(): Statement[] {
    this.#stream.take();
    if (this.#stream.next.startsLine) return [];
    const value = this.#tuple();
    return [{ kind: 'return', value, torn: this.#expressions.torn }];
  }

  #r(): Statement[] {
    const { text, kind } = this.#stream.next;
    if (kind === 'sign' && text === '}') {
      this.#stream.take();
      return [];
    }
    if (kind !== 'name') return this.#simple();
    if (LOOPS.has(text)) {
      this.#stream.take();
      this.#skipCondition();
      return [{ kind: 'loop', body: this.#statement(), torn: false }];
    }
    if (text === 'if' || text === 'else') {
      this.#stream.take();
      if (text === 'if') this.#skipCondition();
      return [{ kind: 'group', body: this.#statement(), torn: false }];
    }
    if (text === 'return' && this.#stream.afterNext.text === '(') {
      this.#stream.take();
      this.#stream.take();
      const [value] = this.#expressions.arguments(')');
      return [{ kind: 'return', value: value?.value ?? UNKNOWN, torn: this.#expressions.torn }];
    }
    return this.#simple();
  }

  #skipCondition(): void {
    if (!this.#stream.accept('(')) return;
    this.#stream.skipInside(')');
    this.#stream.accept(')');
  }

  /** An expression, or one that is given to names. */
  #simple(): Statement[] {
    const targets: Expression[] = [];
    let value = this.#tuple();
    while (!this.#stream.next.startsLine) {
      const { text, kind } = this.#stream.next;
      if (kind !== 'sign') break;
      if (ASSIGNS.has(text)) {
        this.#stream.take();
        targets.push(value);
        value = this.#tuple();
      } else if (text === '->' || text === '->>') {
        this.#stream.take();
        targets.push(this.#tuple());
      } else if (text === '%<>%') {
        this.#stream.take();
        targets.push(value);
        value = { kind: 'binary', operator: 'pipe', left: value, right: this.#expressions.parse() };
      } else if (CHANGES.has(text)) {
        this.#stream.take();
        targets.push(value);
        this.#tuple();
        value = UNKNOWN;
      } else if (text === ':' && this.#language === 'python') {
        this.#stream.take();
        this.#expressions.parse();
      } else break;
    }
    const { torn } = this.#expressions;
    const isBlock = value.kind === 'block' && targets.length === 0;
    if (isBlock && value.kind === 'block') return [{ kind: 'group', body: value.body, torn }];
    if (!this.#stream.next.startsLine && !this.#stream.is(';', '}')) this.#stream.skipStatement();
    return targets.length > 0
      ? [{ kind: 'assign', targets, value, torn }]
      : [{ kind: 'expression', value, torn }];
  }

  /** `a, b` without brackets, as Python allows. */
  #tuple(): Expression {
    const first = this.#expressions.parse();
    if (this.#language !== 'python' || !this.#stream.is(',')) return this.#conditional(first);
    const items = [first];
    while (!this.#stream.next.startsLine && this.#stream.accept(',')) {
      if (this.#stream.next.startsLine || this.#stream.is('=')) break;
      items.push(this.#expressions.parse());
    }
    return { kind: 'list', items };
  }

  /** `a if b else c` depends on what the program does, so it is unknown. */
  #conditional(first: Expression): Expression {
    if (this.#language !== 'python' || this.#stream.next.startsLine || !this.#stream.is('if'))
      return first;
    this.#stream.skipStatement();
    return UNKNOWN;
  }
}
