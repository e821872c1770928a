import type { Dataset, DatasetSplit } from '../datasets/dataset.ts';
import { arrayDigest, weightsDigest } from '../digest.ts';
import type { Kernels } from '../engines/kernels.ts';
import { evaluate } from '../programs/kernels/evaluate.ts';
import { initialWeights } from '../training/initial-weights.ts';
import type { TrainingPlan } from '../training/training-plan.ts';
import type { FinishedTrial } from './trial-cache.ts';

/**
 * Looks whether a trial that was kept without a checksum is what its recipe and its weights give: the initial weights,
 * the number of epochs, the last validation and the test are computed again. What only training could tell, the other
 * numbers of the history, is taken as it is. Gives the trial with the digest of its predicted classes, or `null`.
 */
export function recheckTrial(options: {
  readonly kernels: Kernels;
  readonly plan: TrainingPlan;
  readonly dataset: Dataset;
  readonly trial: FinishedTrial;
}): FinishedTrial | null {
  const { kernels, plan, dataset, trial } = options;
  const { recipe, model } = plan;
  const { result, weights } = trial;
  kernels.reset();
  const initial = weightsDigest(initialWeights(kernels, model, result.seed));
  if (initial !== result.initialDigest || !hasEpochs(plan, result.history)) return null;
  const on = (split: DatasetSplit): ReturnType<typeof evaluate> =>
    evaluate({
      kernels,
      plan: model,
      weights,
      split,
      inputScale: recipe.inputScale,
      loss: recipe.loss,
      labelSmoothing: recipe.labelSmoothing,
    });
  const { loss, accuracy, predicted } = on(dataset.test);
  if (loss !== result.test.loss || accuracy !== result.test.accuracy) return null;
  const last = result.history.at(-1);
  // Weights that early stopping put back are not those of the last epoch.
  if (last !== undefined && recipe.earlyStopping === undefined) {
    const validation =
      recipe.validation.from === 'test' ? { loss, accuracy } : validationOf(plan, dataset, on);
    if (last.valLoss !== validation.loss || last.valAccuracy !== validation.accuracy) return null;
  }
  const test = { ...result.test, classesDigest: arrayDigest([predicted]) };
  return { result: { ...result, test }, weights };
}

function hasEpochs({ recipe }: TrainingPlan, history: FinishedTrial['result']['history']): boolean {
  const ends = history.length === recipe.epochs || recipe.earlyStopping !== undefined;
  return ends && history.every(({ epoch }, index) => epoch === index + 1);
}

function validationOf(
  { recipe }: TrainingPlan,
  { train }: Dataset,
  on: (split: DatasetSplit) => { readonly loss: number; readonly accuracy: number },
): { readonly loss: number | null; readonly accuracy: number | null } {
  if (recipe.validation.from !== 'split') return { loss: null, accuracy: null };
  const to = Math.min(recipe.trainLimit ?? train.count, train.count);
  const from = Math.trunc(to * (1 - recipe.validation.share));
  const size = train.images.length / train.count;
  return on({
    images: train.images.subarray(from * size, to * size),
    labels: train.labels.subarray(from, to),
    count: to - from,
  });
}
