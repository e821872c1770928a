import type { Draws } from './random.ts';

/** What readers stumble over: marks of formats, numbers at the edges, names that JavaScript knows. */
const PIECES = [
  '\0',
  '\uFEFF',
  '\u202E',
  '\uD800',
  'e\u0301',
  '\uFDFA',
  '\u001B[2J',
  '\r',
  '\n\n',
  ' '.repeat(300),
  '\t',
  '"',
  "'",
  '`',
  '```',
  '~~~',
  '$',
  '$$',
  '\\',
  '\\"',
  '[',
  ']',
  '(',
  ')',
  '{',
  '}',
  '<',
  '>',
  '</',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<!DOCTYPE',
  '&',
  '&#x0;',
  '&lt;',
  '|',
  '---',
  '# ',
  '## Question 1',
  '## Question 99999999999',
  'Question',
  '**',
  '![](',
  '![[',
  '[a]: ',
  '> ',
  '- ',
  '1. ',
  'NaN',
  'Infinity',
  '-0',
  '1e999',
  '0e9',
  '-1',
  '0',
  '4294967296',
  '9007199254740993',
  '1'.repeat(400),
  '0x',
  '%',
  'loss',
  'accuracy',
  'null',
  'true',
  '[]',
  '{}',
  '[[[[',
  '"__proto__":',
  '"constructor"',
  '"length":',
  'import os',
  'Epoch 1/2',
  'model.add(',
  'm.add(m)',
  'data:image/png;base64,',
  'obj',
  'endobj',
  'stream',
  'endstream',
  '/Length 4294967295',
  'xref',
  '\u0089PNG',
  'IHDR',
  'IDAT',
  '\u00FF\u00D8',
  'PK\u0003\u0004',
  '\u0089HDF',
  '../',
  '/',
  'C:\\',
  'http://',
  'javascript:',
].map((piece) => new TextEncoder().encode(piece));

/** Values of a byte that are often at an edge. */
const EDGES = [0, 1, 0x7f, 0x80, 0xfe, 0xff];

type Change = (bytes: Uint8Array, draws: Draws, other: Uint8Array) => Uint8Array;

const spliced = (
  bytes: Uint8Array,
  from: number,
  to: number,
  ...middle: Uint8Array[]
): Uint8Array =>
  Uint8Array.from(Buffer.concat([bytes.subarray(0, from), ...middle, bytes.subarray(to)]));

function range(bytes: Uint8Array, draws: Draws, longest: number): [number, number] {
  const from = draws.below(bytes.length + 1);
  return [from, Math.min(bytes.length, from + draws.below(longest) + 1)];
}

const CHANGES: readonly Change[] = [
  // A bit, a byte.
  (bytes, draws) => {
    const at = draws.below(bytes.length);
    return bytes.length === 0 ? bytes : bytes.with(at, (bytes[at] ?? 0) ^ (1 << draws.below(8)));
  },
  (bytes, draws) =>
    bytes.length === 0 ? bytes : bytes.with(draws.below(bytes.length), draws.of(EDGES)),
  // A piece put in, also many times.
  (bytes, draws) => {
    const at = draws.below(bytes.length + 1);
    return spliced(bytes, at, at, draws.of(PIECES));
  },
  (bytes, draws) => {
    const at = draws.below(bytes.length + 1);
    const piece = draws.of(PIECES);
    return spliced(bytes, at, at, ...Array.from({ length: draws.below(200) }, () => piece));
  },
  // Some of it in the place of a piece.
  (bytes, draws) => spliced(bytes, ...range(bytes, draws, 40), draws.of(PIECES)),
  // Left out, cut off.
  (bytes, draws) => spliced(bytes, ...range(bytes, draws, 400)),
  (bytes, draws) => bytes.subarray(0, draws.below(bytes.length + 1)),
  (bytes, draws) => bytes.subarray(draws.below(bytes.length + 1)),
  // Said again, and again; moved.
  (bytes, draws) => {
    const [from, to] = range(bytes, draws, 2000);
    const part = bytes.subarray(from, to);
    return spliced(bytes, to, to, ...Array.from({ length: 1 + draws.below(20) }, () => part));
  },
  (bytes, draws) => {
    const [from, to] = range(bytes, draws, 400);
    const at = draws.below(bytes.length + 1);
    return spliced(bytes, at, at, bytes.subarray(from, to));
  },
  // A number in the text replaced by one at an edge.
  (bytes, draws) => {
    const text = Buffer.from(bytes).toString('latin1');
    const numbers = [...text.matchAll(/\d+/gu)];
    const found = numbers[draws.below(Math.max(1, numbers.length))];
    if (found === undefined) return bytes;
    return spliced(bytes, found.index, found.index + found[0].length, draws.of(PIECES));
  },
  // A part of another file.
  (bytes, draws, other) => {
    const [from, to] = range(other, draws, 1000);
    const at = draws.below(bytes.length + 1);
    return spliced(bytes, at, at, other.subarray(from, to));
  },
];

/** The same file with one to eight things changed; no longer than half a megabyte. */
export function mutated(bytes: Uint8Array, other: Uint8Array, draws: Draws): Uint8Array {
  let now = bytes;
  for (let left = 1 + draws.below(8); left > 0; left -= 1) {
    now = draws
      .of(CHANGES)(now, draws, other)
      .subarray(0, 2 ** 19);
  }
  return now;
}
