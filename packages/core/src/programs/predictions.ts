/**
 * Examples whose losses are summed before the sums are added, and most examples of one evaluation pass. Every example is
 * computed by itself, so that a pass may be of fewer.
 */
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

/** What a network does on a run of the examples of a split that begins at a multiple of `EVALUATION_ROWS`. */
export interface EvaluatedPart {
  /** The summed losses of each pass, without penalty. */
  readonly lossSums: readonly number[];
  /** What regularisation adds to the mean loss. */
  readonly penalty: number;
  /** Number of examples whose largest output is at the label. */
  readonly correct: number;
  /** As `Predictions` has them. */
  readonly predicted: Uint8Array;
  readonly confidence: Float32Array;
}

/**
 * The predictions on a whole split from those on its parts, in their order: the bits are those of an evaluation in one
 * piece, because the sums are added in the same order. Throws a `RangeError` without parts.
 */
export function joinParts(parts: readonly EvaluatedPart[]): Predictions {
  const [first] = parts;
  if (first === undefined) throw new RangeError('there are no parts to join');
  const count = parts.reduce((sum, { predicted }) => sum + predicted.length, 0);
  const predicted = new Uint8Array(count);
  const confidence = new Float32Array(count);
  let lossSum = 0;
  let correct = 0;
  let at = 0;
  for (const part of parts) {
    for (const sum of part.lossSums) lossSum += sum;
    correct += part.correct;
    predicted.set(part.predicted, at);
    confidence.set(part.confidence, at);
    at += part.predicted.length;
  }
  const loss = lossSum / count + first.penalty;
  return { loss, accuracy: correct / count, predicted, confidence };
}

/** Bytes that evaluating a network takes. */
export interface EvaluationMemory {
  readonly weights: number;
  /** What lies between its layers in one pass. */
  readonly activations: number;
}
