import type * as tensorflow from '@tensorflow/tfjs';

/** The TensorFlow.js namespace, whichever package it was loaded from. */
export type TensorFlow = typeof tensorflow;
export type Tensor = tensorflow.Tensor;
export type Tensor4D = tensorflow.Tensor4D;

/** The backends of TensorFlow.js that can be asked for, best first. */
export const TFJS_BACKENDS = ['tensorflow', 'wasm', 'cpu'] as const;
export type TfjsBackend = (typeof TFJS_BACKENDS)[number];

/** `tfjs` takes the best backend that is installed and can train the model. */
export const TFJS_ENGINES = ['tfjs', 'tfjs:tensorflow', 'tfjs:wasm', 'tfjs:cpu'] as const;
export type TfjsEngineName = (typeof TFJS_ENGINES)[number];

/** A backend that is loaded and chosen. */
export interface TfjsEngine {
  readonly tf: TensorFlow;
  readonly backend: TfjsBackend;
  /** What its results may depend on: packages with versions, the TensorFlow library, whether a GPU computes. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The backends that a name stands for, in the order in which they are to be tried. */
export function backendsOf(name: TfjsEngineName): readonly TfjsBackend[] {
  return name === 'tfjs'
    ? TFJS_BACKENDS
    : TFJS_BACKENDS.filter((backend) => name === `tfjs:${backend}`);
}
