import type { Effort } from '../effort.ts';

export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'sign' | 'end';
  readonly text: string;
  /** Content of a string, value of a number. */
  readonly value: string | number | null;
  /** It is the first of its line. */
  readonly startsLine: boolean;
}

export const END: Token = { kind: 'end', text: '', value: null, startsLine: true };

const SPACE = /[^\S\n]+|#[^\n]*/uy;
const NUMBER = /(?:0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)[Li]?/uy;
const NAME = /(?:[\p{L}]|\.(?!\d))[\p{L}\p{N}_.]*|`[^`\n]*`/uy;
const SIGN = /%[^%\n]{0,10}%|<<-|<-|->>?|\|>|:::?|[=!<>]=|&&|\|\||[^\s\p{L}\p{N}_]/uy;
const STRAY = /[\s\S]/uy;
/** Quotes of R, and as Word and page designers set them: these end with their line. */
const CLOSING_QUOTES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ...Array.from('“”„', (quote): [string, string] => [quote, '“”']),
  ...Array.from('‘’‚', (quote): [string, string] => [quote, '‘’']),
]);
const CONSOLE = /^\s*> /u;

/** Divides R into tokens. Every character ends up somewhere; what makes no sense becomes a sign of its own. */
export function tokenize(code: string, effort: Effort): Token[] {
  const text = withoutPrompts(code.replaceAll(/\r\n?/gu, '\n'));
  const strings = new StringEnds(text);
  const tokens: Token[] = [];
  let at = 0;
  let fresh = true;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  const push = (kind: Token['kind'], found: string, value: Token['value'] = null): void => {
    tokens.push({ kind, text: found, value, startsLine: fresh });
    fresh = false;
    at += found.length;
  };
  while (at < text.length && effort.spend()) {
    if (text[at] === '\n') {
      at += 1;
      fresh = true;
      continue;
    }
    const space = match(SPACE);
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    const end = strings.endOf(at);
    if (end !== null) {
      push('string', text.slice(at, end), unescaped(text.slice(at + 1, end - 1)));
      continue;
    }
    const name = match(NAME);
    if (name !== undefined) {
      push('name', name);
      continue;
    }
    const number = match(NUMBER);
    if (number !== undefined) push('number', number, Number(number.replace(/L$/u, '')));
    else push('sign', match(SIGN) ?? match(STRAY) ?? '');
  }
  tokens.push(END);
  return tokens;
}

/** Where strings end. Quotes that nothing closes are looked for once, and begin none. */
class StringEnds {
  readonly #text: string;
  readonly #unclosed = new Set<string>();

  constructor(text: string) {
    this.#text = text;
  }

  /** The place behind the string that begins here; `null` where none does. */
  endOf(start: number): number | null {
    const quote = this.#text[start] ?? '';
    const closing = CLOSING_QUOTES.get(quote);
    if (closing === undefined || this.#unclosed.has(quote)) return null;
    const isSet = closing !== quote;
    for (let at = start + 1; at < this.#text.length; at += 1) {
      const sign = this.#text[at] ?? '';
      if (closing.includes(sign)) return at + 1;
      if (isSet && sign === '\n') return null;
      if (sign === '\\') at += 1;
    }
    this.#unclosed.add(quote);
    return null;
  }
}

function unescaped(content: string): string {
  return content.replaceAll(/\\(?<next>[\s\S])/gu, (_, next: string) =>
    next === 'n' ? '\n' : next === 't' ? '\t' : next,
  );
}

/** Code that was copied from a console. */
function withoutPrompts(text: string): string {
  return CONSOLE.test(text) ? text.replaceAll(/^[>+] ?/gmu, '') : text;
}
