import { planModel, type Recipe, RecipeSchema } from '@labproof/core';
import type { ReadModel, TorchTraining } from '@labproof/submission';
import { describe, expect, it } from 'vitest';
import type { CheckContext } from '../../src/checks/check-context.ts';
import { pytorchRecipe } from '../../src/checks/reproduction/pytorch-recipe.ts';

const model = {
  name: 'digits',
  layers: [
    {
      class_name: 'Dense',
      config: {
        units: 10,
        activation: 'softmax',
        kernel_initializer: 'he_normal',
        batch_input_shape: [null, 784],
      },
    },
  ],
};

const base: Recipe = RecipeSchema.parse({
  dataset: 'mnist',
  inputShape: [784],
  inputScale: '1/255',
  model,
  loss: 'sparse_categorical_crossentropy',
  optimizer: { class_name: 'SGD', learning_rate: 0.01, momentum: 0, nesterov: false, decay: 0.1 },
  batchSize: 32,
  epochs: 5,
  validation: { from: 'none' },
  shuffle: true,
  classWeight: Array.from({ length: 10 }, () => 1),
});

const training: TorchTraining = {
  epochs: 3,
  batchSize: 64,
  shuffle: true,
  optimizer: {
    className: 'Adam',
    options: {
      learning_rate: 0.002,
      beta_1: 0.9,
      beta_2: 0.999,
      epsilon: 1e-8,
      weight_decay: 0,
      amsgrad: false,
    },
    written: ['learning_rate'],
  },
  loss: 'categorical_crossentropy',
  takes: 'logits',
  labelSmoothing: null,
  schedule: { kind: 'step', everyEpochs: 1, factor: 0.5 },
  images: null,
  keepsBest: false,
  notUnderstood: [],
};

const plan = planModel(model);
const context = { reference: () => plan } as unknown as CheckContext;
const submitted = {
  plan,
  normalizations: [],
  normalizationsFrom: 'usual',
  trainingConfig: null,
} as unknown as ReadModel;

describe('the recipe of a training in PyTorch', () => {
  it("is the code's in PyTorch's semantics, with the rest of the exercise's", () => {
    const { recipe, changed } = pytorchRecipe(context, base, submitted, training)!;
    expect(JSON.parse(JSON.stringify(recipe))).toEqual({
      dataset: 'mnist',
      inputShape: [784],
      inputScale: '1/255',
      model: {
        name: 'digits',
        layers: [
          {
            class_name: 'Dense',
            config: { units: 10, activation: 'softmax', batch_input_shape: [null, 784] },
          },
        ],
      },
      loss: 'sparse_categorical_crossentropy',
      optimizer: { class_name: 'Adam', decay: 0, ...training.optimizer!.options },
      batchSize: 64,
      epochs: 3,
      validation: { from: 'none' },
      shuffle: true,
      trainLimit: null,
      semantics: 'pytorch',
      schedule: { kind: 'step', everyEpochs: 1, factor: 0.5 },
    });
    expect(changed[0]).toBe(
      'trained by PyTorch: Adam (learning rate 0.002, beta 1 0.9, beta 2 0.999, epsilon 1e-8), categorical crossentropy, 3 epochs, batches of 64',
    );
  });

  it('has what Normalize does before its first layer', () => {
    const normalized = {
      ...submitted,
      normalizationsFrom: 'code' as const,
      normalizations: [{ mean: [0.5], std: [0.25] }],
    };
    const { recipe } = pytorchRecipe(context, base, normalized, training)!;
    expect(recipe.model.layers[0]).toEqual({
      class_name: 'Rescaling',
      config: { name: 'normalize', scale: 4, offset: -2, batch_input_shape: [null, 784] },
    });
    expect(planModel(recipe.model).parameters).toBe(7850);
  });

  const split: Recipe = { ...base, validation: { from: 'split', share: 0.1 } };
  it.each([
    ['all of them', base, { count: 60_000, of: 60_000 }, [null, 'none']],
    ['what the exercise trains on', split, { count: 54_000, of: 60_000 }, [null, 'split']],
    [
      'all where the exercise holds some back',
      split,
      { count: 60_000, of: 60_000 },
      [60_000, 'none'],
    ],
    ['fewer', base, { count: 1000, of: 60_000 }, [1000, 'none']],
    ['some of who knows how many', base, { count: 1000, of: null }, [1000, 'none']],
  ] as const)('trains on %s of the images', (_, exercise, images, [limit, from]) => {
    const found = pytorchRecipe(context, exercise, submitted, { ...training, images })!;
    expect(found.recipe.trainLimit).toBe(limit);
    expect(found.recipe.validation.from).toBe(from);
    expect(found.changed.includes(`trained on ${images.count} images`)).toBe(limit !== null);
  });

  it('says that the weights may be those of another epoch', () => {
    const { changed } = pytorchRecipe(context, base, submitted, { ...training, keepsBest: true })!;
    expect(changed.join('; ')).toMatch(/saved under a condition/u);
  });

  it.each([
    ['something that is not understood', { notUnderstood: ['the loss'] }],
    ['no epochs', { epochs: null }],
    ['no batches', { batchSize: null }],
    ['too many epochs', { epochs: 101 }],
    ['no optimiser', { optimizer: null }],
    [
      'a rate that is none',
      { optimizer: { className: 'SGD', options: { learning_rate: -1 }, written: [] } },
    ],
  ])('is none with %s, so that a person looks', (_, change) => {
    expect(pytorchRecipe(context, base, submitted, { ...training, ...change })).toBeNull();
  });
});
