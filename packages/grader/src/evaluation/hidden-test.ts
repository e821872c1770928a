import type { Kernels } from '@labproof/core';
import type { Lab } from '@labproof/lab';
import {
  type SubmittedModel,
  formatCount,
  formatDecimal,
  formatPercent,
} from '@labproof/submission';
import type { Evaluation, HiddenTest } from './evaluation.ts';
import type { EvaluationBudget } from './evaluation-budget.ts';
import type { GradingWork } from '../checks/stopped-work.ts';
import { type GradingDataset, evaluateModel } from './evaluate-model.ts';

/**
 * A model may make so many times its mistakes on the hidden images. Measured on MNIST: seven perceptrons and a
 * convolutional network trained as asked make 1.7 to 2.4 times their mistakes there; perceptrons that were also trained
 * on the test images, 80 times and more.
 */
export const MOST_TIMES = 6;
/** Standard deviations that the mistakes must lie above that, so that a few images decide nothing. */
const DEVIATIONS = 3;

/**
 * What a model does on the hidden images of its exercise, beside its evaluation on the test images; `null` where
 * there are none, it cannot be evaluated, the budget is spent or it was ended from outside. Evidence for a person: it changes no points.
 */
export function hiddenTest(options: {
  lab: Lab;
  exercise: string;
  model: SubmittedModel;
  plain: Evaluation | null;
  /** By dataset id; those of a grading with a secret have hidden images. */
  datasets: ReadonlyMap<string, GradingDataset>;
  kernels: Kernels;
  budget: EvaluationBudget;
  pieces: GradingWork;
}): HiddenTest | null {
  const { lab, exercise: id, model, plain, datasets, kernels, budget, pieces } = options;
  const exercise = lab.exercises.find((candidate) => candidate.id === id);
  const dataset = datasets.get(exercise?.recipe.dataset ?? '');
  if (exercise === undefined || plain === null || model.state !== 'read') return null;
  if (dataset?.hidden === undefined) return null;
  const piece = { kind: 'evaluation', path: model.path, hidden: true } as const;
  if (pieces.refusal(piece) !== null || budget.take(model, dataset.hidden.count) !== null) {
    return null;
  }
  const end = pieces.begin(piece);
  const { evaluation } = evaluateModel({
    model,
    dataset: { ...dataset, test: dataset.hidden },
    scale: plain.scale === 'raw' ? 'raw' : '1/255',
    loss: exercise.recipe.loss,
    labelSmoothing: exercise.recipe.labelSmoothing,
    kernels,
  });
  end();
  if (evaluation === null) return null;
  const { accuracy, misclassified } = evaluation;
  return {
    images: dataset.hidden.count,
    accuracy,
    misclassified,
    implausible: isImplausible(plain.misclassified, misclassified),
  };
}

/** Whether so many more mistakes on the hidden images are what no training by the recipe explains. */
export function isImplausible(plain: number, hidden: number): boolean {
  const variance = hidden + MOST_TIMES ** 2 * plain;
  return hidden - MOST_TIMES * plain > DEVIATIONS * Math.sqrt(variance);
}

/** What is remarkable about the two numbers, and what it does not prove. */
export function hiddenTestMessage(plain: Evaluation, hidden: HiddenTest): string {
  const times = formatDecimal(hidden.misclassified / Math.max(1, plain.misclassified), 1);
  return `The model makes ${formatCount(plain.misclassified)} mistakes on the test images and ${formatCount(hidden.misclassified)}, ${times} times as many, on the hidden ones (${formatPercent(plain.accuracy)} and ${formatPercent(hidden.accuracy)}). Networks trained by the recipe make up to ${MOST_TIMES} times as many; those that were trained on the test images look like this, and so may one that is very sensitive to small shifts. This needs manual grading.`;
}
