import type { Dataset, LayerConfig, Optimizer, Recipe } from '@labproof/core';

const WEIGHTS = { kernel_initializer: 'glorot_uniform', bias_initializer: 'zeros' };

const dense = (units: number, activation: string): LayerConfig => ({
  class_name: 'Dense',
  config: { units, activation, use_bias: true, ...WEIGHTS },
});

const conv = (filters: number, padding = 'valid'): LayerConfig => ({
  class_name: 'Conv2D',
  config: {
    filters,
    kernel_size: [3, 3],
    strides: [1, 1],
    padding,
    activation: 'relu',
    use_bias: true,
    ...WEIGHTS,
  },
});

const pool: LayerConfig = {
  class_name: 'MaxPooling2D',
  config: { pool_size: [2, 2], strides: [2, 2], padding: 'valid' },
};
const flatten: LayerConfig = { class_name: 'Flatten', config: {} };
const dropout = (rate: number): LayerConfig => ({ class_name: 'Dropout', config: { rate } });

const rmsprop = (rate: number): Optimizer => ({
  class_name: 'RMSprop',
  learning_rate: rate,
  rho: 0.9,
  epsilon: 1e-7,
  decay: 0,
});
const adam: Optimizer = {
  class_name: 'Adam',
  learning_rate: 0.001,
  beta_1: 0.9,
  beta_2: 0.999,
  epsilon: 1e-7,
  decay: 0,
};
const adadelta: Optimizer = {
  class_name: 'Adadelta',
  learning_rate: 1,
  rho: 0.95,
  epsilon: 1e-7,
  decay: 0,
};
const sgd: Optimizer = {
  class_name: 'SGD',
  learning_rate: 0.1,
  momentum: 0,
  nesterov: false,
  decay: 0,
};

const SPLIT: Recipe['validation'] = { from: 'split', share: 0.2 };
const TEST: Recipe['validation'] = { from: 'test' };

/** A network whose trials are timed. */
export interface TimedExercise {
  readonly name: string;
  readonly title: string;
  readonly recipe: Recipe;
}

function exercise(
  name: string,
  title: string,
  options: Pick<Recipe, 'inputShape' | 'optimizer' | 'batchSize' | 'epochs' | 'validation'> & {
    layers: readonly [LayerConfig, ...LayerConfig[]];
  } & Partial<Pick<Recipe, 'dataset' | 'loss'>>,
): TimedExercise {
  const { inputShape, layers, ...fit } = options;
  const [first, ...rest] = layers;
  const input = { batch_input_shape: [null, ...inputShape] };
  return {
    name,
    title,
    recipe: {
      dataset: 'mnist',
      inputShape,
      inputScale: '1/255',
      model: {
        name: name.replaceAll('-', '_'),
        layers: [{ ...first, config: { ...first.config, ...input } }, ...rest],
      },
      loss: 'sparse_categorical_crossentropy',
      shuffle: true,
      trainLimit: null,
      ...fit,
    },
  };
}

const DIGITS = [784];

/** As Labproof's recipes, the largest and the smallest networks of the labs among them. */
export const exercises: readonly TimedExercise[] = [
  exercise('mnist-mlp-relu', '784-256-10, RMSprop, batch 128, 12 epochs', {
    inputShape: DIGITS,
    layers: [dense(256, 'relu'), dense(10, 'softmax')],
    optimizer: rmsprop(0.001),
    batchSize: 128,
    epochs: 12,
    validation: SPLIT,
  }),
  exercise(
    'mnist-mlp-32-sgd',
    '784-32-10 with a relu at the end, squared error, SGD, batch 32, 5 epochs',
    {
      inputShape: DIGITS,
      layers: [dense(32, 'relu'), dense(10, 'relu')],
      loss: 'mean_squared_error',
      optimizer: sgd,
      batchSize: 32,
      epochs: 5,
      validation: TEST,
    },
  ),
  exercise('mnist-mlp-32-adam', '784-32-10, Adam, batch 32, 20 epochs', {
    inputShape: DIGITS,
    layers: [dense(32, 'relu'), dense(10, 'softmax')],
    optimizer: adam,
    batchSize: 32,
    epochs: 20,
    validation: TEST,
  }),
  exercise('mnist-mlp-512', '784-512-512-512-10 with dropout, RMSprop, batch 128, 10 epochs', {
    inputShape: DIGITS,
    layers: [
      dense(512, 'relu'),
      dropout(0.2),
      ...[512, 512].flatMap((units) => [dense(units, 'relu'), dropout(0.2)]),
      dense(10, 'softmax'),
    ],
    optimizer: rmsprop(0.001),
    batchSize: 128,
    epochs: 10,
    validation: SPLIT,
  }),
  exercise(
    'mnist-cnn',
    'conv 32, conv 64, pool, dense 128, dense 10, Adadelta, batch 128, 6 epochs',
    {
      inputShape: [28, 28, 1],
      layers: [conv(32), conv(64), pool, flatten, dense(128, 'relu'), dense(10, 'softmax')],
      optimizer: adadelta,
      batchSize: 128,
      epochs: 6,
      validation: SPLIT,
    },
  ),
  exercise(
    'cifar10-cnn',
    'four conv 32, two pools, dense 512, dropout, RMSprop, batch 32, 20 epochs',
    {
      dataset: 'cifar10',
      inputShape: [32, 32, 3],
      layers: [
        conv(32, 'same'),
        conv(32),
        pool,
        dropout(0.25),
        conv(32, 'same'),
        conv(32),
        pool,
        dropout(0.25),
        flatten,
        dense(512, 'relu'),
        dropout(0.5),
        dense(10, 'softmax'),
      ],
      // The lab's decay of 1e-6 a step is left out on every side: Keras 3 has no such option.
      optimizer: rmsprop(1e-4),
      batchSize: 32,
      epochs: 20,
      validation: TEST,
    },
  ),
];

/** What a whole trial does. */
export interface TrialSize {
  readonly steps: number;
  readonly evaluated: number;
}

/** How many steps and evaluated examples a whole trial takes: validation after every epoch, the test set at the end. */
export function trialSize({ batchSize, epochs, validation }: Recipe, dataset: Dataset): TrialSize {
  const held = validation.from === 'split' ? Math.ceil(dataset.train.count * validation.share) : 0;
  const trained = dataset.train.count - held;
  const validated = validation.from === 'test' ? dataset.test.count : held;
  return {
    steps: epochs * Math.ceil(trained / batchSize),
    evaluated: epochs * validated + dataset.test.count,
  };
}

/** The same network without dropout: only that can be compared between libraries step by step. */
export function withoutDropout(recipe: Recipe): Recipe {
  const layers = recipe.model.layers.filter(({ class_name: name }) => name !== 'Dropout');
  return { ...recipe, model: { ...recipe.model, layers } };
}

/** The examples of step s: the same scattered ones on every side. 7919 is prime, so each example is taken once a round. */
export function batchIndices(step: number, batchSize: number, examples: number): Int32Array {
  return Int32Array.from(
    { length: batchSize },
    (_, row) => ((step * batchSize + row) * 7919) % examples,
  );
}
