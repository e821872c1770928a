import { z } from 'zod';
import { activationOperation } from './activations.ts';
import { dropoutOperation } from './dropout.ts';
import { pure, type TfjsLayer } from './layer.ts';

/** Every layer class that Labproof trains, in TensorFlow.js ops, by its Keras name. */
export const tfjsLayers: ReadonlyMap<string, TfjsLayer> = new Map<string, TfjsLayer>([
  [
    'Activation',
    {
      kernels: [],
      build: ({ config }, { tf }) => activationOperation(tf, config['activation']),
    },
  ],
  [
    'Dense',
    {
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
    },
  ],
  [
    'Dropout',
    {
      kernels: [],
      build(layer, context) {
        const rate = z.number().parse(layer.config['rate']);
        return rate === 0 ? [] : [dropoutOperation(rate, layer, context)];
      },
    },
  ],
  [
    'Flatten',
    {
      kernels: [],
      build: ({ outputShape }) => [pure((x) => x.reshape([x.shape[0] ?? 1, ...outputShape]))],
    },
  ],
]);
