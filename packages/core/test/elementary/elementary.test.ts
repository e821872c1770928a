import { describe, expect, test } from 'vitest';
import { exp } from '../../src/elementary/exponential.ts';
import { log } from '../../src/elementary/logarithm.ts';
import { sigmoid, tanh } from '../../src/elementary/sigmoid.ts';
import { sin } from '../../src/elementary/sine.ts';
import { randomFloats } from '../engines/random-arrays.ts';

const elementary = { exp, log, tanh, sigmoid, sin };

const REFERENCES = {
  exp: Math.exp,
  log: Math.log,
  tanh: Math.tanh,
  sigmoid: (x: number) => 1 / (1 + Math.exp(-x)),
  sin: (x: number) => (Math.abs(x) < 100 ? Math.sin(x) : sinByIntegers(x)),
};
const NAMES = Object.keys(REFERENCES) as (keyof typeof REFERENCES)[];

const bits = new DataView(new ArrayBuffer(4));

/** Float32 numbers in their order as consecutive integers; both zeros are 0. */
function ordinal(value: number): number {
  bits.setFloat32(0, value);
  const word = bits.getInt32(0);
  return word >= 0 ? word : -(word & 0x7fffffff);
}

const PRECISION = 400n;
const PI = machinPi();

/** π · 2⁴⁰⁰ by Machin's formula, π = 16 arctan(1/5) − 4 arctan(1/239). */
function machinPi(): bigint {
  const guard = 40n;
  const one = 1n << (PRECISION + guard);
  const arctanOfInverse = (x: bigint): bigint => {
    let power = one / x;
    let sum = power;
    for (let n = 3n; power !== 0n; n += 2n) {
      power /= -x * x;
      sum += power / n;
    }
    return sum;
  };
  return (16n * arctanOfInverse(5n) - 4n * arctanOfInverse(239n)) >> guard;
}

/** sin of a large float32, its argument reduced modulo 2π in exact integers. */
function sinByIntegers(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  let scaled = BigInt(Math.abs(x) * 2 ** 20) << (PRECISION - 20n);
  scaled %= 2n * PI;
  if (scaled > PI) scaled -= 2n * PI;
  // 2⁻¹⁰⁰ is far below what a float64 near a float32's multiple of π can tell.
  const rest = Number(scaled >> (PRECISION - 100n)) / 2 ** 100;
  return x < 0 ? -Math.sin(rest) : Math.sin(rest);
}

const ARGUMENTS = [
  ...randomFloats(20_000, 'bits', 11),
  ...randomFloats(4_000, 'plain', 12),
  ...Array.from(randomFloats(20_000, 'plain', 13), (x) => Math.fround(110 * x)),
  ...Array.from(randomFloats(4_000, 'plain', 14), (x) => Math.fround(2 ** 21 * x)),
  ...Array.from(randomFloats(2_000, 'plain', 15), (x) => Math.fround(1 + x / 64)),
];

describe.each(NAMES)('%s', (name) => {
  test('is within 1 ulp of the correctly rounded float32', () => {
    const far = ARGUMENTS.filter((x) => {
      const expected = Math.fround(REFERENCES[name](x));
      const actual = elementary[name](x);
      if (Number.isNaN(expected)) return !Number.isNaN(actual);
      return !(Math.abs(ordinal(actual) - ordinal(expected)) <= 1);
    });
    expect(far).toEqual([]);
  });
});

describe('special arguments', () => {
  const denormal = 2 ** -149;
  const cases: readonly [keyof typeof REFERENCES, number, number][] = [
    ['exp', 0, 1],
    ['exp', -0, 1],
    ['exp', Infinity, Infinity],
    ['exp', -Infinity, 0],
    ['exp', Math.fround(88.72283), Math.fround(3.4027985e38)],
    ['exp', Math.fround(88.72284), Infinity],
    ['exp', Math.fround(-103.97), denormal],
    ['exp', Math.fround(-104), 0],
    ['log', 1, 0],
    ['log', 0, -Infinity],
    ['log', -0, -Infinity],
    ['log', -1, Number.NaN],
    ['log', Infinity, Infinity],
    ['log', denormal, Math.fround(-149 * Math.LN2)],
    ['tanh', -0, -0],
    ['tanh', denormal, denormal],
    ['tanh', Infinity, 1],
    ['tanh', -Infinity, -1],
    ['sigmoid', 0, 0.5],
    ['sigmoid', Infinity, 1],
    ['sigmoid', -Infinity, 0],
    ['sin', -0, -0],
    ['sin', denormal, denormal],
    ['sin', Infinity, Number.NaN],
    ['sin', -Infinity, Number.NaN],
  ];
  test.each(cases)('%s(%d) = %d', (name, argument, value) => {
    expect(elementary[name](argument)).toBe(value);
  });

  test.each(NAMES)('%s of NaN is NaN', (name) => {
    expect(elementary[name](Number.NaN)).toBeNaN();
  });
});
