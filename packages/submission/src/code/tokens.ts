export type CodeLanguage = 'python' | 'r';

export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'sign' | 'end';
  readonly text: string;
  /** Content of a string, value of a number. */
  readonly value: string | number | null;
  /** It is the first of its line, and the line does not continue another by a backslash. */
  readonly startsLine: boolean;
  /** Place in its line, for Python's blocks. */
  readonly column: number;
}

const SPACE = /[^\S\n]+|\\\n|#[^\n]*/uy;
const NUMBER = /(?:0[xX][\da-fA-F]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)[LjJ]?/uy;
const PYTHON_NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const R_NAME = /(?:[\p{L}]|\.(?!\d))[\p{L}\p{N}_.]*|`[^`\n]*`/uy;
const PYTHON_STRING =
  /[rRbBfFuU]{0,2}(?:"""(?<long>[^\\]*?(?:\\[\s\S][^\\]*?)*)"""|'''(?<long2>[^\\]*?(?:\\[\s\S][^\\]*?)*)'''|"(?<double>(?:[^"\\\n]|\\[\s\S])*)"|'(?<single>(?:[^'\\\n]|\\[\s\S])*)')/uy;
const R_STRING = /"(?<double>(?:[^"\\]|\\[\s\S])*)"|'(?<single>(?:[^'\\]|\\[\s\S])*)'/uy;
const PYTHON_SIGN = /\*\*=?|\/\/=?|->|:=|[=!<>]=|[-+*/%@&|^]=|<<|>>|\.\.\.|[^\s\p{L}\p{N}_]/uy;
const R_SIGN = /%[^%\n]{0,10}%|<<-|<-|->>?|\|>|:::?|[=!<>]=|&&|\|\||[^\s\p{L}\p{N}_]/uy;
const STRAY = /[\s\S]/uy;

/** Beyond this, code is data that was pasted into code. */
const MOST_TOKENS = 200_000;

/** Divides code into tokens. Every character ends up somewhere; what makes no sense becomes a sign of its own. */
export function tokenize(code: string, language: CodeLanguage): Token[] {
  const text = withoutPrompts(code.replaceAll(/\r\n?/gu, '\n'), language);
  const isPython = language === 'python';
  const tokens: Token[] = [];
  let at = 0;
  let lineStart = 0;
  let fresh = true;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const push = (kind: Token['kind'], found: string, value: Token['value'] = null): void => {
    tokens.push({ kind, text: found, value, startsLine: fresh, column: at - lineStart });
    fresh = false;
    at += found.length;
  };
  while (at < text.length && tokens.length < MOST_TOKENS) {
    if (text[at] === '\n') {
      at += 1;
      lineStart = at;
      fresh = true;
      continue;
    }
    const space = match(SPACE);
    if (space !== null) {
      at += space[0].length;
      continue;
    }
    const string = match(isPython ? PYTHON_STRING : R_STRING);
    if (string !== null) {
      const { long, long2, double, single } = string.groups ?? {};
      push('string', string[0], unescaped(long ?? long2 ?? double ?? single ?? ''));
      continue;
    }
    const name = match(isPython ? PYTHON_NAME : R_NAME);
    if (name !== null) {
      push('name', name[0]);
      continue;
    }
    const number = match(NUMBER);
    if (number !== null) {
      push('number', number[0], Number(number[0].replaceAll('_', '').replace(/[LjJ]$/u, '')));
      continue;
    }
    push('sign', (match(isPython ? PYTHON_SIGN : R_SIGN) ?? match(STRAY))?.[0] ?? text[at] ?? '');
  }
  tokens.push({ kind: 'end', text: '', value: null, startsLine: true, column: 0 });
  return tokens;
}

function unescaped(content: string): string {
  return content.replaceAll(/\\(?<next>[\s\S])/gu, (_, next: string) =>
    next === 'n' ? '\n' : next === 't' ? '\t' : next,
  );
}

/** Code that was copied from a console, and the commands of notebooks that are no Python. */
function withoutPrompts(text: string, language: CodeLanguage): string {
  if (language === 'python') {
    return text
      .replaceAll(/^[ \t]*(?:>>> ?|\.\.\. )/gmu, '')
      .replaceAll(/^[ \t]*[!%][^\n]*/gmu, '');
  }
  return /^\s*> /u.test(text) ? text.replaceAll(/^[>+] ?/gmu, '') : text;
}
