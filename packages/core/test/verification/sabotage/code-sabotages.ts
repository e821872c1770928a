import type { Kernels } from '../../../src/index.ts';
import type { Moment, TrainingProgram } from '../../../src/programs/program.ts';
import { dataset, evaluation, recipe, type Sabotage } from './laboratory.ts';

const { fround } = Math;

/** Kernels of which some do something else. */
const kernels =
  (others: (kernels: Kernels) => Partial<Kernels>) =>
  (own: Kernels): Kernels => ({ ...own, ...others(own) });

/** The product of matrices with another way of adding up. */
const matmul = (sum: (terms: readonly (readonly [number, number])[]) => number): Sabotage => ({
  kernels: kernels((own) => ({
    matmul(a, b, c, m, k, n) {
      const [left, right, product] = [own.f32(a, m * k), own.f32(b, k * n), own.f32(c, m * n)];
      for (let row = 0; row < m; row += 1) {
        for (let column = 0; column < n; column += 1) {
          const terms = Array.from({ length: k }, (_, term) => {
            return [left[row * k + term] ?? 0, right[term * n + column] ?? 0] as const;
          });
          product[row * n + column] = sum(terms);
        }
      }
    },
  })),
});

/** A program whose steps take place at another moment, or that does something after each. */
const steps = (
  change: (
    program: TrainingProgram,
    moment: Moment,
    rows: number,
  ) => Partial<TrainingProgram> & { moment?: Moment },
): Sabotage => ({
  program: (program) => ({
    ...program,
    step(indices, moment, watch) {
      const changed = change(program, moment, indices.length);
      const take =
        changed.step ?? ((...own: Parameters<TrainingProgram['step']>) => program.step(...own));
      return take(indices, changed.moment ?? moment, watch);
    },
  }),
});

const slower = (from: number, factor: number): Sabotage =>
  steps((_, moment) => ({
    moment:
      moment.epoch < from
        ? moment
        : { ...moment, learningRate: fround(moment.learningRate * factor) },
  }));

