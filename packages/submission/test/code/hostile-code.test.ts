import { describe, expect, it } from 'vitest';
import { CodeReader, readKerasCode } from '../../src/code/code-reader.ts';

/** Steps that a piece of code takes. */
function steps(code: string, language: string): number {
  const reader = new CodeReader();
  expect(reader.read(code, language)).toEqual(expect.any(Array));
  return reader.steps;
}

const network = 'm = Sequential()\nm.add(Dense(1, input_shape=(4,)))\n';

/** Code of about so many signs that asks for more work than its length. */
const SHAPES: Readonly<Record<string, (length: number) => string>> = {
  brackets: (n) => '('.repeat(n),
  'brackets that close': (n) => '['.repeat(n / 2) + ']'.repeat(n / 2),
  'brackets that do not match': (n) => '(]'.repeat(n / 2),
  'brackets over lines': (n) => 'f(\n'.repeat(n / 3),
  'open calls': (n) => 'm.add(Dense(10)\n'.repeat(n / 16),
  'open lists': (n) => 'x = [1,\n'.repeat(n / 8),
  'members of members': (n) => `a${'.b'.repeat(n / 2)}`,
  'calls of calls': (n) => `a${'(1)'.repeat(n / 3)}`,
  minus: (n) => `x = ${'-'.repeat(n)}1`,
  not: (n) => `x = ${'not '.repeat(n / 4)}1`,
  lambda: (n) => `x = ${'lambda a, b: '.repeat(n / 13)}1`,
  conditions: (n) => `x = 1${' if 1 else 1'.repeat(n / 12)}`,
  powers: (n) => `x = 1${'**1'.repeat(n / 3)}`,
  sums: (n) => `x = 1${' + 1'.repeat(n / 4)}`,
  'one long line': (n) => `x = [${'1, '.repeat(n / 3)}]`,
  prose: (n) => 'this is no code, you see. '.repeat(n / 26),
  'closing brackets': (n) => '1 ) '.repeat(n / 4),
  quotes: (n) => `' " `.repeat(n / 4),
  'long quotes': (n) => 'x = """\n'.repeat(n / 8),
  'both long quotes': (n) => `'''\n"""\n`.repeat(n / 8),
  'escaped quotes': (n) => `x = "${String.raw`\"`.repeat(n / 2)}`,
  'escaped quotes outside': (n) => String.raw`\"`.repeat(n / 2),
  'escaped quotes in lines': (n) => 'x <- "\n\\"'.repeat(n / 9),
  'set quotes': (n) => 'x = “a’ '.repeat(n / 8),
  backslashes: (n) => `${'\\'.repeat(n / 2)}${' '.repeat(n / 2)}`,
  'spaces in a comment': (n) => `#${' '.repeat(n)}x`,
  'blank lines': (n) => `${'\n'.repeat(n)}x`,
  'blocks in blocks': (n) =>
    Array.from({ length: Math.floor(Math.sqrt(2 * n)) }, (_, i) => `${' '.repeat(i)}if x:\n`).join(
      '',
    ),
  headers: (n) => 'if x:\n'.repeat(n / 6),
  'wrong headers': (n) => 'def f(:\n'.repeat(n / 8),
  'many conditions': (n) => `if a:\n b\n${'elif c:\n d\n'.repeat(n / 11)}`,
  decorators: (n) => '@a\n'.repeat(n / 3),
  'formats in formats': (n) => 'f"{'.repeat(n / 3),
  commands: (n) => '!ls (\n'.repeat(n / 6),
  prompts: (n) => '>>> x\n... (\n'.repeat(n / 12),
  'a network in itself': (n) => network + 'm.add(m)\n'.repeat(n / 9),
  'networks in networks': (n) =>
    network + 'k = Sequential([m, m])\nm = Sequential([k, k])\n'.repeat(n / 46),
  'one network in many': (n) =>
    `m = Sequential()\n${'m.add(Dense(1))\n'.repeat(Math.min(900, n / 64))}${'k = Sequential()\nk.add(m)\n'.repeat(n / 52)}`,
  'networks of one output': (n) =>
    `x = Input((4,))\n${'x = Dense(1)(x)\n'.repeat(Math.min(900, n / 64))}${'k = Model(x, x)\n'.repeat(n / 32)}`,
  'lists in lists': (n) => `a = [Dense(1)]\n${'a = [a, a]\n'.repeat(n / 11)}m = Sequential(a)`,
  'numbers in lists': (n) =>
    `a = [1, 2]\n${'a = [a, a]\n'.repeat(n / 11)}m = Sequential([Dense(a)])`,
  'dictionaries in dictionaries': (n) =>
    `a = {"x": 1}\n${'a = {"x": a, "y": a}\n'.repeat(n / 21)}m = Sequential([Dense(a)])`,
  'a chain of layers': (n) => `x = Input((3,))\n${'x = Dense(1)(x)\n'.repeat(n / 16)}`,
  'many parameters': (n) => {
    const names = Array.from({ length: Math.floor(n / 14) }, (_, i) => `a${i}`);
    return `def f(${names.join(',')}): pass\nf(${names.map((name) => `${name}=1`).join(',')})`;
  },
  'a long name, called again and again': (n) =>
    `def f():\n  ${'x'.repeat(n / 2)}(1)\n${'f()\n'.repeat(n / 8)}`,
  pipes: (n) => `m ${'%>% layer_dense(3) '.repeat(n / 20)}`,
  'braces of R': (n) => `f <- function() ${'{'.repeat(n)}`,
  'conditions of R': (n) => 'if (x) '.repeat(n / 7),
  'functions of R': (n) => 'function(x) '.repeat(n / 12),
  'members of R': (n) => `a${'$b'.repeat(n / 2)}`,
};

