import type * as tensorflow from '@tensorflow/tfjs';
import type { DatasetSplit } from '../../dataset.ts';
import type { ModelPlan, PlannedLayer } from '../../model/plan.ts';
import type { InputScale, Loss } from '../../recipe.ts';
import { scaleTable } from '../../training/batches.ts';
import { EVALUATION_ROWS, type Predictions } from '../../training/evaluate.ts';
import { inferenceIdentityLayers } from '../../layers/inference-identity.ts';
import type { TensorFlow } from './tensorflow.ts';

/** Keras's `epsilon`: probabilities are clipped at it before their logarithm is taken. */
const EPSILON = 1e-7;

/**
 * Evaluates a planned network with TensorFlow.js: close to what every other program computes, not the same bits.
 * The network is built anew from the plan, layer by layer; nothing that was submitted is deserialised.
 */
export function evaluateWithTensorFlow(
  tf: TensorFlow,
  work: {
    readonly plan: ModelPlan;
    readonly weights: readonly Float32Array[];
    readonly split: DatasetSplit;
    readonly inputScale: InputScale;
    readonly loss: Loss;
  },
): Predictions {
  const { plan, weights, split, inputScale, loss } = work;
  const model = buildModel(tf, plan, weights);
  try {
    const table = scaleTable(inputScale);
    const size = split.images.length / split.count;
    const predicted = new Uint8Array(split.count);
    const confidence = new Float32Array(split.count);
    let lossSum = 0;
    let correct = 0;
    for (let start = 0; start < split.count; start += EVALUATION_ROWS) {
      const rows = Math.min(EVALUATION_ROWS, split.count - start);
      const bytes = split.images.subarray(start * size, (start + rows) * size);
      const outputs = tf.tidy(() => {
        const x = tf.tensor(
          Float32Array.from(bytes, (byte) => table[byte] ?? 0),
          [rows, ...plan.inputShape],
        );
        const y = model.predict(x);
        return (Array.isArray(y) ? y[0] : y)?.dataSync() ?? new Float32Array();
      });
      const classes = outputs.length / rows;
      for (let row = 0; row < rows; row += 1) {
        const label = split.labels[start + row] ?? 0;
        const values = Array.from(outputs.subarray(row * classes, (row + 1) * classes));
        const best = values.reduce((top, value, at) => (value > (values[top] ?? 0) ? at : top), 0);
        predicted[start + row] = best;
        confidence[start + row] = values[best] ?? 0;
        if (best === label) correct += 1;
        lossSum += lossOf(loss, values, label);
      }
    }
    return { loss: lossSum / split.count, accuracy: correct / split.count, predicted, confidence };
  } finally {
    model.dispose();
  }
}

/** The loss of one example, from its outputs. */
function lossOf(loss: Loss, values: readonly number[], label: number): number {
  const mean = (term: (value: number, target: number) => number): number =>
    values.reduce((sum, value, at) => sum + term(value, Number(at === label)), 0) / values.length;
  const logarithm = (p: number): number => Math.log(Math.min(Math.max(p, EPSILON), 1 - EPSILON));
  if (loss === 'mean_squared_error') return mean((value, target) => (value - target) ** 2);
  if (loss === 'mean_absolute_error') return mean((value, target) => Math.abs(value - target));
  if (loss === 'binary_crossentropy')
    return mean((value, target) => -logarithm(target === 1 ? value : 1 - value));
  return -logarithm(values[label] ?? 0);
}

function buildModel(
  tf: TensorFlow,
  plan: ModelPlan,
  weights: readonly Float32Array[],
): tensorflow.LayersModel {
  const input = tf.input({ shape: [...plan.inputShape] });
  const layers: (tensorflow.layers.Layer | null)[] = [];
  const values: tensorflow.SymbolicTensor[] = [];
  for (const [index, planned] of plan.layers.entries()) {
    const inputs = planned.inbound.map((place) => (place === -1 ? input : values[place]) ?? input);
    const layer =
      planned.sharedWith === null
        ? makeLayer(tf, planned, `l${index}`)
        : (layers[planned.sharedWith] ?? null);
    layers.push(layer);
    const [first = input] = inputs;
    const output = layer === null ? first : layer.apply(inputs.length === 1 ? first : inputs);
    const value = (Array.isArray(output) ? output[0] : output) as tensorflow.SymbolicTensor;
    if (value.shape.slice(1).join() !== planned.outputShape.join()) {
      throw new Error(`${planned.className} was planned with another shape than it has`);
    }
    values.push(value);
  }
  let next = 0;
  for (const [index, { weights: specs, sharedWith }] of plan.layers.entries()) {
    if (sharedWith !== null || specs.length === 0) continue;
    tf.tidy(() => {
      const tensors = specs.map(({ shape }) =>
        tf.tensor(weights[next++] ?? new Float32Array(), [...shape]),
      );
      layers[index]?.setWeights(tensors);
    });
  }
  return tf.model({ inputs: input, outputs: values.at(-1) ?? input });
}

