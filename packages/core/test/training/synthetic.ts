import type { Dataset, DatasetSplit, Recipe } from '../../src/index.ts';

/** A small made-up dataset: 4×4 images of 3 classes, each class bright in another third, with noise from a fixed sequence. */
export function syntheticDataset(trainCount = 96, testCount = 30): Dataset {
  let state = 1;
  const noise = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 24;
  };
  const split = (count: number): DatasetSplit => {
    const images = new Uint8Array(count * 16);
    const labels = new Uint8Array(count);
    for (let example = 0; example < count; example += 1) {
      const label = noise() % 3;
      labels[example] = label;
      for (let pixel = 0; pixel < 16; pixel += 1) {
        const bright = Math.floor(pixel / 5.34) === label;
        images[example * 16 + pixel] = bright ? 128 + (noise() >> 1) : noise() >> 2;
      }
    }
    return { images, labels, count };
  };
  return {
    id: 'synthetic',
    title: 'Synthetic thirds',
    classes: ['first', 'second', 'third'],
    imageShape: [4, 4, 1],
    train: split(trainCount),
    test: split(testCount),
    digest: `synthetic-${trainCount}-${testCount}`,
  };
}

/** A two-layer perceptron on the synthetic data; override what a test is about. */
export function syntheticRecipe(changes: Partial<Recipe> = {}): Recipe {
  return {
    dataset: 'synthetic',
    inputShape: [16],
    inputScale: '1/255',
    model: {
      name: 'small',
      layers: [
        {
          class_name: 'Dense',
          config: { name: 'hidden', batch_input_shape: [null, 16], units: 8, activation: 'relu' },
        },
        { class_name: 'Dropout', config: { name: 'dropout', rate: 0.25 } },
        { class_name: 'Dense', config: { name: 'output', units: 3, activation: 'softmax' } },
      ],
    },
    loss: 'categorical_crossentropy',
    optimizer: {
      class_name: 'RMSprop',
      learning_rate: 0.01,
      rho: 0.9,
      epsilon: 1e-7,
      decay: 0,
    },
    batchSize: 16,
    epochs: 5,
    validation: { from: 'split', share: 0.2 },
    shuffle: true,
    trainLimit: null,
    ...changes,
  };
}
