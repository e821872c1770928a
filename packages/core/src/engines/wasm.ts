import { GEOMETRY_BYTES, type KernelFunctions, withGeometries } from './geometry-arguments.ts';
import type { Kernels, Pointer } from './kernels.ts';

const PAGE = 65536;
const ALIGNMENT = 64;

/** A module's memory; its buffer is another one where it has grown. */
export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
  grow(pages: number): number;
}

interface WasmExports extends KernelFunctions {
  readonly memory: WasmMemory;
  readonly __heap_base: { readonly value: number };
}

declare const compiled: unique symbol;

/** `kernels.wasm`, compiled: workers that are sent it compile nothing themselves. */
export interface CompiledKernels {
  readonly [compiled]: never;
}

/** What is used of the global of Node and of browsers; TypeScript knows it only with the DOM's types. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<CompiledKernels>;
  instantiate(kernels: CompiledKernels): Promise<{ readonly exports: unknown }>;
};

/** Compiles the bytes of `kernels.wasm` once for several instances. */
export function compileWasmKernels(bytes: Uint8Array): Promise<CompiledKernels> {
  return WebAssembly.compile(bytes);
}

/**
 * The kernels as WebAssembly with 128-bit SIMD, from the bytes of `kernels.wasm` or from what they were compiled to; runs
 * in Node and in browsers.
 */
export async function createWasmKernels(source: Uint8Array | CompiledKernels): Promise<Kernels> {
  const kernels = source instanceof Uint8Array ? await compileWasmKernels(source) : source;
  const instance = await WebAssembly.instantiate(kernels);
  const exports = instance.exports as WasmExports;
  const { memory, __heap_base: heapBase } = exports;
  return kernelsIn(exports, memory, {
    from: heapBase.value,
    threads: 1,
    close: () => undefined,
  });
}

/** An engine of a module's kernels; from the byte `from` on the memory is its to hand out. */
export function kernelsIn(
  functions: KernelFunctions,
  memory: WasmMemory,
  { from, threads, close }: { readonly from: Pointer } & Pick<Kernels, 'threads' | 'close'>,
): Kernels {
  let end = roundUp(from);

  function allocate(byteLength: number): Pointer {
    const pointer = end;
    end = roundUp(pointer + byteLength);
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) {
      memory.grow(Math.ceil(missing / PAGE));
      // Growing detaches what looked at the memory before.
      place.words = wordsAt(place.pointer);
    }
    return pointer;
  }

  const wordsAt = (pointer: Pointer): Uint32Array =>
    new Uint32Array(memory.buffer, pointer, GEOMETRY_BYTES / 4);
  const place: { readonly pointer: Pointer; words: Uint32Array } = {
    pointer: end,
    words: new Uint32Array(0),
  };
  allocate(GEOMETRY_BYTES);
  place.words = wordsAt(place.pointer);
  const base = end;

  return {
    ...withGeometries(functions, place),
    engine: 'wasm',
    level: 'simd128',
    threads,
    close,
    allocate,
    reset() {
      new Uint8Array(memory.buffer, base, end - base).fill(0);
      end = base;
    },
    f32: (pointer, length) => new Float32Array(memory.buffer, pointer, length),
    i32: (pointer, length) => new Int32Array(memory.buffer, pointer, length),
    u8: (pointer, length) => new Uint8Array(memory.buffer, pointer, length),
  };
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
