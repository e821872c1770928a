import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadBackend } from '../../../src/programs/tfjs/installation/open.ts';
import { createTfjsProgram } from '../../../src/programs/tfjs/program.ts';
import {
  createOracleKernels,
  type Dataset,
  type DatasetSplit,
  loadDataset,
  planTraining,
  type Recipe,
  runTrial,
  runTrials,
  Trainer,
  type TrialEngineName,
  type TrialResult,
} from '../../../src/index.ts';
import { mean } from '../../../src/statistics/spread.ts';
import { openTrialEngine } from '../../../src/trials/trial-engine.ts';
import { trialKey } from '../../../src/trials/trial-key.ts';
import { syntheticDataset, syntheticRecipe } from '../../training/synthetic.ts';

describe('trials in TensorFlow.js', () => {
  const dataset = syntheticDataset();
  const recipe = syntheticRecipe({ epochs: 3 });
  let cacheDirectory: string;

  beforeEach(async () => {
    cacheDirectory = await mkdtemp(join(tmpdir(), 'labproof-tfjs-trials-'));
  });
  afterEach(() => rm(cacheDirectory, { recursive: true, force: true }));

  const run = async (engine: TrialEngineName): Promise<TrialResult[]> => {
    const options = { recipe, dataset, seeds: [1, 2], engine, jobs: 2, cacheDirectory };
    return (await runTrials(options)).trials.map(({ result }) => result);
  };

  it('are kept apart from those of other engines and backends, and come from the cache again', async () => {
    const ours = await run('wasm');
    const cpu = await run('tfjs:cpu');
    const wasm = await run('tfjs:wasm');
    expect([...ours, ...cpu, ...wasm].map(({ cached }) => cached)).toEqual(Array(6).fill(false));
    expect((await run('tfjs:cpu')).map(({ cached }) => cached)).toEqual([true, true]);
    for (const [index, trial] of cpu.entries()) {
      expect(trial.initialDigest).toBe(ours[index]?.initialDigest);
      expect(trial.history).toHaveLength(3);
      expect(trial.test.loss).toBeCloseTo(ours[index]?.test.loss ?? 0, 3);
    }
  });

  it('have keys of their own for every version', () => {
    const identity = { recipe, dataDigest: dataset.digest, seed: 1 };
    const keys = [
      trialKey(identity),
      trialKey({ ...identity, engine: { engine: 'labproof-tfjs-1', backend: 'cpu' } }),
      trialKey({ ...identity, engine: { engine: 'labproof-tfjs-1', backend: 'wasm' } }),
      trialKey({ ...identity, engine: { engine: 'labproof-tfjs-2', backend: 'wasm' } }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('go on from a checkpoint as if they had not stopped', async () => {
    const engine = await loadBackend('cpu');
    const trainer = (): Trainer =>
      new Trainer({
        kernels: createOracleKernels(),
        plan: planTraining(recipe, dataset),
        dataset,
        seed: 4,
        createProgram: (kernels, setup) => createTfjsProgram(engine, kernels, setup),
      });
    const [whole, first, second] = [trainer(), trainer(), trainer()];
    for (let epoch = 0; epoch < 3; epoch += 1) whole.runEpoch();
    first.runEpoch();
    second.restore(structuredClone(first.state()));
    second.runEpoch();
    second.runEpoch();
    expect(second.history).toEqual(whole.history);
    expect(second.weights()).toEqual(whole.weights());
    for (const each of [whole, first, second]) each.release();
  });

  it('hold no more tensors after an epoch than after a step, and none when released', async () => {
    const engine = await loadBackend('cpu');
    const before = engine.tf.memory().numTensors;
    const subject = new Trainer({
      kernels: createOracleKernels(),
      plan: planTraining(withBatchNormalization(recipe), dataset),
      dataset,
      seed: 4,
      createProgram: (kernels, setup) => createTfjsProgram(engine, kernels, setup),
    });
    const counts: number[] = [];
    subject.runEpoch(() => counts.push(engine.tf.memory().numTensors));
    subject.test();
    counts.push(engine.tf.memory().numTensors);
    expect(counts.length).toBeGreaterThan(5);
    expect(new Set(counts).size).toBe(1);
    expect(counts[0]).toBeGreaterThan(before);
    subject.release();
    expect(engine.tf.memory().numTensors).toBe(before);
  });
});

describe('an epoch of MNIST', () => {
  const recipe: Recipe = {
    ...syntheticRecipe(),
    dataset: 'mnist',
    inputShape: [784],
    model: {
      name: 'perceptron',
      layers: [
        {
          class_name: 'Dense',
          config: { batch_input_shape: [null, 784], units: 24, activation: 'relu' },
        },
        { class_name: 'Dropout', config: { rate: 0.2 } },
        { class_name: 'Dense', config: { units: 10, activation: 'softmax' } },
      ],
    },
    optimizer: { class_name: 'RMSprop', learning_rate: 0.003, rho: 0.9, epsilon: 1e-7, decay: 0 },
    batchSize: 32,
    epochs: 1,
  };

  async function trials(name: TrialEngineName, dataset: Dataset): Promise<TrialResult['test'][]> {
    const plan = planTraining(recipe, dataset);
    const { kernels, createProgram } = await openTrialEngine(name, plan.model);
    const results: TrialResult['test'][] = [];
    for (const seed of [1, 2, 3]) {
      const options = { kernels, createProgram, plan, dataset, seed, now: () => 0 };
      results.push((await runTrial(options)).result.test);
    }
    return results;
  }

  // Rounding differences grow with every step, so bits and single predictions part; the statistics do not.
  it.each(['tfjs:cpu', 'tfjs:wasm'] as const)(
    'ends in %s where it ends in our own arithmetic',
    async (name) => {
      const { train, test, ...about } = await loadDataset('mnist');
      const dataset = { ...about, train: firstOf(train, 2000), test: firstOf(test, 1000) };
      const [ours, theirs] = [await trials('wasm', dataset), await trials(name, dataset)];
      for (const [index, trial] of theirs.entries()) {
        expect(Math.abs(trial.accuracy - (ours[index]?.accuracy ?? 0))).toBeLessThan(0.01);
      }
      const meanOf = (results: TrialResult['test'][]): number =>
        mean(results.map(({ loss }) => loss));
      expect(meanOf(theirs)).toBeCloseTo(meanOf(ours), 2);
      expect(mean(theirs.map(({ accuracy }) => accuracy))).toBeGreaterThan(0.7);
    },
  );
});

function firstOf({ images, labels, count }: DatasetSplit, wanted: number): DatasetSplit {
  const size = images.length / count;
  return { images: images.slice(0, wanted * size), labels: labels.slice(0, wanted), count: wanted };
}

function withBatchNormalization(recipe: Recipe): Recipe {
  const [first, ...others] = recipe.model.layers;
  if (first === undefined) throw new Error('a recipe without layers');
  const layer = { class_name: 'BatchNormalization', config: {} };
  return { ...recipe, model: { name: 'normalized', layers: [first, layer, ...others] } };
}
