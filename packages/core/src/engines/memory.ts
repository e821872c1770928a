/**
 * Where an array lives: a byte offset into wasm memory, or an absolute address for the native engine.
 * Always a multiple of 64 when it comes from `allocate`. Pointer arithmetic is plain addition of bytes.
 */
export type Pointer = number;

/** The memory that an engine's kernels work in. */
export interface EngineMemory {
  /** Zeroed memory of so many bytes, aligned to 64. Views taken earlier may be detached by it. */
  allocate(byteLength: number): Pointer;
  /** Gives back everything that was allocated. */
  reset(): void;
  f32(pointer: Pointer, length: number): Float32Array;
  i32(pointer: Pointer, length: number): Int32Array;
  u8(pointer: Pointer, length: number): Uint8Array;
}
