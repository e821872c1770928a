import type { GraphConfig, GraphLayer } from '@labproof/core';
import type { ModelLimits } from '../model-limits.ts';
import { channelsFirstOrder, type Effort, type Order, sameOrder } from './orders.ts';
import { notComputed, OnnxProblem } from './problem.ts';
import { sizeOf } from './tensors.ts';
import type { Dynamic } from './values.ts';

/** Numbers that become a weight of a layer, read when the network has been found to be of a size that is read. */
export type Weights = () => Float32Array;

interface Built {
  className: string;
  config: Readonly<Record<string, unknown>>;
  inbound: readonly number[];
  weights: readonly Weights[];
}

/** Builds a graph in Keras's words, channels last, from the nodes of an ONNX graph. */
export class OnnxGraphBuilder {
  readonly effort: Effort;
  readonly #layers: Built[] = [];
  readonly #input: readonly number[];
  readonly #limits: ModelLimits;

  constructor(input: readonly number[], limits: ModelLimits, effort: Effort) {
    this.#input = input;
    this.#limits = limits;
    this.effort = effort;
  }

  /** Adds a layer and returns its place. */
  add(
    className: string,
    config: Readonly<Record<string, unknown>>,
    inbound: readonly number[],
    weights: readonly Weights[] = [],
  ): number {
    // What nothing takes is left out at the end.
    const most = 4 * this.#limits.layers;
    if (this.#layers.length >= most) {
      throw new OnnxProblem(
        'onnx-too-large',
        `has more than ${most} steps`,
        'Hand in the network that the exercise describes.',
      );
    }
    return this.#layers.push({ className, config, inbound, weights }) - 1;
  }

  /** A layer that changes each value by itself: shape and order stay. */
  each(
    className: string,
    config: Readonly<Record<string, unknown>>,
    value: Dynamic,
    nonNegative = false,
  ): Dynamic {
    const at = this.add(className, config, [this.place(value)]);
    return plain({ ...value, at, nonNegative });
  }

  activation(name: string, value: Dynamic, nonNegative = false): Dynamic {
    return this.each('Activation', { activation: name }, value, nonNegative);
  }

  /** Gives a layer that was built without a bias its bias. */
  giveBias({ at }: Dynamic, bias: Weights): void {
    const layer = at === null ? undefined : this.#layers[at];
    if (layer === undefined) throw new Error('a bias for a layer that is not there');
    layer.config = { ...layer.config, use_bias: true };
    layer.weights = [...layer.weights, bias];
  }

  place({ at, made }: Dynamic): number {
    if (at !== null) return at;
    throw notComputed(
      made?.as.includes('erf') === true
        ? 'the error function is computed as a part of GELU alone'
        : 'a part of it is not computed',
    );
  }

  /** The value laid out flat, in our own order. */
  flat(value: Dynamic): number {
    const at = this.place(value);
    return value.stored.length === 1 ? at : this.add('Flatten', {}, [at]);
  }

  /** The value as an image `[height, width, channels]` that ONNX sees as `[channels, height, width]`. */
  image(value: Dynamic): {
    at: number;
    channels: number;
    height: number;
    width: number;
  } {
    const [channels, height, width] = value.dims;
    if (
      value.dims.length !== 3 ||
      channels === undefined ||
      height === undefined ||
      width === undefined
    ) {
      throw notComputed(
        `it takes images, but what comes before it gives the shape [${value.dims.join(', ')}]`,
      );
    }
    this.#spend(value);
    if (!sameOrder(value.order, channelsFirstOrder(value.dims))) {
      throw notComputed('its images lie in an order that is not computed');
    }
    return {
      at: this.#shaped(value, [height, width, channels]),
      channels,
      height,
      width,
    };
  }

  /** The value in the very shape in which ONNX sees it. */
  asSeen(value: Dynamic): number {
    if (value.order !== null) {
      throw notComputed('the order of its values, as Transpose left it, is not computed');
    }
    return this.#shaped(value, value.dims);
  }

  /** A layer's output that ONNX sees as an image with the channels first. */
  imageAt(at: number, dims: readonly number[], nonNegative: boolean): Dynamic {
    const [channels = 1, height = 1, width = 1] = dims;
    const size = sizeOf(dims);
    if (!(size <= this.#limits.activations)) {
      throw new OnnxProblem(
        'onnx-too-large',
        `puts out ${size} values in one of its steps`,
        'Hand in the network that the exercise describes.',
      );
    }
    this.effort.spend(size);
    const stored = [height, width, channels];
    return {
      kind: 'dynamic',
      at,
      stored,
      dims,
      order: channelsFirstOrder(dims),
      nonNegative,
    };
  }

  /** Whether a value is an image that we keep with the channels last. */
  isImage(value: Dynamic): boolean {
    if (value.dims.length !== 3) return false;
    this.#spend(value);
    return sameOrder(value.order, channelsFirstOrder(value.dims));
  }

  /** The layers that the output needs, in order, and their weights. */
  finish(output: Dynamic): {
    model: GraphConfig;
    weights: readonly (readonly Weights[])[];
  } {
    const last = this.place(output);
    const needed = new Set<number>();
    const open = [last];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (at < 0 || needed.has(at)) continue;
      needed.add(at);
      open.push(...(this.#layers[at]?.inbound ?? []));
    }
    const kept = [...needed].toSorted((a, b) => a - b);
    const places = new Map(kept.map((at, index) => [at, index]));
    const layers: GraphLayer[] = [];
    const weights: (readonly Weights[])[] = [];
    for (const at of kept) {
      const layer = this.#layers[at];
      if (layer === undefined) continue;
      layers.push({
        class_name: layer.className,
        config: {
          name: `${layer.className.toLowerCase()}_${layers.length + 1}`,
          ...layer.config,
        },
        inbound: layer.inbound.map((from) => places.get(from) ?? -1),
        sharedWith: null,
      });
      weights.push(layer.weights);
    }
    return {
      model: { name: 'model', batchInputShape: [null, ...this.#input], layers },
      weights,
    };
  }

  #shaped(value: Dynamic, shape: readonly number[]): number {
    const at = this.place(value);
    if (value.stored.join() === shape.join()) return at;
    return shape.length === 1
      ? this.add('Flatten', {}, [at])
      : this.add('Reshape', { target_shape: [...shape] }, [at]);
  }

  #spend({ dims }: Dynamic): void {
    this.effort.spend(sizeOf(dims));
  }
}

/** A value without what it was made of, which holds for one step only. */
export function plain({ at, stored, dims, order, nonNegative }: Dynamic): Dynamic {
  return { kind: 'dynamic', at, stored, dims, order, nonNegative };
}

/** Numbers of a flat value in the places of our own order. */
export function arranged(values: Float32Array, order: Order | null): Float32Array {
  if (order === null) return values;
  const moved = new Float32Array(values.length);
  for (const [at, place] of order.entries()) moved[place] = values[at] ?? 0;
  return moved;
}
