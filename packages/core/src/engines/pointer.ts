/**
 * Where an array lives: a byte offset into wasm memory, or an absolute address for the native engine.
 * Always a multiple of 64 when it comes from `allocate`. Pointer arithmetic is plain addition of bytes.
 */
export type Pointer = number;