describe.each(['python', 'r'])('hostile code as %j', (language) => {
  it.each(Object.entries(SHAPES))('takes steps in proportion to its length: %s', (_, shape) => {
    const [some = 0, twice = 0] = [16_000, 32_000].map((length) => steps(shape(length), language));
    // Twice as much for twice the length; a square would be 4 times.
    expect(twice).toBeLessThan(2.5 * some + 500);
  });

  it('is not read at all beyond a length, however it is made', () => {
    for (const unit of ['(', '"\\"', '\n', '-', 'a.', 'x = 1; ', 'layer_', '<pre', '“', '#  ']) {
      const reader = new CodeReader();
      expect(reader.read(unit.repeat(5_000_000 / unit.length), language)).toEqual(
        expect.any(Array),
      );
      expect(reader.steps).toBe(0);
    }
  });
});

describe('code that is too much', () => {
  it.each([
    ['a network in itself', `${network}m.add(m)`, 'a network in itself'],
    ['very many layers', network + 'm.add(Dense(2))\n'.repeat(1000), 'more than 1000 layers'],
    [
      'layers that double',
      network + 'k = Sequential([m, m])\nm = Sequential([k])\n'.repeat(20),
      'more than 1000 layers',
    ],
    [
      'a list that doubles',
      `a = [Dense(1)]\n${'a = [a, a]\n'.repeat(40)}m = Sequential(a)`,
      'layer 1',
    ],
    [
      'an option that doubles',
      `a = [1]\n${'a = [a, a]\n'.repeat(40)}m = Sequential([Dense(a)])`,
      'units of Dense',
    ],
    [
      'too many brackets',
      `${network}m.add(${'('.repeat(300)}Dense(3)${')'.repeat(300)})`,
      'code that is too long or too deeply nested to be followed',
    ],
    [
      'too many blocks',
      network + Array.from({ length: 120 }, (_, i) => `${' '.repeat(i)}if x:\n`).join(''),
      'code that is too long or too deeply nested to be followed',
    ],
    [
      'too long a piece',
      network + '# and on and on\n'.repeat(30_000),
      'code that is too long or too deeply nested to be followed',
    ],
    [
      'functions that call each other',
      `def f0():\n  return 1\n${Array.from({ length: 200 }, (_, i) => `def f${i + 1}():\n${`  f${i}()\n`.repeat(20)}`).join('')}${network}f200()\nm.add(Dense(3))`,
      'code that is too long or too deeply nested to be followed',
    ],
  ])('leaves a network that is not known: %s', (_, code, what) => {
    const models = readKerasCode(code, 'python');
    expect(models.at(-1)).toMatchObject({ model: null });
    expect(models.at(-1)?.notUnderstood).toContain(what);
    expect(JSON.stringify(models).length).toBeLessThan(500_000);
  });

  it('is said again for every piece that comes behind', () => {
    const reader = new CodeReader();
    const calls = 'def f():\n  x = 1\n  x = 1\n' + 'f()\n'.repeat(60_000);
    expect(reader.read(calls, 'python')).toEqual([]);
    expect(reader.read('print(1)', 'python')).toEqual([]);
    expect(reader.read(network, 'python')).toMatchObject([
      { model: null, notUnderstood: [expect.stringContaining('too long')] },
    ]);
  });

  it('is data where it is long and says nothing of networks', () => {
    const reader = new CodeReader();
    expect(reader.read(`x = "${'A'.repeat(500_000)}"`, 'python')).toEqual([]);
    expect(reader.read(network, 'python')[0]?.model).not.toBeNull();
  });
});
