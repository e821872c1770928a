import type { Effort } from '../effort.ts';
import { type Expression, type Program, type Statement, UNKNOWN } from '../syntax.ts';
import { CodeProblem, ExpressionParser } from './read-expressions.ts';
import { TokenStream } from './token-stream.ts';
import { tokenize } from './tokens.ts';

const LOOPS = new Set(['for', 'while', 'repeat']);
const ASSIGNS = new Set(['=', '<-', '<<-', ':=']);
const DEEPEST = 60;

/** Reads a program of R. Statements that are no R, or that nothing here needs, are left out. */
export function parseR(code: string, effort: Effort): Program {
  const parser = new ProgramParser(new TokenStream(tokenize(code, effort)));
  return { statements: parser.program(), isWhole: !effort.isOver };
}

class ProgramParser {
  readonly #stream: TokenStream;
  readonly #expressions: ExpressionParser;
  #depth = 0;

  constructor(stream: TokenStream) {
    this.#stream = stream;
    this.#expressions = new ExpressionParser(stream, () => this.#untilBrace());
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
    const body = this.#many(() => this.#stream.is('}'));
    this.#stream.accept('}');
    return body;
  }

  #statement(): Statement[] {
    const start = this.#stream.place;
    this.#expressions.torn = false;
    this.#depth += 1;
    try {
      if (this.#depth > DEEPEST) throw new CodeProblem('nested too deeply');
      return this.#stream.accept(';') ? [] : this.#read();
    } catch (error) {
      if (!(error instanceof CodeProblem)) throw error;
      if (this.#stream.place === start || !this.#stream.next.startsLine)
        this.#stream.skipStatement();
      return [];
    } finally {
      this.#depth -= 1;
    }
  }

  #read(): Statement[] {
    const { text, kind } = this.#stream.next;
    if (kind === 'sign' && text === '}') {
      this.#stream.take();
      return [];
    }
    if (kind !== 'name') return this.#simple();
    if (LOOPS.has(text)) {
      this.#stream.take();
      this.#skipCondition();
      const body = this.#statement();
      return [{ kind: 'while', condition: UNKNOWN, body, otherwise: [], torn: false }];
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
    let value = this.#expressions.parse();
    while (!this.#stream.next.startsLine) {
      const { text, kind } = this.#stream.next;
      if (kind !== 'sign') break;
      if (ASSIGNS.has(text)) {
        this.#stream.take();
        targets.push(value);
        value = this.#expressions.parse();
      } else if (text === '->' || text === '->>') {
        this.#stream.take();
        targets.push(this.#expressions.parse());
      } else if (text === '%<>%') {
        this.#stream.take();
        targets.push(value);
        value = { kind: 'binary', operator: 'pipe', left: value, right: this.#expressions.parse() };
      } else break;
    }
    const { torn } = this.#expressions;
    if (value.kind === 'block' && targets.length === 0)
      return [{ kind: 'group', body: value.body, torn }];
    if (!this.#stream.next.startsLine && !this.#stream.is(';', '}')) this.#stream.skipStatement();
    return targets.length > 0
      ? [{ kind: 'assign', targets, value, torn }]
      : [{ kind: 'expression', value, torn }];
  }
}
