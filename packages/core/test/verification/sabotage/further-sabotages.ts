import type { Dataset, DatasetSplit, Kernels } from '../../../src/index.ts';
import { evaluation, type Sabotage } from './laboratory.ts';

const { fround } = Math;

const kernels = (change: (own: Kernels) => Partial<Kernels>, to?: Sabotage['to']): Sabotage => ({
  kernels: (own) => ({ ...own, ...change(own) }),
  ...(to === undefined ? {} : { to }),
});

/** Only what is done while a program evaluates. */
const whileEvaluating = (
  change: (own: Kernels, evaluating: () => boolean) => Partial<Kernels>,
  to?: Sabotage['to'],
): Sabotage => {
  let evaluating = false;
  return {
    ...kernels((own) => change(own, () => evaluating), to),
    program: (program) => ({
      ...program,
      evaluate(...asked) {
        evaluating = true;
        try {
          return program.evaluate(...asked);
        } finally {
          evaluating = false;
        }
      },
    }),
  };
};

/** The program with something done to its weights after each step. */
const afterEachStep = (change: (weights: Float32Array[]) => void): Sabotage => ({
  program: (program) => ({
    ...program,
    step(...asked) {
      const batch = program.step(...asked);
      const weights = program.readWeights();
      change(weights);
      program.writeWeights(weights);
      return batch;
    },
  }),
});

const handed = (change: (split: DatasetSplit) => DatasetSplit): Sabotage => ({
  handed: (own: Dataset) => ({ ...own, train: change(own.train), test: change(own.test) }),
});

/** Each image with its sixteen bytes put otherwise. */
const pixels = (from: (at: number) => number): Sabotage =>
  handed((split) => ({
    ...split,
    images: split.images.map((_, at) => split.images[at - (at % 16) + from(at % 16)] ?? 0),
  }));

