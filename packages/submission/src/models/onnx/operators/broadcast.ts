import { damaged } from '../problem.ts';
import { sizeOf } from '../tensors.ts';
import { stridesOf } from '../orders.ts';

type Numbers = Float32Array | Float64Array;

/** The shape that two shapes come to together: axes are compared from the last on, and an extent of 1 is repeated. */
export function commonShape(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1) {
      throw damaged(`joins numbers of the shapes [${a.join(', ')}] and [${b.join(', ')}]`);
    }
    return left === 1 ? right : left;
  });
}

/** Repeats numbers of a shape until they have another. */
export function spread(
  values: Numbers,
  shape: readonly number[],
  target: readonly number[],
): Numbers {
  const size = sizeOf(target);
  if (size === values.length) return values;
  const strides = stridesOf(shape);
  const steps = target.map((_, axis) => {
    const own = axis - target.length + shape.length;
    return own >= 0 && (shape[own] ?? 1) > 1 ? (strides[own] ?? 0) : 0;
  });
  const extents = stridesOf(target);
  const spreadOut =
    values instanceof Float64Array ? new Float64Array(size) : new Float32Array(size);
  for (let at = 0; at < size; at += 1) {
    let place = 0;
    for (const [axis, step] of steps.entries()) {
      if (step === 0) continue;
      place += (Math.floor(at / (extents[axis] ?? 1)) % (target[axis] ?? 1)) * step;
    }
    spreadOut[at] = values[place] ?? Number.NaN;
  }
  return spreadOut;
}
