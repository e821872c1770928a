/** Examples in one evaluation pass. Results do not depend on it: every example is computed by itself. */
export const EVALUATION_ROWS = 128;

/** What a network does on a split, example by example. */
export interface Predictions {
  /** Mean loss over the examples, with the weights' penalty, as Keras's `evaluate` gives it. */
  readonly loss: number;
  /** Share of examples whose largest output is at the label. */
  readonly accuracy: number;
  /** `[count]`: index of the largest output, the lowest on ties; with one output, 1 where it is above ½. */
  readonly predicted: Uint8Array;
  /** `[count]`: that largest output, a probability where the network ends in a softmax or one sigmoid. */
  readonly confidence: Float32Array;
}

/** Bytes that evaluating a network takes. */
export interface EvaluationMemory {
  readonly weights: number;
  /** What lies between its layers in one pass. */
  readonly activations: number;
}
