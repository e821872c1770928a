import type { CudaAddon } from './cuda/device.ts';
import { GEOMETRY_BYTES, type KernelFunctions, withGeometries } from './geometry-arguments.ts';
import type { Kernels } from './kernels.ts';
import { assertThreads, LEAST_WORK, type SharingOptions } from './sharing.ts';
import { NativeMemory } from './native-memory.ts';

/** What `kernels.node` exports: the functions of each level, best first; null where the processor lacks the level. */
export interface NativeAddon {
  /** The `KERNEL_INTERFACE` that it was built with. */
  readonly interface?: string;
  readonly levels: Readonly<Record<string, KernelFunctions | null>>;
  addressOf(buffer: ArrayBuffer): number;
  /** The functions of a level, by its place in `levels`, whose work so many threads share; `close` ends these. */
  shared(
    level: number,
    threads: number,
    leastWork: number,
  ): KernelFunctions & { readonly close: () => void };
  readonly cuda: CudaAddon;
}

/** The names of the addon's levels that this processor can run, best first. */
export function nativeLevels(addon: NativeAddon): string[] {
  return Object.entries(addon.levels).flatMap(([level, kernels]) =>
    kernels === null ? [] : [level],
  );
}

/**
 * The kernels compiled for this processor at one of its `nativeLevels`. Several threads share what is large; they give the
 * same bits.
 */
export function createNativeKernels(
  addon: NativeAddon,
  level: string,
  { threads = 1, leastWork = LEAST_WORK }: SharingOptions = {},
): Kernels {
  const alone = addon.levels[level];
  if (alone === undefined || alone === null) {
    throw new RangeError(`this processor has no native kernels of level ${level}`);
  }
  assertThreads(threads);
  const shared =
    threads === 1
      ? null
      : addon.shared(Object.keys(addon.levels).indexOf(level), threads, leastWork);
  const functions = shared ?? alone;
  const memory = new NativeMemory((buffer) => addon.addressOf(buffer));
  // The kernels hold the words, and with them the buffer, which stays at its address.
  const words = new Uint32Array(new ArrayBuffer(GEOMETRY_BYTES));
  const place = { pointer: addon.addressOf(words.buffer), words };
  return {
    ...withGeometries(functions, place),
    engine: 'native',
    level,
    threads,
    close: () => shared?.close(),
    allocate: (byteLength) => memory.allocate(byteLength),
    reset: () => memory.reset(),
    f32(pointer, length) {
      const { buffer, offset } = memory.find(pointer, length * 4);
      return new Float32Array(buffer, offset, length);
    },
    i32(pointer, length) {
      const { buffer, offset } = memory.find(pointer, length * 4);
      return new Int32Array(buffer, offset, length);
    },
    u8(pointer, length) {
      const { buffer, offset } = memory.find(pointer, length);
      return new Uint8Array(buffer, offset, length);
    },
  };
}
