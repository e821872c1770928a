import type { Kernels } from '../../../src/index.ts';
import { dataset, type Sabotage } from './laboratory.ts';

const { fround } = Math;

type Change = (own: Kernels) => Partial<Kernels>;

const first = (change: Change): Sabotage => ({ kernels: (own) => ({ ...own, ...change(own) }) });
const second = (change: Change): Sabotage => ({ ...first(change), to: 'the second' });

/** Labels as the kernels read them, each moved to the next of three classes. */
function moved(own: Kernels, labels: number, rows: number, call: () => void): void {
  const values = own.i32(labels, rows);
  const before = values.slice();
  values.set(before.map((label) => (label + 1) % 3));
  call();
  own.i32(labels, rows).set(before);
}

/** Faults of code that were thought of after the first ones. */
export const moreSabotages: Readonly<Record<string, readonly [Sabotage, cause: string]>> = {
  'loss: one-hot labels are off by one': [
    first((own) => ({
      softmaxCrossentropy: (logits, labels, loss, rows, columns) =>
        moved(own, labels, rows, () =>
          own.softmaxCrossentropy(logits, labels, loss, rows, columns),
        ),
      softmaxCrossentropyGradient: (p, labels, dx, rows, columns, scale) =>
        moved(own, labels, rows, () =>
          own.softmaxCrossentropyGradient(p, labels, dx, rows, columns, scale),
        ),
    })),
    'what lives there: loss',
  ],
  'loss: smoothing 0.1 becomes 0.11 in the code': [
    second((own) => ({
      smoothedCrossentropy: (logits, labels, loss, rows, columns) =>
        own.smoothedCrossentropy(logits, labels, loss, rows, columns, fround(0.11)),
      smoothedCrossentropyGradient: (p, labels, dx, rows, columns, scale) =>
        own.smoothedCrossentropyGradient(p, labels, dx, rows, columns, scale, fround(0.11)),
    })),
    'what lives there: loss',
  ],
  'gradient: relu passes it where its output is 0': [
    second((own) => ({
      reluGradient(_, dy, dx, length) {
        own.f32(dx, length).set(own.f32(dy, length));
      },
    })),
    'what lives there: gradient',
  ],
  'gradient: pooling gives it to the last of equals': [
    second((own) => ({
      maxPool(x, y, taps, rows, geometry) {
        own.maxPool(x, y, taps, rows, geometry);
        const { height, width, channels, poolHeight, poolWidth } = geometry;
        const { strideY, strideX, outHeight, outWidth } = geometry;
        const images = own.f32(x, rows * height * width * channels);
        const chosen = own.i32(taps, rows * outHeight * outWidth * channels);
        const maxima = own.f32(y, chosen.length);
        for (let at = 0; at < chosen.length; at += 1) {
          const channel = at % channels;
          const place = Math.floor(at / channels);
          const [column, line] = [place % outWidth, Math.floor(place / outWidth) % outHeight];
          const row = Math.floor(place / (outWidth * outHeight));
          for (let tap = 0; tap < poolHeight * poolWidth; tap += 1) {
            const iy = line * strideY + Math.floor(tap / poolWidth);
            const ix = column * strideX + (tap % poolWidth);
            const pixel = ((row * height + iy) * width + ix) * channels + channel;
            if (images[pixel] === maxima[at]) chosen[at] = tap;
          }
        }
      },
    })),
    'what lives there: gradient',
  ],
  'gradient: half of the penalty': [
    second((own) => ({
      regularize: (w, g, length, l1, l2) => own.regularize(w, g, length, l1, l2 / 2),
    })),
    'gradient of conv/kernel',
  ],
  'normalisation: averages move by a tenth, not a hundredth': [
    second((own) => ({
      movingAverage: (average, value, length) => own.movingAverage(average, value, length, 0.9),
    })),
    'what lives there: batch statistics',
  ],
  'normalisation: epsilon 0.001 becomes 0.00001 in the code': [
    second((own) => ({
      batchNormalize: (x, gamma, beta, mean, variance, y, rows, columns) =>
        own.batchNormalize(x, gamma, beta, mean, variance, y, rows, columns, 1e-5),
    })),
    'what lives there: forward pass',
  ],
  'augmentation: three of four images are mirrored': [
    second((own) => ({
      transformImages(x, maps, y, rows, height, width, channels) {
        const values = own.f32(maps, rows * 6);
        for (let row = 0; row < rows; row += 2) {
          values.set([1, 0, 0, 0, -1, width - 1], row * 6);
        }
        own.transformImages(x, maps, y, rows, height, width, channels);
      },
    })),
    'what lives there: augmentation',
  ],
  'optimiser: Adam without its bias correction': [
    second((own) => ({
      adam: (w, g, m, v, length, _, ...rest) => own.adam(w, g, m, v, length, fround(0.01), ...rest),
    })),
    'what lives there: optimiser',
  ],
  'optimiser: decay spares the biases': [
    second((own) => ({
      decayWeights(w, length, factor) {
        if (length > 4) own.decayWeights(w, length, factor);
      },
    })),
    'what lives there: optimiser',
  ],
  'optimiser: a tenth of the rate in the last epoch': [
    {
      program: (program) => ({
        ...program,
        step(indices, moment, watch) {
          const learningRate =
            moment.epoch === 4 ? fround(moment.learningRate / 10) : moment.learningRate;
          return program.step(indices, { ...moment, learningRate }, watch);
        },
      }),
    },
    'loss of epoch 4',
  ],
  'evaluation: a validation example less': [
    {
      program: (program) => ({
        ...program,
        evaluate: (part, from, to) =>
          program.evaluate(part, part === 'train' ? from + 1 : from, to),
      }),
    },
    'what lives there: validation',
  ],
  'evaluation: the test set in reversed order': [
    {
      handed: (own) => {
        const size = own.test.images.length / dataset.test.count;
        const order = Array.from({ length: own.test.count }, (_, at) => own.test.count - 1 - at);
        const images = Uint8Array.from(
          order.flatMap((at) => [...own.test.images.subarray(at * size, (at + 1) * size)]),
        );
        return { ...own, test: { ...own.test, images, labels: own.test.labels.toReversed() } };
      },
    },
    'what lives there: test evaluation',
  ],
};
