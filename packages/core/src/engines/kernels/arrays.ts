import type { Pointer } from '../memory.ts';

/** What is done to arrays of any meaning. */
export interface ArrayKernels {
  /** y = a · b elementwise; y may be a or b. */
  multiply(a: Pointer, b: Pointer, y: Pointer, length: number): void;
  /** y = x · factor, not below −bound and not above bound (a NaN stays one); y may be x. */
  scaleWithin(x: Pointer, y: Pointer, length: number, factor: number, bound: number): void;
  /** y[r,c] = x[r,c] · factors[r]; y may be x. */
  scaleRows(x: Pointer, factors: Pointer, y: Pointer, rows: number, columns: number): void;
  /** predicted[r] (int32) = index of the row's largest value, the lowest index on ties. */
  argmax(x: Pointer, predicted: Pointer, rows: number, columns: number): void;
  /** Number of values that are NaN or infinite. */
  countNonFinite(x: Pointer, length: number): number;
  /**
   * Gathers examples: out[r, i] = table[bytes[indices[r]·size + i]], where `table` holds 256 floats
   * (the input scaling) and `indices` are int32.
   */
  gather(
    bytes: Pointer,
    indices: Pointer,
    table: Pointer,
    out: Pointer,
    rows: number,
    size: number,
  ): void;
}
