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
