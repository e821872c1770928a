import type { SyntaxNode } from '@lezer/common';
import { type Expression, LONGEST_TEXT, UNKNOWN } from '../syntax.ts';

const STRING = /^(?<prefix>[a-zA-Z]*)(?<quotes>"""|'''|"|')/u;
const ESCAPE =
  /\\(?:\r?\n|x(?<hex>[\da-fA-F]{2})|u(?<short>[\da-fA-F]{4})|U(?<long>[\da-fA-F]{8})|(?<octal>[0-7]{1,3})|(?<sign>[\s\S]))/gu;
const SIGNS: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};
/** Zeros before whole numbers: octal in Python 2, no number in Python 3. */
const LEADING_ZERO = /^0[\d_]*[1-9][\d_]*$/u;

/** A number of Python; imaginary ones, and ones too large for a double, are unknown. */
export function readNumber(text: string): Expression {
  if (text.length > LONGEST_TEXT || LEADING_ZERO.test(text)) return UNKNOWN;
  const value = Number(text.replaceAll('_', ''));
  return Number.isFinite(value) ? { kind: 'literal', value } : UNKNOWN;
}

/** A string of Python, of any kind that has no expressions in it. */
export function readString(text: string): Expression {
  const { prefix = '', quotes = '' } = STRING.exec(text)?.groups ?? {};
  const start = prefix.length + quotes.length;
  if (quotes === '' || text.length > LONGEST_TEXT || !text.endsWith(quotes, text.length))
    return UNKNOWN;
  const content = text.slice(start, text.length - quotes.length);
  if (/r/iu.test(prefix)) return { kind: 'literal', value: content };
  // Which sign a name like `\N{DASH}` stands for is not known here.
  return content.includes('\\N{') ? UNKNOWN : { kind: 'literal', value: unescaped(content) };
}

/** The texts and expressions of a format string, in turn. */
export function readFormat(
  node: SyntaxNode,
  text: string,
  read: (inside: SyntaxNode) => Expression,
): Expression {
  const whole = text.slice(node.from, node.to);
  const { prefix = '', quotes = '' } = STRING.exec(whole)?.groups ?? {};
  const isRaw = /r/iu.test(prefix);
  const parts: (string | Expression)[] = [];
  let from = node.from + prefix.length + quotes.length;
  const push = (to: number): void => {
    const content = text.slice(from, to).replaceAll(/([{}])\1/gu, '$1');
    if (content !== '' && content.length <= LONGEST_TEXT)
      parts.push(isRaw ? content : unescaped(content));
  };
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'FormatReplacement') continue;
    push(child.from);
    from = child.to;
    const inside = child.firstChild?.nextSibling ?? null;
    parts.push(inside === null ? UNKNOWN : read(inside));
  }
  push(node.to - quotes.length);
  const [only = ''] = parts;
  return parts.length <= 1 && typeof only === 'string'
    ? { kind: 'literal', value: only }
    : { kind: 'format', parts };
}

function unescaped(content: string): string {
  return content.replaceAll(ESCAPE, (...found) => {
    const { hex, short, long, octal, sign } = found.at(-1) as Record<string, string | undefined>;
    const code = hex ?? short ?? long;
    if (code !== undefined) return character(Number.parseInt(code, 16), String(found[0]));
    if (octal !== undefined) return character(Number.parseInt(octal, 8), String(found[0]));
    // A sign that needs no backslash keeps it.
    return sign === undefined ? '' : (SIGNS[sign] ?? `\\${sign}`);
  });
}

function character(code: number, written: string): string {
  return code <= 0x10_ffff ? String.fromCodePoint(code) : written;
}
