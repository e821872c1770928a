import type { OnnxGraphBuilder } from '../graph-builder.ts';
import type { Node } from '../node.ts';
import { notComputed } from '../problem.ts';
import { type Constant, computed, sizeOf } from '../tensors.ts';
import { commonShape, spread } from './broadcast.ts';

/** Whether all that a node takes is in the file, so that it can be computed while the file is read. */
export function foldable(node: Node): boolean {
  return node.inputs.every((value) => value === null || value.kind === 'constant');
}

/** A node on numbers of the file, one or two arrays. Every result is rounded to float32, as the node's would be. */
export function folded(
  node: Node,
  operation: (a: number, b: number) => number,
  graph: OnnxGraphBuilder,
): Constant {
  const a = node.constant(0);
  const b = node.has(1) ? node.constant(1) : a;
  const shape = commonShape(a.shape, b.shape);
  const size = sizeOf(shape);
  graph.effort.spend(a.length + b.length + 4 * size);
  const left = spread(a.read(), a.shape, shape);
  const right = spread(b.read(), b.shape, shape);
  const integer = a.integer && b.integer;
  const values = integer ? new Float64Array(size) : new Float32Array(size);
  for (let at = 0; at < size; at += 1) {
    const [x = Number.NaN, y = Number.NaN] = [left[at], right[at]];
    // The number of examples is not known here, so nothing is computed with it.
    if (integer && (Number.isNaN(x) || Number.isNaN(y))) {
      throw notComputed('it computes with the number of examples');
    }
    const value = operation(x, y);
    values[at] = integer ? Math.trunc(value) : value;
  }
  return computed(shape, values, integer);
}