/** Faults of programs, each where a programmer would make it, with what a night should say of it. */
export const codeSabotages: Readonly<Record<string, readonly [Sabotage, cause: string]>> = {
  'shuffle: the draw of the epoch before': [
    { order: (_, redraw, draw) => redraw(draw - 1) },
    'what lives there: shuffle',
  ],
  'shuffle: the last example is never moved': [
    {
      order: (order) =>
        Int32Array.from([...order.filter((at) => at !== order.length - 1), order.length - 1]),
    },
    'what lives there: shuffle',
  ],
  'shuffle: one order in every epoch': [
    { order: (_, redraw) => redraw(1) },
    'order of the examples in epoch 2',
  ],
  'streams: another key for the initial weights': [
    {
      kernels: kernels((own) => ({
        uniform: (out, length, key0, ...rest) => own.uniform(out, length, key0 + 1, ...rest),
      })),
    },
    'what lives there: initialiser',
  ],
  'streams: initial weights 1 % wider': [
    {
      kernels: kernels((own) => ({
        uniform: (out, length, key0, key1, counter, low, high) =>
          own.uniform(out, length, key0, key1, counter, fround(low * 1.01), fround(high * 1.01)),
      })),
    },
    'what lives there: initialiser',
  ],
  'dropout: the masks of another seed': [
    {
      kernels: kernels((own) => ({
        dropoutMask: (mask, length, key0, ...rest) =>
          own.dropoutMask(mask, length, key0 + 1, ...rest),
      })),
    },
    'what lives there: dropout',
  ],
  'dropout: one mask in every step': [
    {
      kernels: kernels((own) => ({
        dropoutMask: (mask, length, key0, key1, _, rate) =>
          own.dropoutMask(mask, length, key0, key1, 0, rate),
      })),
    },
    'step 2 of epoch 1: outputs in training',
  ],
  'dropout: 0.25 becomes 0.3 in the code': [
    {
      kernels: kernels((own) => ({
        dropoutMask: (mask, length, key0, key1, counter) =>
          own.dropoutMask(mask, length, key0, key1, counter, 0.3),
      })),
    },
    'what lives there: dropout',
  ],
  'sums: from the last term to the first': [
    matmul((terms) => terms.reduceRight((sum, [a, b]) => fround(sum + fround(a * b)), 0)),
    'what lives there: forward pass',
  ],
  'sums: fused multiply-add': [
    // Products of floats are exact in a double, so only the sum is rounded: what a fused instruction does, but for the
    // rare sums that a double rounds first.
    matmul((terms) => terms.reduce((sum, [a, b]) => fround(sum + a * b), 0)),
    'what lives there: forward pass',
  ],
  'sums: in pairs, as vectors add them': [
    matmul((terms) => {
      const lanes = [0, 0, 0, 0];
      for (const [at, [a, b]] of terms.entries())
        lanes[at % 4] = fround((lanes[at % 4] ?? 0) + fround(a * b));
      return lanes.reduce((sum, lane) => fround(sum + lane), 0);
    }),
    'what lives there: forward pass',
  ],
  'forward: relu lets a hundredth through': [
    {
      kernels: kernels((own) => ({
        relu(x, y, length) {
          const [from, to] = [own.f32(x, length), own.f32(y, length)];
          for (let at = 0; at < length; at += 1) {
            const value = from[at] ?? 0;
            to[at] = value > 0 ? value : fround(value * 0.01);
          }
        },
      })),
    },
    'what lives there: forward pass',
  ],
  'forward: pooling takes means': [
    {
      kernels: kernels((own) => ({
        maxPool(x, y, indices, rows, geometry) {
          own.maxPool(x, y, indices, rows, geometry);
          own.averagePool(x, y, rows, geometry);
        },
      })),
    },
    'what lives there: forward pass',
  ],
  'loss: smoothed labels': [
    {
      kernels: kernels((own) => ({
        softmaxCrossentropy(logits, labels, loss, rows, columns) {
          own.softmaxCrossentropy(logits, labels, loss, rows, columns);
          const values = own.f32(loss, rows);
          for (let row = 0; row < rows; row += 1) values[row] = fround((values[row] ?? 0) * 0.9);
        },
      })),
    },
    'what lives there: loss',
  ],
  'gradient: a frozen bias': [
    {
      kernels: kernels((own) => ({
        biasGradient: (_, db, __, columns) => void own.f32(db, columns).fill(0),
      })),
    },
    'gradient of output/bias',
  ],
  'gradient: clipped at 0.01': [
    {
      kernels: kernels((own) => ({
        matmulWeightGradient(x, dy, dw, m, k, n) {
          own.matmulWeightGradient(x, dy, dw, m, k, n);
          const values = own.f32(dw, k * n);
          for (let at = 0; at < k * n; at += 1) {
            values[at] = Math.max(-0.01, Math.min(0.01, values[at] ?? 0));
          }
        },
      })),
    },
    'gradient of output/kernel',
  ],
  'gradient: a short batch is divided by a whole one': [
    {
      kernels: kernels((own) => ({
        softmaxCrossentropyGradient: (p, labels, dx, rows, columns) =>
          own.softmaxCrossentropyGradient(
            p,
            labels,
            dx,
            rows,
            columns,
            fround(1 / recipe.batchSize),
          ),
      })),
    },
    'weights at the end of epoch 1',
  ],
  'gradient: pooling gives it to every tie': [
    {
      kernels: kernels((own) => ({
        maxPoolGradient(dy, _, dx, rows, geometry) {
          own.averagePoolGradient(dy, dx, rows, geometry);
        },
      })),
    },
    'gradient of conv/kernel',
  ],
  'optimiser: epsilon 1e-7 becomes 1e-6 in the code': [
    {
      kernels: kernels((own) => ({
        rmsprop: (weights, gradient, average, length, rate, rho) =>
          own.rmsprop(weights, gradient, average, length, rate, rho, 1e-6),
      })),
    },
    'what lives there: optimiser',
  ],
  'optimiser: learning rate × 1.1 in the code': [slower(1, 1.1), 'what lives there: optimiser'],
  'optimiser: a lower rate from epoch 2': [slower(2, 0.5), 'step 1 of epoch 2: weights after it'],
  'optimiser: a lower rate from epoch 3': [slower(3, 0.5), 'loss of epoch 3'],
  'optimiser: averages begin anew in every epoch': [
    {
      program(program) {
        let last = 1;
        return {
          ...program,
          step(indices, moment, watch) {
            if (moment.epoch !== last) {
              program.writeSlots(program.readSlots().map(({ length }) => new Float32Array(length)));
            }
            last = moment.epoch;
            return program.step(indices, moment, watch);
          },
        };
      },
    },
    'step 1 of epoch 2: weights after it',
  ],
  'optimiser: weights are kept as bfloat16': [
    steps((program) => ({
      step(...asked) {
        const batch = program.step(...asked);
        const cut = program.readWeights().map((array) => {
          const bits = new Uint32Array(array.buffer);
          for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) & 0xff_ff_00_00;
          return array;
        });
        program.writeWeights(cut);
        return batch;
      },
    })),
    'what lives there: optimiser',
  ],
  'loop: the last, short batch is lost': [
    steps((_, __, rows) =>
      rows < recipe.batchSize ? { step: () => ({ lossSum: 0, correct: 0 }) } : {},
    ),
    'weights at the end of epoch 1',
  ],
  'loop: the first batch is trained twice': [
    steps((program, { iterations }) => ({
      step(...asked) {
        if (iterations === 0) program.step(asked[0], asked[1]);
        return program.step(...asked);
      },
    })),
    'step 1 of epoch 1: outputs in inference',
  ],
  'metrics: one correct example more in each batch': [
    steps((program) => ({
      step(...asked) {
        const { lossSum, correct } = program.step(...asked);
        return { lossSum, correct: correct + 1 };
      },
    })),
    'what lives there: training metrics',
  ],
  'evaluation: the last batch of the test set is lost': [
    evaluation((program, part, from, to) =>
      program.evaluate(part, from, part === 'test' ? to - 24 : to),
    ),
    'what lives there: test evaluation',
  ],
  'evaluation: validation on the test set': [
    evaluation((program, part, from, to) =>
      part === 'train'
        ? program.evaluate('test', 0, dataset.test.count)
        : program.evaluate(part, from, to),
    ),
    'what lives there: validation',
  ],
  'evaluation: validation on examples of the training': [
    evaluation((program, part, from, to) =>
      part === 'train' ? program.evaluate(part, 0, to - from) : program.evaluate(part, from, to),
    ),
    'what lives there: validation',
  ],
  'evaluation: an accuracy that is one image too high': [
    evaluation((program, part, from, to) => {
      const evaluated = program.evaluate(part, from, to);
      return { ...evaluated, accuracy: evaluated.accuracy + 1 / (to - from) };
    }),
    'what lives there: validation',
  ],
  'evaluation: a mean of the means of batches': [
    evaluation((program, part, from, to) => {
      const evaluated = program.evaluate(part, from, to);
      if (part !== 'test') return evaluated;
      const first = program.evaluate(part, from, 96);
      const second = program.evaluate(part, 96, to);
      return { ...evaluated, loss: (first.loss + second.loss) / 2 };
    }),
    'test loss',
  ],
};
