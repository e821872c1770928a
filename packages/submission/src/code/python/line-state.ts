const CLOSING: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);
const WORD = /[\p{L}\p{N}_]+/uy;
const REST_IS_EMPTY = /[^\S\n]*$/uy;
const FORMAT_PREFIX = /^(?:[fF][rR]?|[rR][fF])$/u;
const WHOLE_NUMBER = /^\d[\d_]*$/u;
const NOT_A_FRACTION = /(?![\p{L}\p{N}_.])|[eE][-+]?\d|[jJ]/uy;
/** Strings in quotes as Word and page designers set them. */
const SET_STRING = /[“”„][^“”„"\\\n]*[“”]|[‘’‚][^‘’‚'\\\n]*[‘’]/uy;
/** Words that are no value themselves; of these, the ones that nest what follows as brackets do. */
const OPERATORS = new Set(['and', 'or', 'not', 'in', 'is', 'if', 'else', 'await', 'lambda']);
const NESTING = new Set(['not', 'if', 'await', 'lambda']);
/** CPython's own limit on brackets in brackets (MAXLEVEL in Parser/lexer/state.h). */
const DEEPEST_BRACKETS = 200;
/** Signs and words that each take all that follows: no program has so many in a row. */
const MOST_PREFIXES = 100;

export type LineEnding = 'colon' | 'body' | 'other';

/** A place in a line where the grammar needs other signs than Python or a page has there. */
export interface Correction {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Which brackets and strings of Python stay open from one line to the next. Each character is looked at once. */
export class LineState {
  #brackets: string[] = [];
  #quote: string | null = null;
  #continued = false;
  #prefixes = 0;
  /** What stands before is a value, so that a sign goes between two. */
  #isValue = false;
  /** More is nested than a program nests. */
  tooDeep = false;
  /** A string of one line was not closed in it, or quotes stood there that nothing closes. */
  hasOpenString = false;
  /** Whether the statement ends with a colon, or has one with more behind it. */
  ending: LineEnding = 'other';
  /** Of the last line: `1.` is `1.0` to the grammar, and quotes that were set are straight. */
  corrections: Correction[] = [];

  /** The next line belongs to the same statement. */
  get isOpen(): boolean {
    return this.#brackets.length > 0 || this.#quote !== null || this.#continued;
  }

  /** The next line begins between the brackets of a statement, and in no string. */
  get isInBrackets(): boolean {
    return this.#brackets.length > 0 && this.#quote === null && !this.#continued;
  }

  /** The quotes of a string over many lines that is open. */
  get longQuote(): string | null {
    return this.#quote?.length === 3 ? this.#quote : null;
  }

  /** What would close every bracket. */
  get closers(): string {
    return this.#brackets.toReversed().join('');
  }

  /** Begins a statement. */
  reset(): void {
    this.#brackets = [];
    this.#quote = null;
    this.#continued = false;
    this.#prefixes = 0;
    this.#isValue = false;
    this.tooDeep = false;
    this.hasOpenString = false;
    this.ending = 'other';
  }

  /** Takes in a line. Nothing ends a string with quotes of `unclosable`, so these begin none. */
  feed(line: string, unclosable: ReadonlySet<string> = new Set()): void {
    this.#continued = false;
    this.corrections = [];
    let at = this.#quote === null ? 0 : this.#string(line, 0, false);
    let word = '';
    while (at < line.length && !this.tooDeep) {
      const sign = line[at] ?? '';
      if (sign === '#') return;
      const before = word;
      word = matchAt(WORD, line, at);
      if (word !== '') {
        this.#word(word);
        at += word.length;
      } else if (sign === '"' || sign === "'") {
        at = this.#begin(sign, line, at, FORMAT_PREFIX.test(before), unclosable);
      } else {
        const set = matchAt(SET_STRING, line, at);
        if (set !== '') this.#correctQuotes(set, at);
        else if (sign === '.' && endsNumber(before, line, at))
          this.corrections.push({ from: at + 1, to: at + 1, text: '0' });
        else this.#sign(sign, line, at);
        at += Math.max(1, set.length);
      }
    }
  }

  #word(word: string): void {
    this.#isValue = !OPERATORS.has(word);
    this.#goOn();
    if (NESTING.has(word)) this.#nest();
  }

  #sign(sign: string, line: string, at: number): void {
    if (sign === ' ' || sign === '\t') return;
    if (sign === '\\') {
      REST_IS_EMPTY.lastIndex = at + 1;
      this.#continued = REST_IS_EMPTY.test(line);
      return;
    }
    if (sign === ':' && this.#brackets.length === 0) this.ending = 'colon';
    else this.#goOn();
    const closing = CLOSING.get(sign);
    if (closing !== undefined) {
      this.#brackets.push(closing);
      if (this.#brackets.length > DEEPEST_BRACKETS) this.tooDeep = true;
    }
    if (closing !== undefined || ',=;'.includes(sign)) this.#prefixes = 0;
    else if (sign === '*' ? line[at - 1] === '*' : '-+~'.includes(sign) && !this.#isValue)
      this.#nest();
    this.#isValue = ')]}'.includes(sign);
    if (this.#isValue && this.#brackets.includes(sign)) while (this.#brackets.pop() !== sign);
  }

  /** Something stands behind a colon. */
  #goOn(): void {
    if (this.ending === 'colon') this.ending = 'body';
  }

  #nest(): void {
    this.#prefixes += 1;
    if (this.#prefixes > MOST_PREFIXES) this.tooDeep = true;
  }

  #correctQuotes(set: string, at: number): void {
    const text = '“”„'.includes(set.slice(0, 1)) ? '"' : "'";
    const end = at + set.length;
    this.corrections.push({ from: at, to: at + 1, text }, { from: end - 1, to: end, text });
    this.#isValue = true;
    this.#goOn();
  }

  /** Begins a string; returns the place behind it. */
  #begin(
    sign: string,
    line: string,
    at: number,
    isFormat: boolean,
    unclosable: ReadonlySet<string>,
  ): number {
    const long = sign.repeat(3);
    const isLong = line.startsWith(long, at);
    if (isLong && unclosable.has(long)) this.hasOpenString = true;
    this.#quote = isLong && !unclosable.has(long) ? long : sign;
    this.#isValue = true;
    this.#goOn();
    return this.#string(line, at + this.#quote.length, isFormat);
  }

  /** Goes on in a string; returns the place behind it. A short one ends with its line. */
  #string(line: string, from: number, isFormat: boolean): number {
    const quote = this.#quote ?? '';
    let braces = 0;
    for (let at = from; at < line.length; at += 1) {
      const sign = line[at];
      if (sign === '\\') {
        at += 1;
        this.#continued = at >= line.length;
      } else if (line.startsWith(quote, at)) {
        this.#quote = null;
        // `f"{f"{f"{`, as Python 3.12 allows
        if (isFormat && braces > 0) this.#nest();
        return at + quote.length;
      } else if (sign === '{') braces += 1;
      else if (sign === '}') braces -= 1;
    }
    if (quote.length === 1 && !this.#continued) {
      this.#quote = null;
      this.hasOpenString = true;
    }
    return line.length;
  }
}

function matchAt(pattern: RegExp, line: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(line)?.[0] ?? '';
}

/** Whether a point at a place ends the whole number before it. */
function endsNumber(word: string, line: string, at: number): boolean {
  NOT_A_FRACTION.lastIndex = at + 1;
  const before = line[at - word.length - 1];
  return WHOLE_NUMBER.test(word) && before !== '.' && NOT_A_FRACTION.test(line);
}
