import type * as tensorflow from '@tensorflow/tfjs';
import { inferenceIdentityLayers } from '../../../layers/inference-identity.ts';
import type { ModelPlan } from '../../../model/plan.ts';

/** Whether an option of a layer names an activation. */
export const isActivation = (option: string): boolean => option.endsWith('activation');

/** What lets everything through when a network is evaluated. */
export const isIdentity = (className: string): boolean =>
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

/** What TensorFlow.js calls the classes of Keras that a network may have that it evaluates. */
export const FACTORIES: Readonly<Record<string, keyof typeof tensorflow.layers>> = {
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
