import { visitStrided } from '../strided.ts';
import type { StoredType } from './dtypes.ts';

/** A tensor of a PyTorch file that lies ready to be read. */
export interface StoredTensor {
  readonly type: StoredType;
  readonly shape: readonly number[];
  readonly length: number;
  /** Its values in row-major order, as float32. */
  read(): Float32Array;
}

/** Where the numbers of a tensor lie. */
export interface StridedView {
  readonly type: StoredType;
  /** The storage: nothing but its numbers, little-endian. */
  readonly bytes: Uint8Array;
  /** Numbers of the storage before the tensor's first. */
  readonly offset: number;
  readonly shape: readonly number[];
  /** Numbers from one index to the next, along each axis. */
  readonly strides: readonly number[];
}

/** Why a view leaves its storage; `null` where it stays inside. */
export function outOfStorage({ type, bytes, offset, shape, strides }: StridedView): string | null {
  const whole = [offset, ...shape, ...strides];
  if (!whole.every((value) => Number.isSafeInteger(value) && value >= 0)) {
    return 'a size or a stride of it is no whole number from zero';
  }
  if (shape.length !== strides.length) return 'it has not one stride for each axis';
  if (shape.includes(0)) return null;
  const last = shape.reduce(
    (sum, extent, axis) => sum + (extent - 1) * (strides[axis] ?? 0),
    offset,
  );
  return (last + 1) * type.bytes <= bytes.length
    ? null
    : `it reaches to number ${last + 1} of a storage of ${Math.floor(bytes.length / type.bytes)}`;
}

/** A view that stays inside its storage in row-major order; one that lies so is not copied, and nobody writes into it. */
export function readStrided(view: StridedView): Float32Array {
  const { type, bytes, offset, shape, strides } = view;
  const length = shape.reduce((product, extent) => product * extent, 1);
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = offset * 4;
  const asItLies = isRowMajor(shape, strides) && type.name === 'float32';
  if (asItLies && (bytes.byteOffset + start) % 4 === 0 && length > 0) {
    return new Float32Array(bytes.buffer, bytes.byteOffset + start, length);
  }
  const values = new Float32Array(length);
  if (length === 0) return values;
  if (asItLies) {
    new Uint8Array(values.buffer).set(bytes.subarray(start, start + length * 4));
    return values;
  }
  visitStrided(shape, strides, (place, at) => {
    values[place] = type.read(data, (offset + at) * type.bytes);
  });
  return values;
}

function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false;
    expected *= shape[axis] ?? 1;
  }
  return true;
}

/** The strides of a row-major array. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  const strides: number[] = [];
  let stride = 1;
  for (const extent of shape.toReversed()) {
    strides.push(stride);
    stride *= extent;
  }
  return strides.toReversed();
}
