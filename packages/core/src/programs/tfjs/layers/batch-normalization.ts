import { z } from 'zod';
import type { LayerPass, TfjsLayer } from './layer.ts';
import type { Tensor } from '../tensorflow.ts';

const OptionsSchema = z.object({
  momentum: z.number(),
  epsilon: z.number(),
  center: z.boolean(),
  scale: z.boolean(),
});

/** Over all axes but the last; the moving averages as our own layer moves them, towards the biased variance. */
export const batchNormalization: TfjsLayer = {
  kernels: [],
  build({ config }, { tf }) {
    const { momentum, epsilon, center, scale } = OptionsSchema.parse(config);
    const kept = Math.fround(momentum);
    const movingMean = Number(scale) + Number(center);
    const moved = (average: Tensor, value: Tensor): Tensor =>
      tf.add(tf.mul(average, kept), tf.mul(value, 1 - kept));

    function moments(x: Tensor, pass: LayerPass): { mean: Tensor; variance: Tensor } {
      const [mean, variance] = pass.weights.slice(movingMean);
      if (mean === undefined || variance === undefined) {
        throw new Error('a batch normalisation without its averages');
      }
      if (!pass.training) return { mean, variance };
      const axes = x.shape.slice(0, -1).map((_, axis) => axis);
      const batchMean = tf.mean(x, axes);
      const batchVariance = tf.mean(tf.square(tf.sub(x, batchMean)), axes);
      pass.replaceWeight(movingMean, moved(mean, batchMean));
      pass.replaceWeight(movingMean + 1, moved(variance, batchVariance));
      return { mean: batchMean, variance: batchVariance };
    }

    return [
      {
        kind: 'other',
        forward(x, pass) {
          const [first, second] = pass.weights;
          const gamma = scale ? first : undefined;
          const beta = scale ? second : first;
          const { mean, variance } = moments(x, pass);
          const normal = tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, epsilon)));
          const scaled = gamma === undefined ? normal : tf.mul(normal, gamma);
          return center && beta !== undefined ? tf.add(scaled, beta) : scaled;
        },
      },
    ];
  },
};
