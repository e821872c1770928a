import { describe, expect, it } from 'vitest';
import { createOracleKernels, planTraining, Trainer } from '../../src/index.ts';
import type { Kernels } from '../../src/engines/kernels.ts';
import { learningRateAt } from '../../src/training/learning-rate.ts';
import { enginesUnderTest } from '../engines/engines-under-test.ts';
import { datasetOf } from '../support/parity-case.ts';
import {
  type Case,
  cases,
  readFacts,
  readResult,
  readSchedules,
  recipeOf,
  type Result,
  type ScheduleRow,
  versions,
} from './fixture.ts';

/**
 * How far Labproof may be from PyTorch, as `keras-parity/deviation.ts` explains it: |ours − theirs| ≤ 2·10⁻⁶ +
 * 2·10⁻⁶ · |theirs|. PyTorch sums in another order, and fuses products into sums where the processor can.
 */
const allowed = (theirs: number): number => 2e-6 + 2e-6 * Math.abs(theirs);

const SHOWN: ReadonlySet<number> = new Set([1, 2, 4, 8]);

/** What Labproof made of a case: losses on the evaluation examples, and the steps that are shown. */
interface Replayed {
  readonly before: number;
  readonly steps: Result['steps'];
  readonly after: number;
}

/** Does with Labproof what the fixtures' script does with PyTorch. */
function replay(kernels: Kernels, name: string, subject: Case): Replayed {
  const recipe = recipeOf(name, subject);
  const dataset = datasetOf(name, subject);
  const plan = planTraining(recipe, dataset);
  const trainer = new Trainer({ kernels, plan, dataset, seed: 0 });
  trainer.restore({ ...trainer.state(), weights: subject.weights });
  const before = trainer.test().loss;
  const steps: Result['steps'] = [];
  for (let step = 1; step <= subject.steps; step += 1) {
    const first = (step - 1) * subject.batchSize;
    const batch = Int32Array.from({ length: subject.batchSize }, (_, row) => first + row);
    const { lossSum } = trainer.trainStep(batch);
    if (!SHOWN.has(step)) continue;
    steps.push({
      step,
      loss: lossSum / subject.batchSize,
      weights: trainer.weights(),
    });
  }
  return { before, steps, after: trainer.test().loss };
}

/** The largest deviation in units of what is allowed, and where. */
function worst(ours: Replayed, theirs: Result): { ratio: number; where: string } {
  let found = { ratio: 0, where: 'nowhere' };
  const compare = (where: string, a: number, b: number): void => {
    const ratio = Math.abs(a - b) / allowed(b);
    if (!(ratio <= found.ratio)) found = { ratio, where: `${where}: ${a} instead of ${b}` };
  };
  compare('loss before', ours.before, theirs.before.loss);
  compare('loss after', ours.after, theirs.after.loss);
  expect(ours.steps.map(({ step }) => step)).toEqual(theirs.steps.map(({ step }) => step));
  for (const [index, their] of theirs.steps.entries()) {
    const our = ours.steps[index]!;
    compare(`loss of step ${their.step}`, our.loss, their.loss);
    expect(our.weights.map(({ length }) => length)).toEqual(
      their.weights.map(({ length }) => length),
    );
    for (const [array, weights] of their.weights.entries()) {
      for (const [at, weight] of weights.entries()) {
        compare(
          `weight ${array}[${at}] after step ${their.step}`,
          our.weights[array]![at]!,
          weight,
        );
      }
    }
  }
  return found;
}

const oracle = createOracleKernels();
const results = new Map([...cases].map(([name, subject]) => [name, replay(oracle, name, subject)]));

describe.each(versions)('%s', (torch) => {
  it.each([...cases.keys()])('%s', (name) => {
    const { ratio, where } = worst(results.get(name)!, readResult(torch, name));
    expect(ratio, where).toBeLessThanOrEqual(1);
  });

  it.each(readSchedules(torch))('$name', (row) => {
    for (const [epoch, rate] of ratesOf(row).entries()) {
      expect(Math.abs(rate - row.rates[epoch]!), `epoch ${epoch + 1}`).toBeLessThan(1e-8);
    }
  });
});

