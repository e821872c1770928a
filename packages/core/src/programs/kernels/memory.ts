import type { Dataset } from '../../datasets/dataset.ts';
import { CountingKernels } from '../../engines/counting.ts';
import { sizeOf } from '../../layers/layer.ts';
import type { ModelPlan } from '../../model/plan.ts';
import type { Recipe } from '../../recipe/recipe.ts';
import type { EvaluationMemory } from '../predictions.ts';
import { createLoss } from './loss.ts';
import { Network } from './network.ts';
import { createOptimizer } from './optimizer.ts';
import { evaluationRows, trainingRows } from '../rows.ts';

/** Bytes that a trial takes in an engine's memory, computed before anything is allocated. */
export interface TrainingMemory {
  readonly weights: number;
  readonly gradients: number;
  /** The optimiser's running averages. */
  readonly slots: number;
  /** Examples of one pass: the batch, or more where there is room. */
  readonly rows: number;
  /** Outputs of the layers, their gradients, masks, and everything else that grows with these rows. */
  readonly activations: number;
  /** A batch of training and one of test images, as bytes and as floats. */
  readonly data: number;
  readonly total: number;
}

/** What is asked of a dataset whose images need not be there yet. */
export type DataSize = {
  readonly train: { readonly count: number };
  readonly test: { readonly count: number };
} & Pick<Dataset, 'imageShape'>;

export function trainingMemory(plan: ModelPlan, recipe: Recipe, dataset: DataSize): TrainingMemory {
  const rows = trainingRows(plan, recipe);
  const counting = new CountingKernels();
  const { kernels } = counting;
  const network = new Network(kernels, plan, { rows, training: true, seed: 0 });
  const trained = network.parameters.filter(({ trainable }) => trainable);
  createLoss(recipe, kernels, network, rows);
  const weights = bytesOf(network.parameters);
  const gradients = bytesOf(trained);
  const activations = counting.bytes - weights - gradients;
  const slots = bytesOf(createOptimizer(recipe, trained, kernels).slots);
  const size = sizeOf(dataset.imageShape);
  const copies = recipe.augmentation === undefined ? 2 : 3;
  const data = 2 * rows * size + copies * rows * size * 4;
  const total = weights + gradients + slots + activations + data;
  return { weights, gradients, slots, rows, activations, data, total };
}

/** What evaluating a network takes, as its own construction says. */
export function kernelEvaluationMemory(plan: ModelPlan): EvaluationMemory {
  const counting = new CountingKernels();
  const options = { rows: evaluationRows(plan), training: false, seed: 0 };
  const weights = bytesOf(new Network(counting.kernels, plan, options).parameters);
  return { weights, activations: counting.bytes - weights };
}

function bytesOf(arrays: readonly { readonly length: number }[]): number {
  return arrays.reduce((sum, { length }) => sum + length * 4, 0);
}
