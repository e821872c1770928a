import { fieldsOf, geometryBehind, type GeometryName } from './geometries.ts';
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
  /** The words at the pointer; others where the memory has grown since. */
  readonly words: Uint32Array;
}

/** Bytes of the largest struct, with room to spare. */
export const GEOMETRY_BYTES = 64;

type Extents = Readonly<Record<string, number>>;

/**
 * The compiled functions with the methods' signatures. A kernel that takes a geometry takes it last, after two or three
 * arrays and the rows; it is written to `place` first.
 */
export function withGeometries(functions: KernelFunctions, place: GeometryPlace): Arithmetic {
  const methods = KERNEL_NAMES.map((name) => {
    const run = functions[name];
    const types = SIGNATURES[name];
    const geometry = geometryBehind(types.at(-1) ?? '');
    if (geometry === undefined) return [name, run] as const;
    const write = writerOf(geometry, place);
    const method =
      types.length === 4
        ? (a: Pointer, b: Pointer, rows: number, extents: Extents) =>
            run(a, b, rows, write(extents))
        : (a: Pointer, b: Pointer, c: Pointer, rows: number, extents: Extents) =>
            run(a, b, c, rows, write(extents));
    return [name, method] as const;
  });
  return Object.fromEntries(methods) as unknown as Arithmetic;
}

function writerOf(geometry: GeometryName, place: GeometryPlace): (extents: Extents) => Pointer {
  const fields = fieldsOf(geometry);
  return (extents) => {
    const { words } = place;
    for (let index = 0; index < fields.length; index += 1) words[index] = extents[fields[index]!]!;
    return place.pointer;
  };
}
