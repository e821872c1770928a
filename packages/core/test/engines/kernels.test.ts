import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { geometryBehind } from '../../src/engines/geometries.ts';
import type { Kernels } from '../../src/engines/kernels.ts';
import { createOracleKernels } from '../../src/engines/oracle.ts';
import {
  KERNEL_NAMES,
  type KernelName,
  type ParameterType,
  SIGNATURES,
} from '../../src/engines/signatures.ts';
import { enginesUnderTest, nativeMissing } from './engines-under-test.ts';
import { geometryOf, LARGE_CONVOLUTIONS, wideConvolutionNumbers } from './geometries.ts';
import { KERNEL_CASES } from './kernel-cases.ts';
import {
  FLAVOURS,
  type Flavour,
  finiteLike,
  randomBytes,
  randomFloats,
  randomIntegers,
} from './random-arrays.ts';

/** Elements beyond the end of each array, which no kernel may touch. */
const GUARD = 20;

interface Call {
  readonly numbers: readonly number[];
  /** Flavours of the arrays, over again from the first when there are more arrays. */
  readonly flavours: readonly Flavour[];
  readonly seed: number;
  /** Elements by which each array is moved off its 64-byte boundary. */
  readonly shift: number;
  /** Which of the case's in-place pairs shares an array, if any. */
  readonly shared: readonly [number, number] | null;
}

type Contents = Float32Array | Int32Array | Uint8Array;

function contentsOf(
  type: ParameterType,
  length: number,
  name: KernelName,
  call: Call,
  index: number,
): Contents {
  const seed = call.seed + index;
  if (type === 'const uint8_t*') return randomBytes(length, seed);
  if (type === 'const int32_t*') {
    return randomIntegers(length, KERNEL_CASES[name].integers?.(call.numbers) ?? [0, 1], seed);
  }
  if (type === 'int32_t*' || type === 'uint32_t*') return randomIntegers(length, [0, 9], seed);
  const flavour = call.flavours[index % call.flavours.length]!;
  const mustBeFinite = KERNEL_CASES[name].finite?.(call.numbers).includes(index) === true;
  return randomFloats(length, mustBeFinite ? finiteLike(flavour) : flavour, seed);
}

interface Outcome {
  readonly result: number | undefined;
  readonly arrays: readonly Contents[];
}

/** Runs one kernel on fresh arrays; returns its result and the bits of every array afterwards. */
function bitsAfter(kernels: Kernels, name: KernelName, call: Call): Outcome {
  kernels.reset();
  const types: readonly ParameterType[] = SIGNATURES[name];
  const geometry = geometryBehind(types.at(-1)!);
  const pointerTypes = types.filter(
    (type) => type.endsWith('*') && geometryBehind(type) === undefined,
  );
  const lengths = KERNEL_CASES[name].lengths(call.numbers);
  const pointers: number[] = [];
  for (const [index, type] of pointerTypes.entries()) {
    const length = lengths[index]! + GUARD;
    const contents = contentsOf(type, length, name, call, index);
    const width = contents.BYTES_PER_ELEMENT;
    const pointer = kernels.allocate((length + call.shift) * width) + call.shift * width;
    kernels
      .u8(pointer, contents.byteLength)
      .set(new Uint8Array(contents.buffer, 0, contents.byteLength));
    pointers.push(pointer);
  }
  if (call.shared !== null) pointers[call.shared[1]] = pointers[call.shared[0]]!;
  const run = kernels[name] as (...values: unknown[]) => number | undefined;
  const result =
    geometry === undefined
      ? run(...pointers, ...call.numbers)
      : run(...pointers, call.numbers[0], geometryOf(geometry, call.numbers.slice(1)));
  const arrays = pointerTypes.map((type, index) => {
    const length = lengths[index]! + GUARD;
    const pointer = pointers[index]!;
    if (type === 'const uint8_t*') return kernels.u8(pointer, length).slice();
    const words = kernels.i32(pointer, length).slice();
    if (type.endsWith('float*')) canonicalNaNs(words);
    return words;
  });
  return { result, arrays };
}

/** NaNs are one value: their payload and sign differ between processors. */
function canonicalNaNs(words: Int32Array): void {
  for (let index = 0; index < words.length; index += 1) {
    if ((words[index]! & 0x7fffffff) > 0x7f800000) words[index] = 0x7fc00000;
  }
}

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

function callsOf(name: KernelName): fc.Arbitrary<Call> {
  return fc.record({
    numbers: KERNEL_CASES[name].numbers,
    flavours: fc.array(fc.constantFrom(...FLAVOURS), { minLength: 1, maxLength: 2 }),
    seed: fc.nat(),
    shift: fc.constantFrom(0, 0, 1, 3),
    shared: fc.constantFrom(null, ...(KERNEL_CASES[name].inPlace ?? [])),
  });
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
