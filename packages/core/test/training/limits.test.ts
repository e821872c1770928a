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
    // A batch of either part, as bytes and as floats: the images themselves stay where they are.
    expect(memory.data).toBe(2 * 128 * 784 * (1 + 4));
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

/** Thirteen convolutions on colour images of 224 × 224, as VGG-16 without its two large Dense layers. */
function vgg(batchSize: number): Recipe {
  const widths = [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0];
  const blocks = widths.map((filters, index) =>
    filters === 0
      ? { class_name: 'MaxPooling2D', config: { name: `l${index}`, pool_size: [2, 2] } }
      : {
          class_name: 'Conv2D',
          config: {
            name: `l${index}`,
            filters,
            kernel_size: [3, 3],
            padding: 'same',
            activation: 'relu',
            ...(index === 0 ? { batch_input_shape: [null, 224, 224, 3] } : {}),
          },
        },
  );
  const layers = [
    ...blocks,
    { class_name: 'Flatten', config: { name: 'flat' } },
    { class_name: 'Dense', config: { name: 'out', units: 10, activation: 'softmax' } },
  ];
  return syntheticRecipe({
    model: { name: 'vgg', layers },
    inputShape: [224, 224, 3],
    batchSize,
    epochs: 1,
  });
}
const photos = { train: { count: 2000 }, test: { count: 500 }, imageShape: [224, 224, 3] } as const;

describe('a network of large images', () => {
  it.each([1, 4, 16])('is trained in batches of %i', (batchSize) => {
    const recipe = vgg(batchSize);
    const limits = planLimits(planModel(recipe.model), recipe, photos);
    expect(limits.memory.rows).toBeGreaterThanOrEqual(batchSize);
    expect(limits.memory.rows).toBeLessThan(128);
    expect(() => checkLimits(limits)).not.toThrow();
  });

  it('takes as much as its batch, and is told which batch fits', () => {
    const plan = planModel(vgg(1).model);
    const of = (batchSize: number) => planLimits(plan, vgg(batchSize), photos);
    expect(() => checkLimits(of(128))).toThrow(
      expect.objectContaining({ fix: expect.stringMatching(/smaller: of about (\d+) images/u) }),
    );
    const fix = (run: () => void): string => {
      try {
        run();
      } catch (error) {
        if (error instanceof LabproofError) return error.fix;
      }
      return '';
    };
    const fitting = Number(/of about (\d+)/u.exec(fix(() => checkLimits(of(128))))?.[1]);
    expect(() => checkLimits(of(fitting))).not.toThrow();
    expect(() => checkLimits(of(fitting + 2))).toThrow(/MiB are allowed/u);
  });

  it('takes no more of an engine’s memory for more images', () => {
    const plan = planModel(vgg(16).model);
    const more = { ...photos, train: { count: 1_000_000 } };
    expect(planLimits(plan, vgg(16), more).memory).toEqual(
      planLimits(plan, vgg(16), photos).memory,
    );
  });

  it('is told what helps where smaller batches do not', () => {
    const limits = planLimits(planModel(vgg(1).model), vgg(1), photos);
    const { weights } = limits.memory;
    const parameters = {
      ...limits.memory,
      weights: 4 * 2 ** 30,
      total: limits.memory.total - weights + 4 * 2 ** 30,
    };
    const tells = (fix: string) => expect.objectContaining({ fix: expect.stringContaining(fix) });
    expect(() => checkLimits({ ...limits, memory: parameters })).toThrow(
      tells('most weights smaller'),
    );
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
