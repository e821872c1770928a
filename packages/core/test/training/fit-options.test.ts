import { describe, expect, it } from 'vitest';
import {
  planTraining,
  createOracleKernels,
  type Dataset,
  evaluate,
  hashOf,
  LabproofError,
  planModel,
  type Recipe,
  RecipeSchema,
  recipeHash,
  runTrial,
  Trainer,
  weightsDigest,
} from '../../src/index.ts';
import { syntheticDataset, syntheticRecipe } from './synthetic.ts';

const dataset = syntheticDataset();

function trainer(changes: Partial<Recipe>, data: Dataset = dataset, seed = 1): Trainer {
  const recipe = syntheticRecipe(changes);
  return new Trainer({
    kernels: createOracleKernels(),
    plan: planTraining(recipe, data),
    dataset: data,
    seed,
  });
}

/** A convolutional network on the synthetic images, with something of everything. */
const convolutional: Partial<Recipe> = {
  inputShape: [4, 4, 1],
  model: {
    name: 'convolutional',
    layers: [
      {
        class_name: 'Conv2D',
        config: {
          name: 'convolution',
          batch_input_shape: [null, 4, 4, 1],
          filters: 4,
          kernel_size: [3, 3],
          padding: 'same',
          use_bias: false,
          kernel_initializer: 'he_normal',
        },
      },
      {
        class_name: 'BatchNormalization',
        config: { name: 'normalization', momentum: 0.8 },
      },
      {
        class_name: 'Activation',
        config: { name: 'activation', activation: 'relu' },
      },
      {
        class_name: 'MaxPooling2D',
        config: { name: 'pooling', pool_size: [2, 2] },
      },
      { class_name: 'Flatten', config: { name: 'flat' } },
      {
        class_name: 'Dense',
        config: { name: 'output', units: 3, activation: 'softmax' },
      },
    ],
  },
};

describe('a recipe’s hash', () => {
  it('does not change by what it leaves out', () => {
    const recipe = syntheticRecipe();
    expect(RecipeSchema.parse(recipe)).toEqual(recipe);
    expect(recipeHash(RecipeSchema.parse(structuredClone(recipe)))).toBe(hashOf(recipe));
    expect(Object.keys(RecipeSchema.parse(recipe))).toEqual(Object.keys(recipe));
  });

  it('changes by every option that it says', () => {
    const changes: Partial<Recipe>[] = [
      {},
      { classWeight: [1, 1, 2] },
      { augmentation: { horizontalFlip: true } },
      { schedule: { kind: 'step', factor: 0.5, everyEpochs: 1 } },
    ];
    const hashes = changes.map((change) => recipeHash(syntheticRecipe(change)));
    expect(new Set(hashes).size).toBe(changes.length);
  });
});

describe('convolutional networks', () => {
  it('learn the synthetic classes, and the moving averages are saved with the weights', async () => {
    const recipe = syntheticRecipe({ ...convolutional, epochs: 12 });
    const kernels = createOracleKernels();
    const trial = await runTrial({
      kernels,
      plan: planTraining(recipe, dataset),
      dataset,
      seed: 1,
      now: () => 0,
    });
    expect(trial.result.test.accuracy).toBeGreaterThan(0.9);
    expect(trial.weights.map(({ length }) => length)).toEqual([36, 4, 4, 4, 4, 48, 3]);
    const measured = evaluate({
      kernels,
      plan: planModel(recipe.model),
      weights: trial.weights,
      split: dataset.test,
      inputScale: recipe.inputScale,
      loss: recipe.loss,
    });
    expect(measured.loss).toBe(trial.result.test.loss);
  });

  it('go on from a checkpoint bit for bit', () => {
    const whole = trainer(convolutional);
    for (let epoch = 0; epoch < 3; epoch += 1) whole.runEpoch();
    const first = trainer(convolutional);
    first.runEpoch();
    const second = trainer(convolutional);
    second.restore(structuredClone(first.state()));
    second.runEpoch();
    second.runEpoch();
    expect(weightsDigest(second.weights())).toBe(weightsDigest(whole.weights()));
  });
});

describe('classWeight', () => {
  it('of 1 changes nothing, of 0 leaves a class’s examples out of the gradient', () => {
    const plain = trainer({});
    const weighed = trainer({ classWeight: [1, 1, 1] });
    expect(weighed.runEpoch()).toEqual(plain.runEpoch());
    expect(weightsDigest(weighed.weights())).toBe(weightsDigest(plain.weights()));

    const indices = Int32Array.from({ length: 16 }, (_, index) => index);
    const without = trainer({ classWeight: [0, 0, 0] });
    expect(without.trainStep(indices).lossSum).toBe(0);
    expect(weightsDigest(without.weights())).toBe(weightsDigest(without.initialWeights));
  });

  it('multiplies the training loss but neither accuracy nor validation', () => {
    // A step at learning rate 1e-30 moves nothing.
    const still: Recipe['optimizer'] = {
      class_name: 'SGD',
      learning_rate: 1e-30,
      momentum: 0,
      nesterov: false,
      decay: 0,
    };
    const plain = trainer({ optimizer: still }).runEpoch();
    const doubled = trainer({
      optimizer: still,
      classWeight: [2, 2, 2],
    }).runEpoch();
    expect(doubled.loss).toBeCloseTo(2 * plain.loss, 6);
    expect({ ...doubled, loss: 0 }).toEqual({ ...plain, loss: 0 });
  });
});

