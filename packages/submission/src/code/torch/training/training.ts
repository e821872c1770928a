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
  /** What a training with the rest of this would not be the student's for, in words. */
  readonly notUnderstood: readonly string[];
}
