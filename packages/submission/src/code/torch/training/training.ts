import type { CodeValue } from '../../code-model.ts';

/** How code of PyTorch's trains a network, in the words of a recipe; `null` for what it does not say. */
export interface TorchTraining {
  readonly epochs: number | null;
  readonly batchSize: number | null;
  readonly shuffle: boolean | null;
  readonly optimizer: {
    /** PyTorch's class: `SGD`. */
    readonly className: string;
    /** Every option under a recipe's name, PyTorch's defaults where the code says nothing. */
    readonly options: Readonly<Record<string, CodeValue>>;
    /** The names of those that are written. */
    readonly written: readonly string[];
  } | null;
  /** `categorical_crossentropy` for `CrossEntropyLoss` and `NLLLoss`. */
  readonly loss: string | null;
  /** What that loss takes: outputs of which it takes the softmax or sigmoid itself, or probabilities. */
  readonly takes: 'logits' | 'probabilities' | null;
  readonly labelSmoothing: number | null;
  /** A recipe's `schedule`, of a learning rate that changes. */
  readonly schedule: Readonly<Record<string, CodeValue>> | null;
  /** How many images it sees, the first of the data set or some that were chosen at random, and of how many, where that is known. */
  readonly images: { readonly count: number; readonly of: number | null } | null;
  /** Whether the weights were saved under a condition in the loop, so that they need not be those of the last epoch. */
  readonly keepsBest: boolean;
  /** What a training with the rest of this would not be the student's for, in words. */
  readonly notUnderstood: readonly string[];
}

/** Which images a training sees. */
export interface TrainingImages {
  readonly count: number | null;
  /** Training images of the whole data set. */
  readonly of: number | null;
  /** Why they are not those of a training that could be repeated. */
  readonly problem: string | null;
}