/** What a schedule row comes to here: the rate of every epoch. */
function ratesOf({ schedule, plateau, values = [], rates }: ScheduleRow): number[] {
  const history = values.map((value, index) => ({
    epoch: index + 1,
    loss: 0,
    accuracy: 0,
    valLoss: value,
    valAccuracy: value,
  }));
  const optimizer = {
    class_name: 'SGD' as const,
    learning_rate: 0.1,
    momentum: 0,
    nesterov: false,
    decay: 0,
  };
  return rates.map((_, index) =>
    learningRateAt(
      {
        optimizer,
        semantics: 'pytorch',
        ...(schedule === undefined ? {} : { schedule }),
        ...(plateau === undefined ? {} : { reduceOnPlateau: plateau }),
      },
      { epoch: index + 1, iterations: 0, history: history.slice(0, index) },
    ),
  );
}

describe.each(await enginesUnderTest())('$name', ({ kernels }) => {
  it.each([...cases])('gives the bits of the oracle in %s', (name, subject) => {
    // Norms are read between backward pass and update, and a GPU's queue of steps does not stop there.
    if (kernels.engine === 'cuda' && 'global_clipnorm' in subject.optimizer) {
      expect(() => replay(kernels, name, subject)).toThrow(/clip gradients by their norm/u);
      return;
    }
    expect(replay(kernels, name, subject)).toEqual(results.get(name));
  });
});

describe('initial weights', () => {
  const subject = {
    linear: {
      layer: { class_name: 'Dense', config: { units: 500 } },
      shape: [400],
    },
    conv: {
      layer: {
        class_name: 'Conv2D',
        config: { filters: 256, kernel_size: [5, 5] },
      },
      shape: [5, 5, 16],
    },
  };

  it.each(versions.flatMap((torch) => (['linear', 'conv'] as const).map((kind) => [torch, kind])))(
    '%s fills a %s module as widely',
    (torch, kind) => {
      const { layer, shape } = subject[kind as 'linear' | 'conv'];
      const theirs = readFacts(torch!).initial[kind as 'linear' | 'conv'];
      const batch_input_shape = [null, ...shape];
      const template = recipeOf('sgd', cases.get('sgd')!);
      const recipe = {
        ...template,
        inputShape: shape,
        model: {
          name: 'filled',
          layers: [
            { ...layer, config: { ...layer.config, batch_input_shape } },
            { class_name: 'Flatten', config: {} },
            { class_name: 'Dense', config: { units: 3, activation: 'softmax' } },
          ],
        },
      };
      const size = shape.reduce((product, extent) => product * extent, 1);
      const split = {
        images: new Uint8Array(size),
        labels: new Uint8Array(1),
        count: 1,
      };
      const [height, width, channels] = kind === 'conv' ? [5, 5, 16] : [1, 1, size];
      const dataset = {
        ...datasetOf('sgd', cases.get('sgd')!),
        imageShape: [height!, width!, channels!] as const,
        train: split,
        test: split,
      };
      const trainer = new Trainer({
        kernels: createOracleKernels(),
        plan: planTraining(recipe, dataset),
        dataset,
        seed: 1,
      });
      const [weight, bias] = trainer.initialWeights;
      for (const [ours, their] of [
        [weight!, theirs.weight],
        [bias!, theirs.bias],
      ] as const) {
        const bound = 1 / Math.sqrt(theirs.fanIn);
        const largest = ours.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        // Uniform numbers: none is beyond the bound, some lie close to it, and the deviation is bound / √3.
        expect(largest).toBeLessThanOrEqual(Math.fround(bound));
        expect(their.largest).toBeLessThanOrEqual(Math.fround(bound));
        expect(largest).toBeGreaterThan(0.98 * bound);
        const deviation = Math.sqrt(
          ours.reduce((sum, value) => sum + value * value, 0) / ours.length,
        );
        expect(deviation / (bound / Math.sqrt(3))).toBeCloseTo(1, 0.8);
        expect(their.deviation / (bound / Math.sqrt(3))).toBeCloseTo(1, 0.8);
      }
    },
  );
});
