import type { ConvolutionGeometry } from '../kernels/convolution.ts';
import type { Kernels, Pointer } from '../kernels.ts';
import { KERNEL_NAMES, type KernelName, SIGNATURES } from '../signatures.ts';
import { type ProductName, tilesOf } from './entries.ts';
import type { CudaKernels } from './kernels.ts';
import { callsOf, PRODUCT_CALLS, type TestCall } from './self-test-calls.ts';

/**
 * Runs every kernel, every product with each of its tiles, on small arrays on both engines, and names the first whose
 * results differ in a bit; `null` where all are the same. NaNs count as one value. `names` are the kernels that are run.
 */
export function findDifference(
  cuda: CudaKernels,
  reference: Kernels,
  names: readonly KernelName[] = KERNEL_NAMES,
): string | null {
  for (const name of names) {
    const product = PRODUCT_CALLS[name as ProductName];
    const tiles = product === undefined ? [null] : tilesOf(name as ProductName);
    for (const tile of tiles) {
      cuda.launcher.tile = tile;
      const different = callsOf(name).some(
        (call) => !sameWords(run(cuda, name, call), run(reference, name, call)),
      );
      cuda.launcher.tile = null;
      if (different) return tile === null ? `kernel ${name}` : `kernel ${name} (tile ${tile})`;
    }
  }
  return null;
}

/** All arrays of a call afterwards, as words, then what it returned. */
function run(kernels: Kernels, name: KernelName, call: TestCall): Int32Array[] {
  kernels.reset();
  const types: readonly string[] = SIGNATURES[name];
  const pointers: Pointer[] = [];
  const lengths = call.lengths;
  for (const [index, length] of lengths.entries()) {
    const pointer = kernels.allocate(4 * length);
    pointers.push(pointer);
    fill(kernels, types[index] ?? '', pointer, { length, seed: index + 1, call });
  }
  const method = kernels[name] as (
    ...values: readonly (number | ConvolutionGeometry)[]
  ) => number | void;
  const more = kernels.allocate(4 * (call.after?.more ?? 0));
  fill(kernels, 'float*', more, { length: call.after?.more ?? 0, seed: 9, call });
  const returned = method(...pointers, ...(call.rest as readonly (number | ConvolutionGeometry)[]));
  const out = pointers.at(-1);
  if (out !== undefined) call.after?.run(kernels, out, more);
  const arrays = pointers.map((pointer, index) => {
    const words = kernels.i32(pointer, lengths[index] ?? 0).slice();
    return types[index]?.endsWith('float*') === true ? words.map(canonical) : words;
  });
  return [...arrays, Int32Array.of(returned ?? 0)];
}

function fill(
  kernels: Kernels,
  type: string,
  pointer: Pointer,
  array: { length: number; seed: number; call: TestCall },
): void {
  const { length, seed, call } = array;
  const next = words(seed);
  if (type.endsWith('float*')) {
    const values = Float32Array.from({ length }, () => plain(next()));
    if (call.positive?.includes(seed - 1) === true) {
      for (const [index, value] of values.entries()) values[index] = Math.abs(value);
    }
    kernels.f32(pointer, length).set(values);
    return;
  }
  if (type === 'const uint8_t*') {
    kernels.u8(pointer, length).set(Uint8Array.from({ length }, () => next() >>> 24));
    return;
  }
  const below = call.below ?? 4;
  kernels.i32(pointer, length).set(Int32Array.from({ length }, () => next() % below));
}

/** A float in [−2, 2), now and then a zero, a denormal or a large one. */
function plain(word: number): number {
  if (word % 32 === 0) return [0, -0, 2 ** -140, -(2 ** -130), 90, -90, 1e6, 3e-39][word % 8] ?? 0;
  return ((word >>> 8) * 2 ** -24 - 0.5) * 4;
}

function canonical(word: number): number {
  return (word & 0x7fffffff) > 0x7f800000 ? 0x7fc00000 : word;
}

function sameWords(a: readonly Int32Array[], b: readonly Int32Array[]): boolean {
  return a.every((array, index) => {
    const other = b[index];
    return array.length === other?.length && array.every((word, at) => word === other[at]);
  });
}

/** Marsaglia's 32-bit xorshift. */
function words(seed: number): () => number {
  let state = (seed * 0x9e3779b9) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
