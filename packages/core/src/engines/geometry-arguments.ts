import { fieldsOf, geometryBehind } from './geometries.ts';
import type { Arithmetic } from './kernels.ts';
import type { Pointer } from './memory.ts';
import { KERNEL_NAMES, type KernelName, SIGNATURES } from './signatures.ts';

/** The C functions as they are called: numbers only, a geometry is a pointer to its struct. */
export type KernelFunctions = Readonly<
  Record<KernelName, (...values: number[]) => number | undefined>
>;

/** Memory of the engine in which one geometry lies while a kernel runs. */
export interface GeometryPlace {
  readonly pointer: Pointer;
  /** The words at the pointer. */
  words(): Uint32Array;
}

/** Bytes of the largest struct, with room to spare. */
export const GEOMETRY_BYTES = 64;

/** The compiled functions with the methods' signatures: a geometry, always the last argument, is written to `place` first. */
export function withGeometries(functions: KernelFunctions, place: GeometryPlace): Arithmetic {
  const methods = KERNEL_NAMES.map((name) => {
    const run = functions[name];
    const geometry = geometryBehind(SIGNATURES[name].at(-1) ?? '');
    if (geometry === undefined) return [name, run] as const;
    const fields = fieldsOf(geometry);
    const method = (...values: [...number[], Readonly<Record<string, number>>]) => {
      const words = place.words();
      const extents = values.pop() as Readonly<Record<string, number>>;
      for (let index = 0; index < fields.length; index += 1) {
        words[index] = extents[fields[index]!]!;
      }
      return run(...(values as unknown as number[]), place.pointer);
    };
    return [name, method] as const;
  });
  return Object.fromEntries(methods) as unknown as Arithmetic;
}
