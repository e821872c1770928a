import type { Kernels } from '../../../src/index.ts';
import { type KernelName, SIGNATURES } from '../../../src/engines/signatures.ts';

/** Bytes of an array as hex, lowest byte first, or a number, or the extents of a convolution or pooling. */
export type VectorArgument =
  | number
  | { readonly bytes: string }
  | { readonly geometry: Readonly<Record<string, number>> };

/** A call of one kernel, and what its arrays hold after it. */
export interface KernelVector {
  readonly kernel: KernelName;
  /** The C types of the arguments. */
  readonly types: readonly string[];
  readonly arguments: readonly VectorArgument[];
  /** The arrays that the kernel may write to, in the order of the arguments. */
  readonly after: readonly string[];
}

export function typesOf(kernel: KernelName): readonly string[] {
  return SIGNATURES[kernel];
}

/** Calls a kernel as a vector says and gives what it wrote. */
export function runVector(
  kernels: Kernels,
  { kernel, types, arguments: given }: Omit<KernelVector, 'after'>,
): string[] {
  kernels.reset();
  const written: { pointer: number; length: number }[] = [];
  const values = given.map((argument, index): unknown => {
    if (typeof argument === 'number') return argument;
    if ('geometry' in argument) return argument.geometry;
    const bytes = Buffer.from(argument.bytes, 'hex');
    const pointer = kernels.allocate(Math.max(bytes.length, 4));
    kernels.u8(pointer, bytes.length).set(bytes);
    if (!(types[index] ?? '').startsWith('const')) written.push({ pointer, length: bytes.length });
    return pointer;
  });
  (kernels[kernel] as (...own: unknown[]) => unknown)(...values);
  return written.map(({ pointer, length }) =>
    Buffer.from(kernels.u8(pointer, length)).toString('hex'),
  );
}
