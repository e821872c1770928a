import { visitStrided } from '../strided.ts';
import { OnnxProblem } from './problem.ts';

/** For each value in ONNX's row-major order, its place in our output of one example. */
export type Order = Uint32Array;

/** The order of an image that ONNX sees as `[channels, height, width]` and we keep as `[height, width, channels]`. */
export function channelsFirstOrder(dims: readonly number[]): Order | null {
  const [channels = 1, height = 1, width = 1] = dims;
  const pixels = height * width;
  if (channels === 1 || pixels === 1) return null;
  return Uint32Array.from(
    { length: channels * pixels },
    (_, at) => (at % pixels) * channels + Math.floor(at / pixels),
  );
}

export function sameOrder(a: Order | null, b: Order | null): boolean {
  if (a === b) return true;
  if (a === null || b === null || a.length !== b.length) return false;
  return a.every((place, at) => place === b[at]);
}

/** `null` for the order that changes nothing. */
export function simplified(order: Order): Order | null {
  return order.every((place, at) => place === at) ? null : order;
}

/** Where the values of an array with its axes permuted lie in the array itself. */
export function permutedPlaces(shape: readonly number[], permutation: readonly number[]): Order {
  const strides = stridesOf(shape);
  const extents = permutation.map((axis) => shape[axis] ?? 1);
  const steps = permutation.map((axis) => strides[axis] ?? 0);
  const places = new Uint32Array(extents.reduce((product, extent) => product * extent, 1));
  visitStrided(extents, steps, (place, at) => {
    places[place] = at;
  });
  return places;
}

export function stridesOf(shape: readonly number[]): number[] {
  const strides: number[] = [];
  let stride = 1;
  for (const extent of shape.toReversed()) {
    strides.push(stride);
    stride *= extent;
  }
  return strides.toReversed();
}

/** Bounds what is computed while a file is read: a few nodes may ask for more than any network needs. */
export class Effort {
  #left: number;

  constructor(most: number) {
    this.#left = most;
  }

  spend(values: number): void {
    this.#left -= values;
    if (this.#left >= 0) return;
    throw new OnnxProblem(
      'onnx-too-large',
      'computes more with its constants than is computed while a file is read',
      'Hand in the network that the exercise describes.',
    );
  }
}
