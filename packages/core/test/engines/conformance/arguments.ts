import type { VectorArgument } from './run-vector.ts';

export const hex = (values: Float32Array | Int32Array | Uint8Array): { bytes: string } => ({
  bytes: Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex'),
});
/** Floats with many bits in no order, a few of them zero. */
export const floats = (length: number, salt = 1): { bytes: string } =>
  hex(
    Float32Array.from({ length }, (_, at) =>
      (at * 7 + salt) % 5 === 0 ? 0 : (((at * 37 + salt * 11) % 29) - 14) / (3 + ((at + salt) % 4)),
    ),
  );
export const positive = (length: number, salt = 1): { bytes: string } =>
  hex(Float32Array.from({ length }, (_, at) => ((at * 13 + salt) % 17) / 23));
export const zeros = (length: number): { bytes: string } => hex(new Float32Array(length));
export const labels = hex(Int32Array.from([2, 0, 1, 1]));

/** The extents of a convolution, a pooling or a border. */
export const g = (geometry: Readonly<Record<string, number>>): VectorArgument => ({ geometry });
export const f = Math.fround;
