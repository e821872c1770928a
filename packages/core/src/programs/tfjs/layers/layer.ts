import type { PlannedLayer } from '../../../model/plan.ts';
import type { Kernels } from '../../../engines/kernels.ts';
import type { Tensor, TensorFlow } from '../tensorflow.ts';

/** One forward pass through one layer. */
export interface LayerPass {
  readonly training: boolean;
  /** Training steps finished before this one; names the dropout mask. */
  readonly step: number;
  /** The layer's weights in Keras's order. */
  readonly weights: readonly Tensor[];
  /** Gives one of these a new value after the pass: averages that move without a gradient. */
  replaceWeight(index: number, value: Tensor): void;
}

/** A step of the network in TensorFlow.js ops; TensorFlow.js derives its gradient. */
export interface TfjsOperation {
  /** `softmax` and `sigmoid` are fused with a crossentropy where they come last. */
  readonly kind: 'softmax' | 'sigmoid' | 'other';
  /** `x` is `[rows, ...inputShape]`. */
  forward(x: Tensor, pass: LayerPass): Tensor;
}

/** What a layer needs to build its operations. */
export interface TfjsContext {
  readonly tf: TensorFlow;
  /** Labproof's own kernels: they draw the random masks. */
  readonly kernels: Kernels;
  /** The largest number of examples in one pass. */
  readonly rows: number;
  /** Key of the named random stream of this layer, the same as for every engine. */
  streamKey(name: string): readonly [number, number];
}

/** A layer class in TensorFlow.js. */
export interface TfjsLayer {
  /** TensorFlow.js kernels that its training needs and that not every backend has. */
  readonly kernels: readonly string[];
  build(layer: PlannedLayer, context: TfjsContext): TfjsOperation[];
}

/** An operation that needs neither weights nor randomness. */
export function pure(forward: (x: Tensor) => Tensor): TfjsOperation {
  return { kind: 'other', forward };
}
