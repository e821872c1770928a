import type * as tensorflow from '@tensorflow/tfjs';
import type { TfjsBackend } from './installation/names.ts';

/** The TensorFlow.js namespace, whichever package it was loaded from. */
export type TensorFlow = typeof tensorflow;
export type Tensor = tensorflow.Tensor;
export type Tensor4D = tensorflow.Tensor4D;

/** A backend that is loaded and chosen. */
export interface TfjsEngine {
  readonly tf: TensorFlow;
  readonly backend: TfjsBackend;
  /** What its results may depend on: packages with versions, the TensorFlow library, whether a GPU computes. */
  readonly versions: Readonly<Record<string, string>>;
}