describe('regularisation', () => {
  const penalised = (regularizer: object): Partial<Recipe> => {
    const { model } = syntheticRecipe();
    const layers = model.layers.map((layer) =>
      layer.config['name'] === 'hidden'
        ? { ...layer, config: { ...layer.config, ...regularizer } }
        : layer,
    );
    return { model: { ...model, layers } };
  };

  it('adds l1·Σ|w| + l2·Σw² to losses, in training, validation and test', () => {
    const subject = trainer(
      penalised({
        kernel_regularizer: {
          class_name: 'L1L2',
          config: { l1: 0.5, l2: 0.25 },
        },
      }),
    );
    const plain = trainer({});
    const kernel = subject.initialWeights[0]!;
    const penalty = kernel.reduce(
      (sum, weight) => sum + 0.5 * Math.abs(weight) + 0.25 * weight * weight,
      0,
    );
    expect(subject.test().loss - plain.test().loss).toBeCloseTo(penalty, 4);
    const batch = Int32Array.from({ length: 16 }, (_, index) => index);
    const difference = subject.trainStep(batch).lossSum - plain.trainStep(batch).lossSum;
    expect(difference / 16).toBeCloseTo(penalty, 4);
  });

  it('shrinks the weights by lr · (l1 · sign(w) + 2 · l2 · w) in a step of plain SGD', () => {
    const optimizer: Recipe['optimizer'] = {
      class_name: 'SGD',
      learning_rate: 0.01,
      momentum: 0,
      nesterov: false,
      decay: 0,
    };
    const config = {
      kernel_regularizer: { class_name: 'L1L2', config: { l1: 0.5, l2: 0.25 } },
    };
    const subject = trainer({ ...penalised(config), optimizer });
    const plain = trainer({ optimizer });
    const batch = Int32Array.from({ length: 16 }, (_, index) => index);
    subject.trainStep(batch);
    plain.trainStep(batch);
    const [before, after, without] = [
      plain.initialWeights[0]!,
      subject.weights()[0]!,
      plain.weights()[0]!,
    ];
    for (const [index, weight] of before.entries()) {
      const shrinkage = 0.01 * (0.5 * Math.sign(weight) + 0.5 * weight);
      expect(without[index]! - after[index]!).toBeCloseTo(shrinkage, 6);
    }
  });
});

describe('early stopping', () => {
  /** So fast that it soon gets worse. */
  const restless: Partial<Recipe> = {
    epochs: 30,
    optimizer: {
      class_name: 'RMSprop',
      learning_rate: 0.3,
      rho: 0.9,
      epsilon: 1e-7,
      decay: 0,
    },
  };
  const stopping = (restoreBestWeights: boolean): Partial<Recipe> => ({
    ...restless,
    earlyStopping: {
      monitor: 'val_loss',
      minDelta: 0,
      patience: 2,
      restoreBestWeights,
    },
  });

  function finish(subject: Trainer): Trainer {
    while (!subject.finished) subject.runEpoch();
    return subject;
  }

  it('ends the training two epochs after the best and brings its weights back', () => {
    const subject = finish(trainer(stopping(true)));
    const losses = subject.history.map(({ valLoss }) => valLoss ?? Infinity);
    const best = losses.indexOf(Math.min(...losses));
    expect(subject.history.length).toBeLessThan(30);
    expect(best).toBe(losses.length - 3);

    const replayed = trainer(restless);
    for (let epoch = 0; epoch <= best; epoch += 1) replayed.runEpoch();
    expect(weightsDigest(subject.weights())).toBe(weightsDigest(replayed.weights()));
    const last = finish(trainer(stopping(false)));
    expect(last.history).toEqual(subject.history);
    expect(weightsDigest(last.weights())).not.toBe(weightsDigest(subject.weights()));
  });

  it('keeps the best weights in a checkpoint', () => {
    const whole = finish(trainer(stopping(true)));
    const first = trainer(stopping(true));
    for (let epoch = 1; epoch < whole.history.length; epoch += 1) first.runEpoch();
    const second = trainer(stopping(true));
    second.restore(structuredClone(first.state()));
    expect(weightsDigest(finish(second).weights())).toBe(weightsDigest(whole.weights()));
  });

  it('restores the best weights too when the epochs run out', () => {
    const subject = finish(
      trainer({
        ...restless,
        epochs: 2,
        earlyStopping: {
          monitor: 'loss',
          minDelta: 1000,
          patience: 9,
          restoreBestWeights: true,
        },
      }),
    );
    const one = trainer(restless);
    one.runEpoch();
    expect(weightsDigest(subject.weights())).toBe(weightsDigest(one.weights()));
  });
});

