import { describe, expect, it } from 'vitest';
import {
  planTraining,
  createOracleKernels,
  LabproofError,
  type Recipe,
  runTrial,
  Trainer,
  weightsDigest,
} from '../../src/index.ts';
import { syntheticDataset, syntheticRecipe } from './synthetic.ts';

const dataset = syntheticDataset();

function trainer(recipe: Recipe, seed = 1): Trainer {
  return new Trainer({
    kernels: createOracleKernels(),
    plan: planTraining(recipe, dataset),
    dataset,
    seed,
  });
}

function digestAfter(recipe: Recipe, seed = 1): string {
  const subject = trainer(recipe, seed);
  while (subject.history.length < recipe.epochs) subject.runEpoch();
  return weightsDigest(subject.weights());
}

describe('Trainer', () => {
  it('learns the synthetic classes', async () => {
    const { result } = await runTrial({
      kernels: createOracleKernels(),
      plan: planTraining(syntheticRecipe({ epochs: 20 }), dataset),
      dataset,
      seed: 3,
      now: () => 0,
    });
    expect(result.history).toHaveLength(20);
    expect(result.test.accuracy).toBeGreaterThan(0.9);
    expect(result.test.loss).toBeLessThan(result.history[0]?.loss ?? 0);
    expect(result.digest).not.toBe(result.initialDigest);
  });

  it('gives the same weights for the same seed and others for another', () => {
    const recipe = syntheticRecipe();
    expect(digestAfter(recipe, 7)).toBe(digestAfter(recipe, 7));
    expect(digestAfter(recipe, 7)).not.toBe(digestAfter(recipe, 8));
    expect(digestAfter(recipe, 0)).not.toBe(digestAfter(recipe, 1));
  });

  it.each([
    ['the dropout rate', { model: withDropout(0.5) }],
    ['the batch size', { batchSize: 8 }],
    ['the input scale', { inputScale: 'raw' }],
    ['the shuffle', { shuffle: false }],
    ['the training limit', { trainLimit: 50 }],
    ['the validation share', { validation: { from: 'split', share: 0.5 } }],
    ['the loss', { loss: 'mean_squared_error' }],
  ] satisfies [string, Partial<Recipe>][])('%s changes the result', (_, change) => {
    expect(digestAfter(syntheticRecipe(change))).not.toBe(digestAfter(syntheticRecipe()));
  });

  it('starts networks that differ only in dropout from the same weights', () => {
    const [one, other] = [0.1, 0.6].map((rate) =>
      weightsDigest(trainer(syntheticRecipe({ model: withDropout(rate) })).initialWeights),
    );
    expect(one).toBe(other);
  });

  it('takes the validation examples from the end of the training set and never trains on them', () => {
    const tampered = syntheticDataset();
    tampered.train.images.fill(0, 76 * 16);
    const recipe = syntheticRecipe();
    const subject = new Trainer({
      kernels: createOracleKernels(),
      plan: planTraining(recipe, tampered),
      dataset: tampered,
      seed: 1,
    });
    const original = trainer(recipe);
    expect(subject.stepsPerEpoch).toBe(5);
    const [changed, unchanged] = [subject.runEpoch(), original.runEpoch()];
    expect(changed.loss).toBe(unchanged.loss);
    expect(changed.valLoss).not.toBe(unchanged.valLoss);
    expect(weightsDigest(subject.weights())).toBe(weightsDigest(original.weights()));
  });

  it('reports no validation metrics where there are no validation examples', () => {
    const epoch = trainer(syntheticRecipe({ validation: { from: 'none' } })).runEpoch();
    expect(epoch.valLoss).toBeNull();
    expect(epoch.valAccuracy).toBeNull();
  });

  it('validates on the test set when asked to', () => {
    const subject = trainer(syntheticRecipe({ validation: { from: 'test' } }));
    const epoch = subject.runEpoch();
    const { loss, accuracy } = subject.test();
    expect({ loss: epoch.valLoss, accuracy: epoch.valAccuracy }).toEqual({ loss, accuracy });
  });

  it.each([
    { class_name: 'SGD', learning_rate: 0.1, momentum: 0, nesterov: false, decay: 0 },
    { class_name: 'SGD', learning_rate: 0.05, momentum: 0.9, nesterov: true, decay: 0.001 },
    { class_name: 'RMSprop', learning_rate: 0.005, rho: 0.9, epsilon: 1e-7, decay: 1e-4 },
    {
      class_name: 'Adam',
      learning_rate: 0.01,
      beta_1: 0.9,
      beta_2: 0.999,
      epsilon: 1e-7,
      decay: 0,
    },
    { class_name: 'Adadelta', learning_rate: 1, rho: 0.95, epsilon: 1e-7, decay: 0 },
    {
      class_name: 'RMSprop',
      learning_rate: 0.005,
      rho: 0.9,
      epsilon: 1e-7,
      epsilon_inside_root: true,
      momentum: 0.5,
      centered: true,
      decay: 0,
    },
    {
      class_name: 'AdamW',
      learning_rate: 0.01,
      beta_1: 0.9,
      beta_2: 0.999,
      epsilon: 1e-7,
      weight_decay: 0.004,
      decay: 0,
    },
    {
      class_name: 'Adamax',
      learning_rate: 0.01,
      beta_1: 0.9,
      beta_2: 0.999,
      epsilon: 1e-7,
      decay: 0,
    },
    {
      class_name: 'Nadam',
      learning_rate: 0.01,
      beta_1: 0.9,
      beta_2: 0.999,
      epsilon: 1e-7,
      schedule_decay: 0.004,
      decay: 0,
    },
    {
      class_name: 'Adagrad',
      learning_rate: 0.05,
      epsilon: 1e-7,
      initial_accumulator_value: 0.1,
      decay: 0,
    },
  ] satisfies Recipe['optimizer'][])(
    'goes on from a checkpoint bit for bit with $class_name (decay $decay)',
    (optimizer) => {
      const recipe = syntheticRecipe({ optimizer, epochs: 4 });
      const whole = trainer(recipe);
      for (let epoch = 0; epoch < 4; epoch += 1) whole.runEpoch();
      const first = trainer(recipe);
      first.runEpoch();
      first.runEpoch();
      const second = trainer(recipe);
      second.restore(structuredClone(first.state()));
      second.runEpoch();
      second.runEpoch();
      expect(second.history).toEqual(whole.history);
      expect(weightsDigest(second.weights())).toBe(weightsDigest(whole.weights()));
      expect(whole.history.at(-1)?.loss).toBeLessThan(whole.history[0]?.loss ?? 0);
    },
  );

  it('stops with epoch, step and seed when the loss is no longer finite', () => {
    const recipe = syntheticRecipe({
      inputScale: 'raw',
      loss: 'mean_squared_error',
      model: withOutput('linear'),
      optimizer: { class_name: 'SGD', learning_rate: 1e6, momentum: 0, nesterov: false, decay: 0 },
    });
    const subject = trainer(recipe, 5);
    expect(() => {
      for (let epoch = 0; epoch < 50; epoch += 1) subject.runEpoch();
    }).toThrow(/epoch \d+, step \d+ \(seed 5\)/u);
  });

  it.each([
    ['crossentropy without softmax', { model: withOutput('relu') }, /softmax/u],
    [
      'an unknown initialiser',
      { model: withHiddenOption({ kernel_initializer: 'orthogonal' }) },
      /hidden.*orthogonal/u,
    ],
    [
      'an unknown regulariser',
      { model: withHiddenOption({ kernel_regularizer: 'orthogonal_regularizer' }) },
      /hidden.*kernel_regularizer/u,
    ],
    ['an unknown option', { model: withHiddenOption({ unit: 3 }) }, /hidden.*unit/u],
    [
      'inputs that do not fit the data',
      { model: withHiddenOption({ batch_input_shape: [null, 17] }) },
      /17 values.*16/u,
    ],
  ] satisfies [string, Partial<Recipe>, RegExp][])('refuses %s by name', (_, change, message) => {
    expect(() => trainer(syntheticRecipe(change))).toThrow(message);
    expect(() => trainer(syntheticRecipe(change))).toThrow(LabproofError);
  });
});

function withDropout(rate: number): Recipe['model'] {
  const { name, layers } = syntheticRecipe().model;
  return {
    name,
    layers: layers.map((layer) =>
      layer.class_name === 'Dropout' ? { ...layer, config: { ...layer.config, rate } } : layer,
    ),
  };
}

function withOutput(activation: string): Recipe['model'] {
  const { name, layers } = syntheticRecipe().model;
  return {
    name,
    layers: layers.map((layer) =>
      layer.config['name'] === 'output'
        ? { ...layer, config: { ...layer.config, activation } }
        : layer,
    ),
  };
}

function withHiddenOption(option: Record<string, unknown>): Recipe['model'] {
  const { name, layers } = syntheticRecipe().model;
  return {
    name,
    layers: layers.map((layer) =>
      layer.config['name'] === 'hidden'
        ? { ...layer, config: { ...layer.config, ...option } }
        : layer,
    ),
  };
}
