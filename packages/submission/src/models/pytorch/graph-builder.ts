import type { GraphConfig, GraphLayer } from '@labproof/core';
import { type ChannelsFirst, type Rearrange, unchanged } from './arrays.ts';
import { TorchLayerProblem } from '../../code/torch/layer.ts';

/** An array of the file that becomes a weight, and how. */
export interface ArraySource {
  /** `conv1.weight`. */
  readonly name: string;
  /** As PyTorch stores it. */
  readonly shape: readonly number[];
  readonly rearrange: Rearrange;
}

/** The output of a step: an image (channels first, as PyTorch sees it) or a flat vector. */
export type TorchValue =
  | {
      readonly kind: 'image';
      /** Place in the graph's layers; −1 is the input. */
      readonly at: number;
      readonly shape: ChannelsFirst;
      /** Whether no value of it can be below zero, so that padding with zeros changes no maximum. */
      readonly nonNegative: boolean;
    }
  | {
      readonly kind: 'flat';
      readonly at: number;
      readonly length: number;
      /** The image that it is the flattened form of. */
      readonly image: ChannelsFirst | null;
      readonly nonNegative: boolean;
    };

/** Builds a graph in Keras's words, channels last, from steps in PyTorch's. */
export class GraphBuilder {
  readonly #layers: GraphLayer[] = [];
  readonly #arrays: (readonly ArraySource[])[] = [];
  readonly #input: readonly number[];

  /** `input` is the shape of one example as our own graph takes it. */
  constructor(input: readonly number[]) {
    this.#input = input;
  }

  /** Adds a layer and returns its place. */
  add(
    className: string,
    config: Readonly<Record<string, unknown>>,
    inbound: readonly number[],
    arrays: readonly ArraySource[] = [],
  ): number {
    const name = `${className.toLowerCase()}_${this.#layers.length + 1}`;
    this.#layers.push({
      class_name: className,
      config: { name, ...config },
      inbound,
      sharedWith: null,
    });
    this.#arrays.push(arrays);
    return this.#layers.length - 1;
  }

  /** Flattens an image; a flat value stays as it is. */
  flatten(value: TorchValue): Extract<TorchValue, { kind: 'flat' }> {
    if (value.kind === 'flat') return value;
    const [channels, height, width] = value.shape;
    return {
      kind: 'flat',
      at: this.add('Flatten', {}, [value.at]),
      length: channels * height * width,
      image: value.shape,
      nonNegative: value.nonNegative,
    };
  }

  image(value: TorchValue): Extract<TorchValue, { kind: 'image' }> {
    if (value.kind === 'image') return value;
    throw new TorchLayerProblem(
      `it takes images, but what comes before it gives ${value.length} numbers in a row`,
    );
  }

  finish(): { readonly model: GraphConfig; readonly arrays: readonly (readonly ArraySource[])[] } {
    return {
      model: { name: 'model', batchInputShape: [null, ...this.#input], layers: this.#layers },
      arrays: this.#arrays,
    };
  }
}

/** An array that is taken as it stands. */
export function plainArray(
  name: string,
  shape: readonly number[],
  rearrange = unchanged,
): ArraySource {
  return { name, shape, rearrange };
}
