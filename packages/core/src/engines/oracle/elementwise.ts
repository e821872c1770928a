import type { Pointer } from '../memory.ts';
import type { OracleMemory } from './memory.ts';

type Map = (x: Pointer, y: Pointer, length: number, parameter?: number) => void;
type Zip = (a: Pointer, b: Pointer, y: Pointer, length: number, parameter?: number) => void;

/** Kernels that take one element at a time; a parameter is rounded to float32 before it is used. */
export function elementwise(memory: OracleMemory): {
  /** y[i] = compute(x[i], parameter). */
  map(compute: (value: number, parameter: number) => number): Map;
  /** y[i] = compute(a[i], b[i], parameter). */
  zip(compute: (a: number, b: number, parameter: number) => number): Zip;
} {
  return {
    map:
      (compute) =>
      (x, y, length, parameter = 0) => {
        const { floats } = memory;
        const rounded = Math.fround(parameter);
        for (let i = 0; i < length; i++) floats[y / 4 + i] = compute(floats[x / 4 + i]!, rounded);
      },
    zip:
      (compute) =>
      (a, b, y, length, parameter = 0) => {
        const { floats } = memory;
        const rounded = Math.fround(parameter);
        for (let i = 0; i < length; i++) {
          floats[y / 4 + i] = compute(floats[a / 4 + i]!, floats[b / 4 + i]!, rounded);
        }
      },
  };
}
