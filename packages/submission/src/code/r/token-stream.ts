import { END, type Token } from './tokens.ts';

const OPENING: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);
const CLOSING = new Set(OPENING.values());

/** Tokens with a place in them. */
export class TokenStream {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get next(): Token {
    return this.#tokens[this.#at] ?? END;
  }

  get afterNext(): Token {
    return this.#tokens[this.#at + 1] ?? END;
  }

  get place(): number {
    return this.#at;
  }

  take(): Token {
    const token = this.next;
    this.#at += 1;
    return token;
  }

  is(...texts: readonly string[]): boolean {
    const { kind, text } = this.next;
    return (kind === 'sign' || kind === 'name') && texts.includes(text);
  }

  accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.#at += 1;
    return true;
  }

  /** Skips to before the bracket that closes the one that is open, over whole brackets in between. */
  skipInside(closing: string): void {
    const open: string[] = [];
    while (this.next.kind !== 'end') {
      const { kind, text } = this.next;
      if (kind === 'sign') {
        if (open.length === 0 && (text === closing || CLOSING.has(text))) return;
        const closes = OPENING.get(text);
        if (closes !== undefined) open.push(closes);
        else if (CLOSING.has(text)) open.pop();
      }
      this.#at += 1;
    }
  }

  /** Skips the rest of a statement: to the next token that begins a line outside of brackets that open on the way. */
  skipStatement(): void {
    let depth = 0;
    for (let first = true; this.next.kind !== 'end'; first = false) {
      const { kind, text, startsLine } = this.next;
      if (startsLine && depth <= 0 && !first) return;
      if (kind === 'sign' && OPENING.has(text)) depth += 1;
      if (kind === 'sign' && CLOSING.has(text)) {
        if (text === '}' && depth === 0 && !first) return;
        depth -= 1;
      }
      this.#at += 1;
    }
  }
}
