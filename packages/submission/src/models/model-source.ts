import type { TorchTraining } from '../code/torch/training/training.ts';
import type { GraphConfig, ModelPlan } from '@labproof/core';
import type { InputNormalization } from './pytorch/normalization.ts';
import type { TrainingConfig } from './keras/training-config.ts';

/** A weight array that lies ready to be read: its shape is known, its values are not in memory yet. */
export interface StoredArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly length: number;
  read(): Float32Array;
}

/** Where a model's layers stand: in its file, in the code that was handed in, or nowhere, so that the exercise's were taken. */
export type LayersFrom = 'file' | 'code' | 'exercise';

/** What a model file says, in any format: its layers, and the weights that fit a plan of them. */
export interface ModelSource {
  readonly model: GraphConfig;
  readonly kerasVersion: string | null;
  /** How the model says that it was trained; `null` where it says nothing. */
  readonly trainingConfig: TrainingConfig | null;
  /** How the handed-in code trains it, where the framework leaves that to the code around the model. */
  readonly training?: TorchTraining | null;
  readonly notes: readonly string[];
  /** `file` where it is not said. */
  readonly layersFrom?: LayersFrom;
  /** Whose words its author speaks; `keras` where it is not said. */
  readonly framework?: 'keras' | 'pytorch';
  /** Whether it was exported for evaluation, so that it holds nothing of what acts in training alone; `false` where it is not said. */
  readonly exported?: boolean;
  /** How the pixels may have been scaled, where the framework leaves that to the code around the model. */
  readonly normalizations?: readonly InputNormalization[];
  /** Whether the handed-in code says them, or they are the usual ones. */
  readonly normalizationsFrom?: 'code' | 'usual';
  /**
   * The stored arrays in the order of the plan's layers, compared by shape before any is read.
   * Throws the student's `weights-do-not-fit`, naming the first array that does not.
   */
  weightsFor(plan: ModelPlan): readonly StoredArray[];
  /** Gives back what is held open; no array can be read afterwards. */
  close(): void;
}
