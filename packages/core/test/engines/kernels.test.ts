// Takes 30 s: every kernel is held against the oracle on every engine.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Kernels } from '../../src/engines/kernels.ts';
import { createOracleKernels } from '../../src/engines/oracle.ts';
import { KERNEL_NAMES, type KernelName } from '../../src/engines/signatures.ts';
import { enginesUnderTest, nativeMissing } from './engines-under-test.ts';
import { LARGE_CONVOLUTIONS, wideConvolutionNumbers } from './geometries.ts';
import { bitsAfter, type Call, callsOf, type Outcome } from './kernel-calls.ts';
import type { Flavour } from './random-arrays.ts';

/** What is asked of one engine is asked of the next as well, and the oracle is the slowest of all. */
const oracleDigests = new Map<string, string>();

function oracleDigest(name: KernelName, call: Call): string {
  const { numbers, flavours, seed, shift, shared } = call;
  // JSON would not tell −0 from 0 nor one infinity from the other.
  const exact = numbers.map((value) => (Object.is(value, -0) ? '-0' : String(value)));
  const key = [name, exact, flavours, seed, shift, shared].join(' ');
  const known = oracleDigests.get(key) ?? digestOf(bitsAfter(oracle, name, call));
  oracleDigests.set(key, known);
  return known;
}

/** The length of every array and all bits. */
function digestOf({ result, arrays }: Outcome): string {
  const hash = createHash('sha256');
  hash.update(`${result} ${arrays.map(({ length }) => length).join()}`);
  for (const array of arrays) hash.update(new Uint8Array(array.buffer));
  return hash.digest('hex');
}

function expectOracleBits(kernels: Kernels, name: KernelName, call: Call): void {
  const actual = bitsAfter(kernels, name, call);
  const [digest, expected] = [digestOf(actual), oracleDigest(name, call)];
  // Elements are compared only to say which ones differ.
  if (digest !== expected) expect(actual).toEqual(bitsAfter(oracle, name, call));
  expect(digest).toBe(expected);
}

const oracle = createOracleKernels();

/** Of the left factor and of the right one. */
const SPARSE_FLAVOURS: readonly (readonly Flavour[])[] = [
  ['sparse', 'plain'],
  ['sparse', 'finite'],
  ['sparse', 'sparse'],
  ['sparse', 'wild'],
  ['rough', 'plain'],
];

describe.each(await enginesUnderTest())('$name', ({ kernels }) => {
  test.each(KERNEL_NAMES)('%s gives the oracle’s bits', (name) => {
    fc.assert(
      fc.property(callsOf(name), (call) => {
        expectOracleBits(kernels, name, call);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  test.each([
    ['matmul', [137, 300, 70]],
    ['matmul', [32, 784, 32]],
    ['matmulInputGradient', [134, 72, 257]],
    ['matmulWeightGradient', [260, 140, 67]],
  ] as const)('%s of %j crosses the blocks’ borders in the oracle’s order', (name, numbers) => {
    const call = { numbers, flavours: ['plain'], seed: 7, shift: 0, shared: null } as const;
    expectOracleBits(kernels, name, call);
  });

  describe.each(LARGE_CONVOLUTIONS)('a convolution of %s', (_, numbers) => {
    describe.each(['plain', 'sparse'] as const)('on %s arrays', (flavour) => {
      test.each(['conv2d', 'conv2dInputGradient', 'conv2dFilterGradient'] as const)(
        '%s sums in the oracle’s order',
        (name) => {
          const call = { numbers, flavours: [flavour], seed: 7, shift: 0, shared: null } as const;
          expectOracleBits(kernels, name, call);
        },
      );
    });
  });

  test.each(['matmul', 'matmulWeightGradient'] as const)(
    '%s may leave out zero factors but not what they do to infinities',
    (name) => {
      const rows = fc.integer({ min: 16, max: 140 });
      const calls = fc.record({
        numbers: fc.tuple(rows, rows, fc.integer({ min: 128, max: 170 })),
        flavours: fc.constantFrom(...SPARSE_FLAVOURS),
        seed: fc.nat(),
        shift: fc.constantFrom(0, 1),
        shared: fc.constant(null),
      });
      const check = fc.property(calls, (call) => expectOracleBits(kernels, name, call));
      fc.assert(check, { numRuns: 15, seed: 1 });
    },
  );

  test.each(['conv2d', 'conv2dInputGradient', 'conv2dFilterGradient'] as const)(
    '%s may leave out zeros but not what they do to infinities',
    (name) => {
      const calls = fc.record({
        numbers: wideConvolutionNumbers,
        flavours: fc.constantFrom<readonly Flavour[]>(
          ['sparse', 'plain'],
          ['sparse', 'wild'],
          ['wild', 'sparse'],
          ['rough', 'finite'],
        ),
        seed: fc.nat(),
        shift: fc.constantFrom(0, 1),
        shared: fc.constant(null),
      });
      const check = fc.property(calls, (call) => expectOracleBits(kernels, name, call));
      fc.assert(check, { numRuns: 60, seed: 1 });
    },
  );

  test('denormals are kept, as input and as output', () => {
    kernels.reset();
    const [a, b, y] = [kernels.allocate(80), kernels.allocate(80), kernels.allocate(80)];
    kernels.f32(a, 20).fill(2 ** -140);
    kernels.f32(b, 20).fill(0.5);
    kernels.multiply(a, b, y, 20);
    expect([...kernels.f32(y, 20)]).toEqual(Array.from({ length: 20 }, () => 2 ** -141));
    kernels.f32(b, 20).fill(2 ** 120);
    kernels.multiply(a, b, y, 20);
    expect([...kernels.f32(y, 20)]).toEqual(Array.from({ length: 20 }, () => 2 ** -20));
  });
});

// Says in the list of tests why the native engine is not among those above.
if (nativeMissing !== null) test.skip(`native kernels: ${nativeMissing}`, () => {});
