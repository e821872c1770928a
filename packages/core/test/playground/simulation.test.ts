import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type PlaygroundConfig,
  PlaygroundConfigSchema,
  playgroundParameters,
  runPlayground,
} from '../../src/playground/index.ts';
import { layerSizes } from '../../src/playground/config.ts';
import { PlaygroundSimulation } from '../../src/playground/simulation.ts';
import { initialParameters } from '../../src/playground/network.ts';
import { drawData, playgroundData } from '../../src/playground/points.ts';
import reference from './reference.json' with { type: 'json' };

const configured = (settings: Partial<PlaygroundConfig>): PlaygroundConfig =>
  PlaygroundConfigSchema.parse(settings);

/** The generator of make-reference.py. */
function parkMiller(start: number): () => number {
  let state = start;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** Weights in the reference's order: unit by unit, after the points. */
function drawParameters(config: PlaygroundConfig, uniform: () => number): Float64Array {
  const sizes = layerSizes(config);
  const values = sizes
    .slice(1)
    .flatMap((units, layer) =>
      Array.from({ length: units }, () => [
        config.initZero ? 0 : 0.1,
        ...Array.from({ length: sizes[layer] ?? 0 }, () => (config.initZero ? 0 : uniform() - 0.5)),
      ]).flat(),
    );
  return Float64Array.from(values);
}

const close = (found: ArrayLike<number>, expected: readonly number[]): void => {
  expect(found.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 9);
};

describe('the simulator beside an independent implementation', () => {
  it.each(reference.map((entry, index) => [index, entry.config.dataset, entry] as const))(
    'case %i, %s: the same points, losses and parameters',
    (_, __, { config: settings, state, epochs, points, losses, parameters: final }) => {
      const config = PlaygroundConfigSchema.parse(settings);
      const uniform = parkMiller(state);
      const data = drawData(config, uniform);
      close(
        [...data.training, ...data.test].slice(0, 8).flatMap(({ x, y, label }) => [x, y, label]),
        points.flat(),
      );
      const parameters = drawParameters(config, uniform);
      const simulation = new PlaygroundSimulation(config, data, parameters);
      const measured = [[simulation.trainLoss(), simulation.testLoss()]];
      for (let epoch = 0; epoch < epochs; epoch += 1) {
        simulation.step();
        measured.push([simulation.trainLoss(), simulation.testLoss()]);
      }
      close(measured.flat(), losses.flat());
      close(parameters, final);
    },
  );

  it('covers dead weights of L1, every data set, activation and regularisation', () => {
    expect(reference.some(({ dead }) => dead > 0)).toBe(true);
    const seen = (name: keyof (typeof reference)[number]['config']): number =>
      new Set(reference.map(({ config }) => config[name])).size;
    expect([seen('dataset'), seen('activation'), seen('regularization')]).toEqual([6, 4, 3]);
  });
});

describe('a seed', () => {
  const spiral = configured({
    dataset: 'spiral',
    features: ['x', 'y', 'sinX', 'sinY'],
    networkShape: [3],
    activation: 'sigmoid',
    learningRate: 0.01,
    batchSize: 1,
    percTrainData: 90,
  });

  it.each([
    ['sigmoid', spiral, 1],
    ['sigmoid', spiral, 2],
    ['tanh', configured({ dataset: 'circle' }), 1],
    ['relu', configured({ dataset: 'gauss', activation: 'relu', noise: 35 }), 1],
    ['L1', configured({ dataset: 'reg-gauss', regularization: 'L1', regularizationRate: 0.01 }), 1],
  ] as const)('gives the same bits everywhere: %s', (_, config, seed) => {
    const { run } = runPlayground(config, seed, { epochs: 20, target: 0.1 });
    expect(run.digest).toMatchSnapshot();
    expect(run.testLoss).toMatchSnapshot();
  });

  it('draws weights and points apart: neither moves when the other needs more numbers', () => {
    const wider = configured({ ...spiral, networkShape: [3, 2] });
    expect(playgroundData(wider, 7)).toEqual(playgroundData(spiral, 7));
    const noisy = configured({ ...spiral, dataset: 'gauss', noise: 50 });
    expect(initialParameters(noisy, 7)).toEqual(initialParameters(spiral, 7));
    expect(initialParameters(spiral, 8)).not.toEqual(initialParameters(spiral, 7));
  });

  it('ends at the target when told so, at the epoch that a full run names', () => {
    const easy = configured({ dataset: 'gauss' });
    const full = runPlayground(easy, 3, { epochs: 30, target: 0.05, history: true }).run;
    const short = runPlayground(easy, 3, { epochs: 30, target: 0.05, stopUnderTarget: true }).run;
    expect(full.firstUnderTarget).not.toBeNull();
    expect(short.firstUnderTarget).toBe(full.firstUnderTarget);
    expect(short.epochs).toBe(full.firstUnderTarget);
    const losses = full.history.slice(1).map(({ testLoss }) => testLoss);
    expect(Math.min(...losses)).toBe(full.lowestTestLoss);
    expect(losses.findIndex((loss) => loss < 0.05) + 1).toBe(full.firstUnderTarget);
  });

  it('never counts a run that diverged as a success', () => {
    const wild = configured({ dataset: 'reg-plane', activation: 'linear', learningRate: 1000 });
    const { run } = runPlayground(wild, 1, { epochs: 60, target: 0.1 });
    expect(Number.isFinite(run.testLoss)).toBe(false);
    expect(run.firstUnderTarget).toBeNull();
  });
});

const anyConfig = fc.record({
  dataset: fc.constantFrom('circle', 'xor', 'gauss', 'spiral', 'reg-plane', 'reg-gauss' as const),
  noise: fc.integer({ min: 0, max: 50 }),
  percTrainData: fc.integer({ min: 10, max: 90 }),
  networkShape: fc.array(fc.integer({ min: 1, max: 8 }), { maxLength: 3 }),
  activation: fc.constantFrom('relu', 'tanh', 'sigmoid', 'linear' as const),
  batchSize: fc.integer({ min: 1, max: 30 }),
});

describe('any configuration', () => {
  it('parts the points by the share, and a batch larger than it trains nothing', () => {
    fc.assert(
      fc.property(anyConfig, fc.nat(1000), (settings, seed) => {
        const config = configured(settings);
        const { training, test } = playgroundData(config, seed);
        const total = settings.dataset.startsWith('reg-') ? 1200 : 500;
        expect(training.length).toBe(Math.floor((total * settings.percTrainData) / 100));
        expect(training.length + test.length).toBe(total);
        for (const { x, y, label } of [...training, ...test]) {
          expect([x, y, label].every(Number.isFinite)).toBe(true);
        }
        expect(initialParameters(config, seed)).toHaveLength(playgroundParameters(config));
      }),
      { numRuns: 30 },
    );
  });

  it('carries an incomplete last batch into the next epoch', () => {
    const config = configured({ dataset: 'circle', percTrainData: 1, batchSize: 5 });
    const before = PlaygroundSimulation.fromSeed(config, 1);
    before.step();
    expect(before.data.training).toHaveLength(5);
    expect(before.digest()).not.toBe(PlaygroundSimulation.fromSeed(config, 1).digest());
    const never = PlaygroundSimulation.fromSeed({ ...config, batchSize: 6 }, 1);
    const untouched = never.digest();
    never.step();
    never.step();
    expect(never.digest()).toBe(untouched);
  });

  it('leaves two classes of one spiral to mirror each other without noise', () => {
    const { training, test } = playgroundData(configured({ dataset: 'spiral' }), 4);
    const points = [...training, ...test];
    for (const { x, y, label } of points) {
      const mirrored = points.some(
        (other) =>
          other.label === -label && Math.abs(other.x + x) < 1e-9 && Math.abs(other.y + y) < 1e-9,
      );
      expect(mirrored).toBe(true);
    }
  });
});
