import type { Constant } from './tensors.ts';
import type { Order } from './orders.ts';

/** What a step of the network puts out for one example. */
export interface Dynamic {
  readonly kind: 'dynamic';
  /** Place in the graph's layers; −1 is the input; `null` for a value that no layer of ours computes by itself. */
  readonly at: number | null;
  /** The shape in which our layer puts it out, channels last. */
  readonly stored: readonly number[];
  /** The shape in which ONNX sees it, without the axis of the examples. */
  readonly dims: readonly number[];
  /** Where each of its values, in ONNX's row-major order, lies in our output; `null`: at the same place. */
  readonly order: Order | null;
  /** Whether no value of it can be below zero, so that padding with zeros changes no maximum. */
  readonly nonNegative: boolean;
  /** What it is made of, where several nodes are one activation of ours. */
  readonly made?: Made;
  /** Whether it is what a Dense or a convolution without a bias puts out, and nothing else takes it. */
  readonly takesBias?: boolean;
}

/** Steps of the activations that ONNX files write as several nodes, on the value `of`. */
type Made =
  | { readonly as: 'scaled'; readonly by: number; readonly of: Dynamic }
  | {
      readonly as: 'sigmoid' | 'erf' | 'erf+1' | 'x(erf+1)';
      readonly of: Dynamic;
    };

export type Value = Constant | Dynamic;
