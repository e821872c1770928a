/**
 * Flags of every compilation of the kernels, native or wasm. Products and sums are never contracted, nothing is
 * reordered, no library is called; leaving out errno and floating-point traps changes no value.
 */
export const COMPILE_FLAGS = [
  '-std=c11',
  '-O3',
  '-ffreestanding',
  '-ffp-contract=off',
  '-fno-math-errno',
  '-fno-trapping-math',
  '-Wall',
  '-Wextra',
  '-Wno-unknown-pragmas',
  '-Wno-pass-failed',
];

/** Those that make a WebAssembly module with 128-bit vectors of them, which shows its kernels and where its heap begins. */
export const WASM_FLAGS = [
  '--target=wasm32-unknown-unknown',
  ...COMPILE_FLAGS,
  '-msimd128',
  '-mbulk-memory',
  '-DLABPROOF_LEVEL=simd128',
  '-nostdlib',
  '-Wl,--no-entry,--strip-all,--stack-first,-z,stack-size=2097152,--export=__heap_base',
];

/**
 * Those of a module whose memory threads share: imported, 4 MiB at first and 4 GiB at most; every thread sets its own stack.
 */
export const WASM_THREADS_FLAGS = [
  ...WASM_FLAGS,
  '-matomics',
  '-mmutable-globals',
  '-DLABPROOF_THREADS',
  '-Wl,--import-memory,--shared-memory,--initial-memory=4194304,--max-memory=4294967296',
  '-Wl,--export=__stack_pointer',
];
