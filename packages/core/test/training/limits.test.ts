import { describe, expect, it } from 'vitest';
import {
  planTraining,
  createOracleKernels,
  LabproofError,
  planModel,
  type Recipe,
  Trainer,
} from '../../src/index.ts';
import { checkLimits, planLimits } from '../../src/training/limits.ts';
import type { TrainingPlan } from '../../src/training/training-plan.ts';
import { labNetworks } from '../layers/lab-networks.ts';
import { syntheticDataset, syntheticRecipe } from './synthetic.ts';

const mnist = {
  train: { count: 60_000 },
  test: { count: 10_000 },
  imageShape: [28, 28, 1],
} as const;

function mnistCnn(changes: Partial<Recipe> = {}): Recipe {
  return syntheticRecipe({
    model: labNetworks[0]!.model,
    inputShape: [28, 28, 1],
    batchSize: 128,
    epochs: 6,
    ...changes,
  });
}

describe('planLimits', () => {
  it('counts mnist-cnn: weights, slots, activations of 128 rows, data', () => {
    const recipe = mnistCnn();
    const plan = planModel(recipe.model);
    const { memory, multiplyAdds } = planLimits(plan, recipe, mnist);
    expect(memory.weights).toBe(4 * 1_199_882);
    expect(memory.gradients).toBe(memory.weights);
    expect(memory.slots).toBe(memory.weights);
    expect(memory.data).toBe(70_000 * 784 + 2 * 128 * 784 * 4);
    // The two convolutions' outputs and the second's input gradient alone.
    expect(memory.activations).toBeGreaterThan(128 * 4 * (2 * 26 * 26 * 32 + 24 * 24 * 64));
    expect(memory.activations).toBeLessThan(200 * 2 ** 20);
    expect(memory.total).toBeLessThan(400 * 2 ** 20);
    const first = 26 * 26 * 32 * 9;
    const epoch = 48_000 * (3 * plan.multiplyAdds - first) + 12_000 * plan.multiplyAdds;
    expect(multiplyAdds.trial).toBe(6 * epoch + 10_000 * plan.multiplyAdds);
  });

  it('is what a trainer then allocates, but for odds and ends', () => {
    const dataset = syntheticDataset();
    const recipe = syntheticRecipe();
    const kernels = createOracleKernels();
    let bytes = 0;
    const counting: typeof kernels = {
      ...kernels,
      reset() {
        bytes = 0;
        kernels.reset();
      },
      allocate(length) {
        bytes += length;
        return kernels.allocate(length);
      },
    };
    new Trainer({
      kernels: counting,
      plan: planTraining(recipe, dataset),
      dataset,
      seed: 1,
    }).release();
    const { total } = planLimits(planModel(recipe.model), recipe, dataset).memory;
    expect(bytes).toBeGreaterThanOrEqual(total);
    // Scale tables, indices and labels.
    expect(bytes - total).toBeLessThan(8192);
  });
});

describe('checkLimits', () => {
  it.each(labNetworks)('lets $name of the labs through, at 40 epochs', ({ model }) => {
    const limits = planLimits(planModel(model), mnistCnn({ model, epochs: 40 }), mnist);
    expect(() => checkLimits(limits)).not.toThrow();
    // It is counted, and it is the size that decides: a cap below its own numbers refuses it.
    const { memory, multiplyAdds } = limits;
    expect(() => checkLimits(limits, { bytes: memory.total - 1, multiplyAdds: 1e15 })).toThrow(
      expect.objectContaining({ code: 'recipe-too-large' }),
    );
    const fewer = { bytes: memory.total, multiplyAdds: multiplyAdds.trial - 1 };
    expect(() => checkLimits(limits, fewer)).toThrow(
      expect.objectContaining({ code: 'recipe-too-large' }),
    );
  });

  it('refuses with the numbers', () => {
    const limits = planLimits(planModel(mnistCnn().model), mnistCnn(), mnist);
    const caps = { bytes: 2 ** 20, multiplyAdds: 1e15 };
    expect(() => checkLimits(limits, caps)).toThrow(/weights 4\.6.*1\.0 MiB are allowed/u);
    expect(() => checkLimits(limits, { bytes: 2 ** 40, multiplyAdds: 1e9 })).toThrow(
      /multiply-adds.*1\.00e\+9/u,
    );
  });

  it('a plan refuses before anything is allocated', () => {
    const units = 2_000_000_000;
    const recipe = syntheticRecipe({
      model: {
        name: 'huge',
        layers: [
          {
            class_name: 'Dense',
            config: { name: 'huge', batch_input_shape: [null, 16], units, activation: 'relu' },
          },
          { class_name: 'Dense', config: { name: 'output', units: 3, activation: 'softmax' } },
        ],
      },
    });
    const plan = (): TrainingPlan => planTraining(recipe, syntheticDataset());
    expect(plan).toThrow(LabproofError);
    expect(plan).toThrow(/MiB/u);
  });
});
