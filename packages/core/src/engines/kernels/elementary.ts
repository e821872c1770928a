import type { Pointer } from '../memory.ts';

/** Elementary functions, element by element and within 1 ulp of the exact value, for tests; y may be x. */
export interface ElementaryKernels {
  exp(x: Pointer, y: Pointer, length: number): void;
  log(x: Pointer, y: Pointer, length: number): void;
  sin(x: Pointer, y: Pointer, length: number): void;
  sqrt(x: Pointer, y: Pointer, length: number): void;
}
