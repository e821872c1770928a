import { z } from 'zod';
import { WindowSchema } from '../../../layers/window.ts';
import { activationOperation, clippedRelu, elu, leakyRelu } from './activations.ts';
import { batchNormalization } from './batch-normalization.ts';
import { dropoutOperation } from './dropout.ts';
import { pure, type TfjsLayer } from './layer.ts';
import {
  averagePooling,
  globalAveragePooling,
  globalMaxPooling,
  maxPooling,
  reshaped,
  zeroPadding,
} from './pooling.ts';
import type { Tensor4D } from '../tensorflow.ts';

const ReluOptions = z.object({ max_value: z.number().nullable(), negative_slope: z.number() });
const AlphaOptions = z.object({ alpha: z.number() });

const activation: TfjsLayer = {
  kernels: [],
  build: ({ config }, { tf }) => activationOperation(tf, config['activation']),
};

const dense: TfjsLayer = {
  kernels: [],
  build: ({ config }, { tf }) => [
    {
      kind: 'other',
      forward(x, { weights: [kernel, bias] }) {
        if (kernel === undefined) throw new Error('a dense layer without a kernel');
        const product = tf.matMul(x, kernel);
        return bias === undefined ? product : tf.add(product, bias);
      },
    },
    ...activationOperation(tf, config['activation']),
  ],
};

const conv2d: TfjsLayer = {
  // The wasm backend has the other two kernels of a convolution, but not this one.
  kernels: ['Conv2DBackpropFilter'],
  build({ config }, { tf }) {
    const { kernel_size: size, strides: steps, padding: edges } = config;
    const { strides, padding } = WindowSchema.parse({ size, strides: steps, padding: edges });
    return [
      {
        kind: 'other',
        forward(x, { weights: [kernel, bias] }) {
          if (kernel === undefined) throw new Error('a convolution without a kernel');
          const maps = tf.conv2d(x as Tensor4D, kernel as Tensor4D, strides, padding);
          return bias === undefined ? maps : tf.add(maps, bias);
        },
      },
      ...activationOperation(tf, config['activation']),
    ];
  },
};

const dropout: TfjsLayer = {
  kernels: [],
  build(layer, context) {
    const rate = z.number().parse(layer.config['rate']);
    return rate === 0 ? [] : [dropoutOperation(rate, layer, context)];
  },
};

const relu: TfjsLayer = {
  kernels: [],
  build({ config }, { tf }) {
    const { max_value: maximum, negative_slope: slope } = ReluOptions.parse(config);
    const bend = maximum === null ? leakyRelu(slope) : clippedRelu(maximum);
    return [pure((x) => (maximum === null && slope === 0 ? tf.relu(x) : bend(tf, x)))];
  },
};

const withAlpha = (make: typeof elu): TfjsLayer => ({
  kernels: [],
  build({ config }, { tf }) {
    const bend = make(AlphaOptions.parse(config).alpha);
    return [pure((x) => bend(tf, x))];
  },
});

const RescalingOptions = z.object({ scale: z.number(), offset: z.number() });

const rescaling: TfjsLayer = {
  kernels: [],
  build({ config }, { tf }) {
    const { scale, offset } = RescalingOptions.parse(config);
    return [pure((x) => tf.add(tf.mul(x, scale), offset))];
  },
};

const reshape: TfjsLayer = { kernels: [], build: (layer, { tf }) => reshaped(layer, tf) };

/** Every layer class that Labproof trains, in TensorFlow.js ops, by its Keras name. */
export const tfjsLayers: ReadonlyMap<string, TfjsLayer> = new Map([
  ['Activation', activation],
  ['AveragePooling2D', averagePooling],
  ['BatchNormalization', batchNormalization],
  ['Conv2D', conv2d],
  ['Dense', dense],
  ['Dropout', dropout],
  ['ELU', withAlpha(elu)],
  ['Flatten', reshape],
  ['GlobalAveragePooling2D', globalAveragePooling],
  ['GlobalMaxPooling2D', globalMaxPooling],
  ['LeakyReLU', withAlpha(leakyRelu)],
  ['MaxPooling2D', maxPooling],
  ['ReLU', relu],
  ['Rescaling', rescaling],
  ['Reshape', reshape],
  ['Softmax', { kernels: [], build: (_, { tf }) => activationOperation(tf, 'softmax') }],
  ['ZeroPadding2D', zeroPadding],
]);