/** A layer of TensorFlow.js with the options of the plan; `null` for what is the identity when evaluating. */
function makeLayer(
  tf: TensorFlow,
  planned: PlannedLayer,
  name: string,
): tensorflow.layers.Layer | null {
  const { className, config, inputShape } = planned;
  if (isIdentity(className)) return null;
  // Keras lets vectors pass, TensorFlow.js does not.
  if (className === 'Flatten' && inputShape.length === 1) return null;
  if (className === 'LeakyReLU')
    return tf.layers.leakyReLU({ alpha: Number(config['alpha']), name });
  if (className === 'ReLU')
    return tf.layers.reLU({ maxValue: Number(config['max_value'] ?? Infinity), name });
  const factory = FACTORIES[className];
  if (factory === undefined) throw new Error(`${className} is not evaluated by TensorFlow.js`);
  const options = Object.entries(config).map(([option, value]) => [
    camelCase(option),
    isActivation(option) && typeof value === 'string' ? camelCase(value) : value,
  ]);
  const make = tf.layers[factory] as (options: object) => tensorflow.layers.Layer;
  return make({ ...Object.fromEntries(options), name });
}

const isActivation = (option: string): boolean => option.endsWith('activation');

const isIdentity = (className: string): boolean =>
  className === 'Dropout' || inferenceIdentityLayers.some((layer) => layer.className === className);

/** What is in a network that TensorFlow.js does not evaluate, in words; `null` where it evaluates all of it. */
export function obstacleToTensorFlow(plan: ModelPlan): string | null {
  for (const { className, config, name } of plan.layers) {
    const known =
      isIdentity(className) ||
      ['LeakyReLU', 'ReLU'].includes(className) ||
      Object.hasOwn(FACTORIES, className);
    if (!known) return `the layer "${name}" (${className})`;
    const activation = Object.entries(config).find(
      ([option, value]) => isActivation(option) && !ACTIVATIONS.has(String(value)),
    );
    if (activation !== undefined) return `the activation ${String(activation[1])} of "${name}"`;
    if (config['keepdims'] === true) return `the option keepdims of "${name}"`;
    if (className === 'ReLU' && config['negative_slope'] !== 0)
      return `the option negative_slope of "${name}"`;
  }
  return null;
}

/** Activations that TensorFlow.js computes as Keras does. */
const ACTIVATIONS: ReadonlySet<string> = new Set([
  'elu',
  'hard_sigmoid',
  'linear',
  'relu',
  'relu6',
  'selu',
  'sigmoid',
  'softmax',
  'softplus',
  'softsign',
  'swish',
  'tanh',
]);

function camelCase(name: string): string {
  return name.replaceAll(/_([a-z])/gu, (_, letter: string) => letter.toUpperCase());
}

/** What TensorFlow.js calls the classes of Keras that a network may have that it evaluates. */
const FACTORIES: Readonly<Record<string, keyof typeof tensorflow.layers>> = {
  Activation: 'activation',
  Add: 'add',
  Average: 'average',
  AveragePooling1D: 'averagePooling1d',
  AveragePooling2D: 'averagePooling2d',
  BatchNormalization: 'batchNormalization',
  Concatenate: 'concatenate',
  Conv1D: 'conv1d',
  Conv2D: 'conv2d',
  Conv2DTranspose: 'conv2dTranspose',
  Cropping2D: 'cropping2D',
  Dense: 'dense',
  DepthwiseConv2D: 'depthwiseConv2d',
  ELU: 'elu',
  Flatten: 'flatten',
  GlobalAveragePooling1D: 'globalAveragePooling1d',
  GlobalAveragePooling2D: 'globalAveragePooling2d',
  GlobalMaxPooling1D: 'globalMaxPooling1d',
  GlobalMaxPooling2D: 'globalMaxPooling2d',
  LayerNormalization: 'layerNormalization',
  LSTM: 'lstm',
  MaxPooling1D: 'maxPooling1d',
  MaxPooling2D: 'maxPooling2d',
  Maximum: 'maximum',
  Minimum: 'minimum',
  Multiply: 'multiply',
  PReLU: 'prelu',
  Permute: 'permute',
  RepeatVector: 'repeatVector',
  Rescaling: 'rescaling',
  Reshape: 'reshape',
  SeparableConv2D: 'separableConv2d',
  SimpleRNN: 'simpleRNN',
  Softmax: 'softmax',
  UpSampling2D: 'upSampling2d',
  ZeroPadding2D: 'zeroPadding2d',
};