describe('a network with one output', () => {
  const two: Dataset = {
    ...dataset,
    classes: ['first', 'other'],
    train: {
      ...dataset.train,
      labels: dataset.train.labels.map((label) => Math.min(label, 1)),
    },
    test: {
      ...dataset.test,
      labels: dataset.test.labels.map((label) => Math.min(label, 1)),
    },
  };
  const one = (activation: string): Recipe['model'] => {
    const { model } = syntheticRecipe();
    const layers = model.layers.map((layer) =>
      layer.config['name'] === 'output'
        ? { ...layer, config: { name: 'output', units: 1, activation } }
        : layer,
    );
    return { ...model, layers };
  };

  it.each([
    ['binary_crossentropy', 'sigmoid'],
    ['mean_squared_error', 'tanh'],
    ['mean_absolute_error', 'sigmoid'],
  ] as const)('learns two classes with %s on %s', async (loss, activation) => {
    const recipe = syntheticRecipe({
      loss,
      model: one(activation),
      epochs: 25,
    });
    const kernels = createOracleKernels();
    const { result, weights } = await runTrial({
      kernels,
      plan: planTraining(recipe, two),
      dataset: two,
      seed: 1,
      now: () => 0,
    });
    expect(result.test.accuracy).toBeGreaterThan(0.9);
    const { predicted, confidence } = evaluate({
      kernels,
      plan: planModel(recipe.model),
      weights,
      split: two.test,
      inputScale: recipe.inputScale,
      loss,
    });
    expect(new Set(predicted)).toEqual(new Set([0, 1]));
    expect(confidence.every((value) => value >= 0.5)).toBe(true);
  });

  it('is refused for more than two classes', () => {
    expect(() => trainer({ loss: 'binary_crossentropy', model: one('sigmoid') })).toThrow(
      /1 values.*3 classes/u,
    );
  });
});

describe('refusals', () => {
  it.each([
    ['class weights of another number', { classWeight: [1, 2] }, /2 values.*3 classes/u],
    [
      'monitoring what is not measured',
      {
        validation: { from: 'none' },
        earlyStopping: {
          monitor: 'val_accuracy',
          minDelta: 0,
          patience: 1,
          restoreBestWeights: false,
        },
      },
      /earlyStopping.*val_accuracy/u,
    ],
    [
      'two schedules',
      {
        schedule: { kind: 'step', factor: 0.5, everyEpochs: 1 },
        reduceOnPlateau: {
          monitor: 'loss',
          factor: 0.5,
          patience: 1,
          minDelta: 0,
          cooldown: 0,
          minLearningRate: 0,
        },
      },
      /schedule and reduceOnPlateau/u,
    ],
    ['binary crossentropy without sigmoid', { loss: 'binary_crossentropy' }, /sigmoid/u],
  ] satisfies [string, Partial<Recipe>, RegExp][])('%s', (_, change, message) => {
    expect(() => trainer(change)).toThrow(message);
    expect(() => trainer(change)).toThrow(LabproofError);
  });

  it.each([
    ["PyTorch's weight decay", { weight_decay: 0.1 }, /weight_decay of Adam is PyTorch's/u],
    ['an option that no optimiser has', { maximize: true }, /maximize/u],
    [
      'gradients that are clipped in two ways',
      { clipnorm: 1, clipvalue: 1 },
      /only one of clipvalue and clipnorm/u,
    ],
  ])('%s, by name', (_, option, message) => {
    const recipe = syntheticRecipe({
      optimizer: {
        class_name: 'Adam',
        learning_rate: 0.01,
        beta_1: 0.9,
        beta_2: 0.999,
        epsilon: 1e-7,
        decay: 0,
      },
    });
    const changed = {
      ...recipe,
      optimizer: { ...recipe.optimizer, ...option },
    };
    expect(() => RecipeSchema.parse(changed)).toThrow(message);
  });

  it('RMSprop with momentum but epsilon outside the root, which no Keras has', () => {
    const recipe = syntheticRecipe();
    const changed = {
      ...recipe,
      optimizer: { ...recipe.optimizer, momentum: 0.9 },
    };
    expect(() => RecipeSchema.parse(changed)).toThrow(/epsilon_inside_root/u);
  });
});
