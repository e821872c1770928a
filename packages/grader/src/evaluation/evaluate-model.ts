import {
  evaluate,
  type Dataset,
  type DatasetSplit,
  type InputScale,
  type Kernels,
  type Loss,
  type ModelPlan,
} from '@labproof/core';
import { evaluateWithTensorFlow } from '@labproof/core/tensorflow';
import type { Evaluation } from './evaluation.ts';
import type { ReadModel, Refusal } from '@labproof/submission';
import { describeTensorFlow } from './open-tensorflow.ts';
import { endsInSoftmax, withProbabilities } from './probabilities.ts';
import { graderErrors } from '../errors.ts';

/** The parts of a dataset that grading needs. */
export type GradingDataset = Pick<
  Dataset,
  'id' | 'title' | 'classes' | 'imageShape' | 'test' | 'digest'
> & {
  /** A second test set, made of the first by the instructor's secret. */
  readonly hidden?: DatasetSplit;
};

/** What a model does on the test set, or why that cannot be said of it. */
export type EvaluationResult =
  | {
      readonly evaluation: Evaluation;
      /** `[count]`: the predicted class of each test image. */
      readonly predicted: Uint8Array;
      readonly impossible: null;
    }
  | { readonly evaluation: null; readonly impossible: Refusal };

const EXAMPLES = 60;

/**
 * Evaluates a submitted model on a dataset's test split. `impossible` when the model itself is the reason that
 * no number comes out: NaN weights, another input size, no probabilities where the loss needs them.
 */
export function evaluateModel(options: {
  model: ReadModel;
  dataset: GradingDataset;
  scale: InputScale;
  loss: Loss;
  kernels: Kernels;
}): EvaluationResult {
  const { model, dataset, scale, loss, kernels } = options;
  const plan = withProbabilities(model);
  const impossible = obstacle(model, plan, dataset, loss);
  if (impossible !== null) return { evaluation: null, impossible };
  const { test } = dataset;
  const work = { plan, weights: [...model.weights], split: test, inputScale: scale, loss };
  const { tensorFlow } = model;
  const result =
    tensorFlow === null
      ? evaluate({ kernels, ...work })
      : evaluateWithTensorFlow(tensorFlow.tf, work);
  if (!Number.isFinite(result.loss)) {
    return {
      evaluation: null,
      impossible: graderErrors.remark('model-overflows', {
        message: `The loss of ${model.path} on the test set is not a finite number.`,
        fix: 'Train again with a smaller learning rate and hand in a model whose loss is a number.',
      }),
    };
  }
  return {
    evaluation: {
      dataset: dataset.id,
      scale,
      loss: result.loss,
      accuracy: result.accuracy,
      ...(tensorFlow === null ? {} : { evaluatedBy: describeTensorFlow(tensorFlow) }),
      ...mistakes(dataset, result.predicted, result.confidence),
    },
    predicted: result.predicted,
    impossible: null,
  };
}

function obstacle(
  model: ReadModel,
  plan: ModelPlan,
  dataset: GradingDataset,
  loss: Loss,
): Refusal | null {
  const { path } = model;
  if (model.nonFinite > 0) {
    return graderErrors.remark('model-not-finite', {
      message: `${model.nonFinite} of the ${plan.parameters} weights in ${path} are not numbers (NaN or infinite), so the model predicts nothing.`,
      fix: 'Training has diverged: train again, and look at the loss after every epoch before saving.',
    });
  }
  const inputs = size(plan.inputShape);
  if (inputs !== size(dataset.imageShape)) {
    return graderErrors.remark('model-input-size', {
      message: `${path} takes ${inputs} values an image, but an image of ${dataset.title} has ${size(dataset.imageShape)}.`,
      fix: `Train on ${dataset.title} as the exercise says.`,
    });
  }
  if (plan.outputShape.length !== 1 || plan.outputShape[0] !== dataset.classes.length) {
    return graderErrors.remark('model-output-size', {
      message: `${path} gives outputs of the shape [${plan.outputShape.join(', ')}], but ${dataset.title} has ${dataset.classes.length} classes.`,
      fix: `End the network with a layer of ${dataset.classes.length} units.`,
    });
  }
  if (loss.endsWith('categorical_crossentropy') && !endsInSoftmax(plan)) {
    return graderErrors.remark('model-without-softmax', {
      message: `${path} does not end in a softmax, so its outputs are no probabilities and its ${loss} cannot be measured.`,
      fix: 'Give the last layer the activation softmax, train again and hand in that model.',
    });
  }
  return null;
}

function mistakes(
  dataset: GradingDataset,
  predicted: Uint8Array,
  confidence: Float32Array,
): Pick<Evaluation, 'misclassified' | 'confusion' | 'examples'> {
  const classes = dataset.classes.length;
  const confusion = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0));
  const wrong: Evaluation['examples'] = [];
  for (let index = 0; index < dataset.test.count; index += 1) {
    const label = dataset.test.labels[index] ?? 0;
    const guess = predicted[index] ?? 0;
    const row = confusion[label];
    if (row !== undefined) row[guess] = (row[guess] ?? 0) + 1;
    if (guess !== label) {
      wrong.push({ index, label, predicted: guess, confidence: confidence[index] ?? 0 });
    }
  }
  return {
    misclassified: wrong.length,
    confusion,
    examples: wrong
      .toSorted((a, b) => b.confidence - a.confidence || a.index - b.index)
      .slice(0, EXAMPLES),
  };
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}