/** What is tried by those who write programs for a living, on each of the three exercises. */
export const furtherSabotages: Readonly<Record<string, readonly [Sabotage, cause: string]>> = {
  'shuffle: another seed from epoch 2 on': [
    { order: (order, redraw, draw) => (draw < 2 ? order : redraw(draw + 100)) },
    'order of the examples in epoch 2',
  ],
  'dropout: what is kept is not scaled': [
    kernels((own) => ({
      dropoutMask(mask, length, ...rest) {
        own.dropoutMask(mask, length, ...rest);
        const values = own.f32(mask, length);
        for (let at = 0; at < length; at += 1) values[at] = values[at] === 0 ? 0 : 1;
      },
    })),
    'what lives there: dropout',
  ],
  'softmax: exp of the platform': [
    kernels((own) => ({
      softmax(x, y, rows, columns) {
        const [from, to] = [own.f32(x, rows * columns), own.f32(y, rows * columns)];
        for (let row = 0; row < rows; row += 1) {
          const logits = from.subarray(row * columns, (row + 1) * columns);
          const most = Math.max(...logits);
          const powers = [...logits].map((logit) => Math.exp(logit - most));
          const sum = powers.reduce((all, power) => all + power, 0);
          for (const [at, power] of powers.entries()) to[row * columns + at] = power / sum;
        }
      },
    })),
    'what lives there: forward pass',
  ],
  'gradient: sums of a batch, not means': [
    kernels((own) => ({
      softmaxCrossentropyGradient: (p, labels, dx, rows, columns, scale) =>
        own.softmaxCrossentropyGradient(p, labels, dx, rows, columns, fround(scale * rows)),
    })),
    'what lives there: gradient',
  ],
  'optimiser: weights lose a millionth in each step': [
    afterEachStep((weights) => {
      for (const array of weights)
        for (const [at, value] of array.entries()) array[at] = value * 0.999_999;
    }),
    'what lives there: optimiser',
  ],
  'optimiser: steps are counted from 1': [
    {
      program: (program) => ({
        ...program,
        step: (indices, moment, watch) =>
          program.step(indices, { ...moment, iterations: moment.iterations + 1 }, watch),
      }),
      to: 'the second',
    },
    'what lives there: optimiser',
  ],
  'optimiser: beta 0.999 becomes 0.99 in the code': [
    kernels(
      (own) => ({
        adam: (w, g, m, v, length, rate, beta1, _, ...rest) =>
          own.adam(w, g, m, v, length, rate, beta1, 0.99, ...rest),
      }),
      'the second',
    ),
    'what lives there: optimiser',
  ],
  'normalisation: the average of the variance is of n − 1': [
    (() => {
      let calls = 0;
      return kernels(
        (own) => ({
          movingAverage(average, value, length, momentum) {
            calls += 1;
            const values = own.f32(value, length);
            const before = values.slice();
            if (calls % 2 === 0)
              for (const [at, one] of before.entries()) values[at] = (one * 768) / 767;
            own.movingAverage(average, value, length, momentum);
            own.f32(value, length).set(before);
          },
        }),
        'the second',
      );
    })(),
    'what lives there: batch statistics',
  ],
  'loss: no smoothing in evaluation': [
    whileEvaluating(
      (own, evaluating) => ({
        smoothedCrossentropy: (logits, labels, loss, rows, columns, smoothing) =>
          evaluating()
            ? own.softmaxCrossentropy(logits, labels, loss, rows, columns)
            : own.smoothedCrossentropy(logits, labels, loss, rows, columns, smoothing),
      }),
      'the second',
    ),
    'what lives there: validation',
  ],
  'augmentation: images are mirrored in evaluation': [
    whileEvaluating(
      (own, evaluating) => ({
        gather(images, indices, table, out, rows, size) {
          own.gather(images, indices, table, out, rows, size);
          if (!evaluating()) return;
          const values = own.f32(out, rows * size);
          for (let at = 0; at < values.length; at += 4) values.subarray(at, at + 4).reverse();
        },
      }),
      'the second',
    ),
    'what lives there: validation',
  ],
  'evaluation: half of the test set twice, the other never': [
    evaluation((program, part, from, to) => {
      if (part !== 'test') return program.evaluate(part, from, to);
      const { predicted = new Uint8Array(), ...half } = program.evaluate(part, from, to / 2);
      return { ...half, predicted: Uint8Array.from([...predicted, ...predicted]) };
    }),
    'what lives there: test evaluation',
  ],
  'evaluation: mean losses are kept as float32': [
    evaluation((program, ...asked) => {
      const evaluated = program.evaluate(...asked);
      return { ...evaluated, loss: fround(evaluated.loss) };
    }),
    'what lives there: validation',
  ],
  'loop: weights are read a step late': [
    {
      program(program) {
        let late: Float32Array[] | null = null;
        return {
          ...program,
          step(...asked) {
            late = program.readWeights();
            return program.step(...asked);
          },
          readWeights: () => late ?? program.readWeights(),
        };
      },
    },
    'what lives there: optimiser',
  ],
  'data: images are transposed': [
    pixels((at) => (at % 4) * 4 + Math.floor(at / 4)),
    'what lives there: data',
  ],
  'data: the header is a byte longer than it was read': [
    handed((split) => ({
      ...split,
      images: split.images.map((_, at) => split.images[at + 1] ?? 0),
    })),
    'what lives there: data',
  ],
  'data: blue, green, red': [
    { ...pixels((at) => at ^ 1), to: 'the third' },
    'what lives there: data',
  ],
  'data: two images of the excerpt changed places': [
    {
      handed: (own) => {
        const images = own.train.images.slice();
        images.set(own.train.images.subarray(0, 16), 16);
        images.set(own.train.images.subarray(16, 32), 0);
        return { ...own, train: { ...own.train, images } };
      },
    },
    'what lives there: later steps',
  ],
  'optimiser: Nesterov’s momentum is the usual one': [
    kernels(
      (own) => ({
        sgd: (w, g, velocity, length, rate, momentum) =>
          own.sgd(w, g, velocity, length, rate, momentum, 0),
      }),
      'the third',
    ),
    'what lives there: optimiser',
  ],
  'optimiser: momentum 0.9 becomes 0.89 in the code': [
    kernels(
      (own) => ({
        sgd: (w, g, velocity, length, rate, _, nesterov) =>
          own.sgd(w, g, velocity, length, rate, 0.89, nesterov),
      }),
      'the third',
    ),
    'what lives there: optimiser',
  ],
  'schedule: the rate of the step before': [
    { rate: (at, iterations) => at(Math.max(0, iterations - 1)), to: 'the third' },
    'step 2 of epoch 1: learning rate',
  ],
  'schedule: begins anew in every epoch': [
    { rate: (at, iterations, epoch) => at(iterations - (epoch - 1) * 60), to: 'the third' },
    'step 1 of epoch 2: learning rate',
  ],
  'clipping: its factor is rounded the other way': [
    kernels(
      (own) => ({
        scaleWithin: (x, y, length, factor, bound) =>
          own.scaleWithin(x, y, length, fround(factor * (1 + 2 ** -23)), bound),
      }),
      'the third',
    ),
    'what lives there: optimiser',
  ],
  'clipping: left out': [
    kernels(() => ({ scaleWithin: () => undefined }), 'the third'),
    'what lives there: optimiser',
  ],
  'class weights: in the loss and not in the gradient': [
    kernels(() => ({ scaleRows: () => undefined }), 'the third'),
    'what lives there: gradient',
  ],
  'class weights: in the gradient and not in the loss': [
    kernels(() => ({ multiply: () => undefined }), 'the third'),
    'what lives there: loss',
  ],
};
