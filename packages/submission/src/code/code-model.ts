import type { SequentialConfig } from '@labproof/core';

/** A value that stands in the code as a literal, or that names of literals stand for. */
export type CodeValue =
  | string
  | number
  | boolean
  | null
  | readonly CodeValue[]
  | { readonly [key: string]: CodeValue };

/** How a network is trained, as far as the call says it; `null` for what it does not say or says in another way. */
export interface CodeFit {
  readonly batchSize: number | null;
  readonly epochs: number | null;
  readonly validationSplit: number | null;
  /** Validation examples of their own are passed. Keras then ignores `validationSplit`. */
  readonly validationData: boolean;
  readonly shuffle: boolean | null;
}

/** A network and its training, read from Keras code in Python or R without running it. */
export interface CodeModel {
  /** The variable that holds it. */
  readonly name: string;
  /** `null` where a layer could not be read: a network with a hole in it is no network. */
  readonly model: SequentialConfig | null;
  readonly optimizer: {
    /** Keras's class: `RMSprop`. */
    readonly className: string;
    /** Under today's names: `lr` is `learning_rate`. Only what is written. */
    readonly options: Readonly<Record<string, CodeValue>>;
  } | null;
  /** Snake case: `categorical_crossentropy`. */
  readonly loss: string | null;
  /** The loss was told that the network puts out logits. */
  readonly fromLogits: boolean;
  readonly metrics: readonly string[];
  /** Every call of `fit`, in order. */
  readonly fits: readonly CodeFit[];
  /** What was met on the way and not understood, in words. */
  readonly notUnderstood: readonly string[];
}
