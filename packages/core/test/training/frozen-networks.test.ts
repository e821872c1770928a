import { beforeAll, describe, expect, it } from 'vitest';
import {
  planTraining,
  type Dataset,
  type DatasetSplit,
  describeEngines,
  type Kernels,
  type LayerConfig,
  loadDataset,
  openKernels,
  type Recipe,
  Trainer,
  weightsDigest,
} from '../../src/index.ts';

/** The first examples of a split: enough for a few steps. */
function head(split: DatasetSplit, count: number): DatasetSplit {
  const size = split.images.length / split.count;
  return {
    images: split.images.slice(0, count * size),
    labels: split.labels.slice(0, count),
    count,
  };
}

const layer = (className: string, config: Record<string, unknown>): LayerConfig => ({
  class_name: className,
  config,
});

const convolution = (
  name: string,
  filters: number,
  options: Record<string, unknown> = {},
): LayerConfig =>
  layer('Conv2D', { name, filters, kernel_size: [3, 3], activation: 'relu', ...options });

const pooling = (name: string): LayerConfig => layer('MaxPooling2D', { name, pool_size: [2, 2] });

const dropout = (name: string, rate: number): LayerConfig => layer('Dropout', { name, rate });

function mnistLayers(withDropout: boolean): LayerConfig[] {
  return [
    convolution('conv_1', 32, { batch_input_shape: [null, 28, 28, 1] }),
    convolution('conv_2', 64),
    pooling('pool'),
    ...(withDropout ? [dropout('dropout_1', 0.25)] : []),
    layer('Flatten', { name: 'flatten' }),
    layer('Dense', { name: 'dense', units: 128, activation: 'relu' }),
    ...(withDropout ? [dropout('dropout_2', 0.5)] : []),
    layer('Dense', { name: 'digits', units: 10, activation: 'softmax' }),
  ];
}

const mnist: Recipe = {
  dataset: 'mnist',
  inputShape: [28, 28, 1],
  inputScale: '1/255',
  model: { name: 'mnist_cnn', layers: mnistLayers(false) },
  loss: 'categorical_crossentropy',
  optimizer: { class_name: 'Adadelta', learning_rate: 1, rho: 0.95, epsilon: 1e-7, decay: 0 },
  batchSize: 64,
  epochs: 1,
  validation: { from: 'split', share: 0.2 },
  shuffle: true,
  trainLimit: null,
};

const cifar: Recipe = {
  ...mnist,
  inputShape: [32, 32, 3],
  model: {
    name: 'cifar_shaped',
    layers: [
      convolution('conv_1', 32, { batch_input_shape: [null, 32, 32, 3], padding: 'same' }),
      convolution('conv_2', 32),
      pooling('pool_1'),
      dropout('dropout_1', 0.25),
      convolution('conv_3', 32, { padding: 'same' }),
      convolution('conv_4', 32),
      pooling('pool_2'),
      dropout('dropout_2', 0.25),
      layer('Flatten', { name: 'flatten' }),
      layer('Dense', { name: 'dense', units: 512, activation: 'relu' }),
      dropout('dropout_3', 0.5),
      layer('Dense', { name: 'classes', units: 10, activation: 'softmax' }),
    ],
  },
  optimizer: { class_name: 'RMSprop', learning_rate: 1e-4, rho: 0.9, epsilon: 1e-7, decay: 1e-6 },
  batchSize: 32,
};

/** The MNIST digits set into 32 × 32 pixels of three channels, so that no second dataset has to be downloaded. */
function inColour(dataset: Dataset): Dataset {
  const widen = (split: DatasetSplit): DatasetSplit => {
    const images = new Uint8Array(split.count * 32 * 32 * 3);
    for (let pixel = 0; pixel < split.images.length; pixel += 1) {
      const [example, row, column] = [
        Math.floor(pixel / 784),
        Math.floor((pixel % 784) / 28) + 2,
        (pixel % 28) + 2,
      ];
      const value = split.images[pixel] ?? 0;
      images.set([value, value >> 1, 255 - value], ((example * 32 + row) * 32 + column) * 3);
    }
    return { ...split, images };
  };
  const { train, test } = dataset;
  return { ...dataset, imageShape: [32, 32, 3], train: widen(train), test: widen(test) };
}

/** What these networks come to after one short epoch from seed 1. */
const FROZEN = {
  'a convolutional network': 'e8a2d82eedb21f29742c63403650d07ad0e417d8423163d9cdc7e098eabf3453',
  'a convolutional network with dropout':
    'f64a8b1ce36e65cdd3c18e42b52c669fd9938db86b8585da257fa622deddc522',
  'a network of the shape of the CIFAR-10 exercise':
    'fb714ec60a44a9cccd07f47f70c428d4cd90e16aeb3df5294253889a2a8c91ef',
} as const;

const recipes: Record<keyof typeof FROZEN, Recipe> = {
  'a convolutional network': mnist,
  'a convolutional network with dropout': {
    ...mnist,
    model: { name: 'mnist_cnn_dropout', layers: mnistLayers(true) },
  },
  'a network of the shape of the CIFAR-10 exercise': cifar,
};

describe('frozen digests of convolutional networks', () => {
  let small: Dataset;
  const engines = new Map<string, Kernels>();

  beforeAll(async () => {
    const dataset = await loadDataset('mnist');
    small = { ...dataset, train: head(dataset.train, 320), test: head(dataset.test, 64) };
    for (const { engine, available, levels } of await describeEngines()) {
      if (!available) continue;
      for (const level of levels) {
        const kernels = await openKernels(engine, engine === 'native' ? { level } : {});
        engines.set(`${engine} ${level}`, kernels);
      }
    }
  });

  it.each(Object.entries(recipes))('%s, on every engine and level', (name, recipe) => {
    const dataset = recipe === cifar ? inColour(small) : small;
    const digests = [...engines].map(([engine, kernels]) => {
      const trainer = new Trainer({
        kernels,
        plan: planTraining(recipe, dataset),
        dataset,
        seed: 1,
      });
      trainer.runEpoch();
      return [engine, weightsDigest(trainer.weights())];
    });
    const frozen = new Map<string, string>(Object.entries(FROZEN)).get(name);
    expect(Object.fromEntries(digests)).toEqual(
      Object.fromEntries([...engines.keys()].map((engine) => [engine, frozen])),
    );
  });
});
