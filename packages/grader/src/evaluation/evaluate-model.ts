import {
  evaluate,
  type Dataset,
  type DatasetSplit,
  type EvaluationTask,
  type InputScale,
  type Kernels,
  type Loss,
  type Predictions,
} from '@labproof/core';
import { evaluateWithTensorFlow } from '@labproof/core/tensorflow';
import type { Evaluation } from './evaluation.ts';
import { bestNormalization, type WeightedPlan, withNormalization } from './normalized-inputs.ts';
import type { ReadModel, Refusal } from '@labproof/submission';
import { describeTensorFlow } from './open-tensorflow.ts';
import { measuredLoss } from './keras-loss.ts';
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

/** A model, and what it is evaluated on. */
interface ModelAndData {
  readonly model: ReadModel;
  readonly dataset: GradingDataset;
  readonly scale: InputScale;
  readonly loss: Loss;
  /** That of the exercise's recipe. */
  readonly labelSmoothing?: number | undefined;
}

/**
 * Evaluates a submitted model on a dataset's test split. `impossible` when the model itself is the reason that
 * no number comes out: NaN weights, another input size, a loss that overflows.
 */
export function evaluateModel(options: ModelAndData & { kernels: Kernels }): EvaluationResult {
  const { kernels, model } = options;
  const { tensorFlow } = model;
  const steps = evaluationSteps(options);
  for (let step = steps.next(); ;) {
    if (step.done === true) return step.value;
    const task = step.value;
    step = steps.next(
      tensorFlow === null
        ? evaluate({ kernels, ...task })
        : evaluateWithTensorFlow(tensorFlow.tf, task),
    );
  }
}

/** The same where somebody else computes what a network does on a split, to the same bits. */
export async function evaluateModelBy(
  run: (task: EvaluationTask) => Promise<Predictions>,
  options: ModelAndData,
): Promise<EvaluationResult> {
  const steps = evaluationSteps(options);
  for (let step = steps.next(); ;) {
    if (step.done === true) return step.value;
    step = steps.next(await run(step.value));
  }
}

/** Asks for what has to be computed, one task after the other, and comes to the result. */
function* evaluationSteps({
  model,
  dataset,
  scale,
  loss,
  labelSmoothing: share,
}: ModelAndData): Generator<EvaluationTask, EvaluationResult, Predictions> {
  const impossible = obstacle(model, dataset, loss);
  if (impossible !== null) return { evaluation: null, impossible };
  const { note, ...measured } = measuredLoss(model, loss);
  const labelSmoothing = measured.loss.endsWith('categorical_crossentropy') ? share : undefined;
  const { test } = dataset;
  const { tensorFlow } = model;
  const task = (candidate: WeightedPlan, split: DatasetSplit): EvaluationTask => {
    const weights = [...candidate.weights];
    const { plan } = candidate;
    return { ...measured, labelSmoothing, plan, weights, split, inputScale: scale };
  };
  const network = { plan: measured.plan, weights: model.weights };
  const chosen = scale === 'raw' ? null : yield* bestNormalization(model, network, test, task);
  const result = yield task(chosen === null ? network : withNormalization(network, chosen), test);
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
      ...(chosen === null ? {} : { inputs: chosen }),
      loss: result.loss,
      accuracy: result.accuracy,
      ...(tensorFlow === null ? {} : { evaluatedBy: describeTensorFlow(tensorFlow) }),
      ...(note === null ? {} : { note }),
      ...mistakes(dataset, result.predicted, result.confidence),
    },
    predicted: result.predicted,
    impossible: null,
  };
}

function obstacle(model: ReadModel, dataset: GradingDataset, loss: Loss): Refusal | null {
  const { path, plan } = model;
  if (model.nonFinite > 0) {
    return graderErrors.remark('model-not-finite', {
      message: `${model.nonFinite} of the ${plan.parameters} weights in ${path} are not numbers (NaN or infinite), so the model predicts nothing.`,
      fix: 'Training has diverged: train again, and look at the loss after every epoch before saving.',
    });
  }
  const inputs = size(plan.inputShape);
  if (inputs !== size(dataset.imageShape) || isTurned(plan.inputShape, dataset.imageShape)) {
    return graderErrors.remark('model-input-size', {
      message: `${path} takes ${inputs} values an image${plan.inputShape.length > 1 ? ` as [${plan.inputShape.join(', ')}]` : ''}, but an image of ${dataset.title} has ${size(dataset.imageShape)} as [${dataset.imageShape.join(', ')}].`,
      fix: `Train on ${dataset.title} as the exercise says.`,
    });
  }
  const [outputs] = plan.outputShape;
  const classes = dataset.classes.length;
  // One output tells two classes apart, where the loss knows of it.
  const isBinary = outputs === 1 && classes === 2 && loss.endsWith('crossentropy');
  if (plan.outputShape.length !== 1 || (outputs !== classes && !isBinary)) {
    return graderErrors.remark('model-output-size', {
      message: `${path} gives outputs of the shape [${plan.outputShape.join(', ')}], but ${dataset.title} has ${classes} classes.`,
      fix: `End the network with a layer of ${classes} units.`,
    });
  }
  return null;
}

/** The same extents in another order, as where channels come first: the values of an image would come in a wrong order. */
function isTurned(input: readonly number[], image: readonly number[]): boolean {
  const own = input.filter((extent) => extent !== 1);
  const wanted = image.filter((extent) => extent !== 1);
  const sorted = (extents: readonly number[]): string => extents.toSorted((a, b) => a - b).join();
  return sorted(own) === sorted(wanted) && own.join() !== wanted.join();
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
      // Of outputs that are no probabilities the nearest that is one.
      const sure = Math.min(1, Math.max(0, confidence[index] ?? 0));
      wrong.push({ index, label, predicted: guess, confidence: sure });
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
