import { type Loss, type LossReading, LossSchema, type ModelPlan, planModel } from '@labproof/core';
import type { ReadModel } from '@labproof/submission';

/** How a submitted network's loss is measured, so that it is the number that its `evaluate` prints. */
export interface MeasuredLoss {
  readonly plan: ModelPlan;
  readonly loss: Loss;
  readonly reading: LossReading;
  /** What is unusual about it, in a sentence; `null` where output and loss belong together. */
  readonly note: string | null;
}

/** They give on what they take, and Keras's output with it, when a network is evaluated. */
const GIVES_ON = new Set([
  'ActivityRegularization',
  'AlphaDropout',
  'Dropout',
  'GaussianDropout',
  'GaussianNoise',
  'Identity',
  'SpatialDropout1D',
  'SpatialDropout2D',
]);

/**
 * How Keras measures a network by a loss. A crossentropy is computed from the logits of a last softmax or sigmoid,
 * whichever of them it is and whatever `from_logits` says, with nothing but dropout after it; from other outputs as
 * logits if the loss was told so, else as probabilities: divided by their sum, or clipped. Measured with Keras 3.15.1 and
 * 2.15.0 (docs/keras-files.md). `loss` is the exercise's; of the two categorical crossentropies, which differ on outputs
 * that are no probabilities, the one counts that the model was compiled with.
 */
export function measuredLoss(model: ReadModel, loss: Loss): MeasuredLoss {
  const plan = withoutTail(model.plan);
  if (!isCrossentropy(loss)) return { plan, loss, reading: 'head', note: null };
  const own = ownLoss(model, plan, loss);
  const wanted = own === 'binary_crossentropy' ? 'sigmoid' : 'softmax';
  const head = headOf(plan);
  if (head === wanted) return { plan, loss: own, reading: 'head', note: null };
  const ends = head === null ? 'in no activation' : `in ${head}`;
  const outputs = majorOf(model.kerasVersion) === 2 ? 'outputs of Keras 2' : 'outputs';
  const told = model.trainingConfig?.fromLogits === true;
  // What was saved without its loss, and ends in neither, has been trained on its logits, or not at all.
  const uncompiled = (model.trainingConfig?.loss ?? null) === null && head === null;
  if (head === 'softmax' || head === 'sigmoid') {
    return {
      plan,
      loss: own,
      reading: remembersLogits(model.kerasVersion) ? 'logits' : outputs,
      note: `It ends ${ends} and is measured by ${own}, as Keras does with it${remembersLogits(model.kerasVersion) ? `: from the values before the ${head}` : ''}; usual is ${wanted}.`,
    };
  }
  if (told || uncompiled) {
    const note = told
      ? null
      : `It ends ${ends} and does not say how it was compiled; its outputs were taken for logits.`;
    return own === 'binary_crossentropy'
      ? { plan, loss: own, reading: 'logits', note }
      : { plan: withSoftmax(plan), loss: own, reading: 'head', note };
  }
  return {
    plan,
    loss: own,
    reading: outputs,
    note: `It ends ${ends}, and its ${own} was not told that its outputs are logits (from_logits), so Keras takes them for probabilities; usual is ${wanted}.`,
  };
}

/**
 * The exercise's loss, but for what the model's outputs make of it: one output has a binary crossentropy, two of two classes a
 * categorical one, and of the categorical ones the model's own.
 */
function ownLoss({ trainingConfig }: ReadModel, plan: ModelPlan, loss: Loss): Loss {
  const outputs = plan.outputShape.at(-1);
  if (outputs === 1) return 'binary_crossentropy';
  const compiled = LossSchema.safeParse(trainingConfig?.loss).data;
  const categorical =
    compiled === 'categorical_crossentropy' || compiled === 'sparse_categorical_crossentropy';
  if (loss === 'binary_crossentropy') return outputs === 2 && categorical ? compiled : loss;
  return categorical ? compiled : loss;
}

function isCrossentropy(loss: Loss): boolean {
  return loss.endsWith('crossentropy');
}

/** The last activation: an option of the last layer, or a layer. `null`: none, or linear. */
function headOf(plan: ModelPlan): string | null {
  const last = plan.layers.at(-1);
  if (last === undefined) return null;
  if (last.className === 'Softmax') return 'softmax';
  const { activation } = last.config;
  if (typeof activation === 'string') return activation === 'linear' ? null : activation;
  return ['ReLU', 'LeakyReLU', 'ELU', 'PReLU'].includes(last.className) ? last.className : null;
}

/** Without the layers at the end that compute nothing when a network is evaluated. */
function withoutTail(plan: ModelPlan): ModelPlan {
  const { layers } = plan;
  let count = layers.length;
  while (count > 1) {
    const last = layers[count - 1];
    const isLinear = last?.className === 'Activation' && last.config['activation'] === 'linear';
    if (!isLinear && !GIVES_ON.has(last?.className ?? '')) break;
    if (last?.inbound[0] !== count - 2) break;
    count -= 1;
  }
  return { ...plan, layers: layers.slice(0, count) };
}

/** A softmax changes no predicted class and makes the outputs the probabilities that the loss means. */
function withSoftmax(plan: ModelPlan): ModelPlan {
  const softmax = planModel({
    name: 'softmax',
    layers: [{ class_name: 'Softmax', config: { batch_input_shape: [null, ...plan.outputShape] } }],
  });
  const last = plan.layers.length - 1;
  const appended = softmax.layers.map((layer) => ({ ...layer, inbound: [last] }));
  return { ...plan, layers: [...plan.layers, ...appended] };
}

/**
 * Whether an output remembers the logits of the softmax or sigmoid that it came from (`_keras_logits`), as from Keras 2.4 on.
 * TensorFlow.js does not.
 */
function remembersLogits(kerasVersion: string | null): boolean {
  const [, minor] = /^2\.(\d+)/u.exec(kerasVersion ?? '') ?? [];
  return minor === undefined ? majorOf(kerasVersion) >= 3 : Number(minor) >= 4;
}

/** 0 where no version of Keras is told. */
function majorOf(kerasVersion: string | null): number {
  return Number(/^(\d+)\./u.exec(kerasVersion ?? '')?.[1] ?? 0);
}
