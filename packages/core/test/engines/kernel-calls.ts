import fc from 'fast-check';
import { geometryBehind } from '../../src/engines/geometries.ts';
import type { Kernels } from '../../src/engines/kernels.ts';
import { type KernelName, type ParameterType, SIGNATURES } from '../../src/engines/signatures.ts';
import { geometryOf } from './geometries.ts';
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

/** A call of a kernel on random arrays. */
export interface Call {
  readonly numbers: readonly number[];
  /** Flavours of the arrays, over again from the first when there are more arrays. */
  readonly flavours: readonly Flavour[];
  readonly seed: number;
  /** Elements by which each array is moved off its 64-byte boundary. */
  readonly shift: number;
  /** Which of the case's in-place pairs shares an array, if any. */
  readonly shared: readonly [number, number] | null;
}

export type Contents = Float32Array | Int32Array | Uint8Array;

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

export interface Outcome {
  readonly result: number | undefined;
  readonly arrays: readonly Contents[];
}

/** Runs one kernel on fresh arrays; returns its result and the bits of every array afterwards. */
export function bitsAfter(kernels: Kernels, name: KernelName, call: Call): Outcome {
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

export function sameBytes(a: Contents, b: Contents): boolean {
  return Buffer.from(a.buffer).equals(Buffer.from(b.buffer));
}

/** Calls of every shape and flavour that a kernel is tested with. */
export function callsOf(name: KernelName): fc.Arbitrary<Call> {
  return fc.record({
    numbers: KERNEL_CASES[name].numbers,
    flavours: fc.array(fc.constantFrom(...FLAVOURS), { minLength: 1, maxLength: 2 }),
    seed: fc.nat(),
    shift: fc.constantFrom(0, 0, 1, 3),
    shared: fc.constantFrom(null, ...(KERNEL_CASES[name].inPlace ?? [])),
  });
}
