import type { Bands, Dataset, DatasetSplit, Manifest, Recipe } from '../../../src/index.ts';
import { sealBands } from '../../../src/index.ts';
import { sealManifest } from '../../../src/manifests/manifest.ts';
import type { Sabotage } from './laboratory.ts';

/** Examples at which an excerpt does not look. */
const BEYOND = 2100;

/** Some labels of a part moved to the next class, every tenth from one on. */
function noisy(split: DatasetSplit, from: number): DatasetSplit {
  const labels = split.labels.map((label, at) =>
    at >= from && at % 10 === 0 ? (label + 1) % 3 : label,
  );
  return { ...split, labels };
}

function flipped(split: DatasetSplit, byte: number): DatasetSplit {
  const images = split.images.slice();
  images[byte] = (images[byte] ?? 0) ^ 1;
  return { ...split, images };
}

const data = (change: (dataset: Dataset) => Partial<Dataset>): Sabotage => ({
  data: (dataset) => ({ ...dataset, ...change(dataset) }),
});

export const dataSabotages: Readonly<Record<string, readonly [Sabotage, cause: string]>> = {
  'data: one bit of a training image': [
    data(({ train }) => ({ train: flipped(train, 100) })),
    'the training images are not those of the calibration',
  ],
  'data: one bit of an image beyond the excerpt': [
    data(({ train }) => ({ train: flipped(train, BEYOND * 16) })),
    'the training images are not those of the calibration',
  ],
  'data: noise in the labels beyond the excerpt': [
    data(({ train }) => ({ train: noisy(train, BEYOND) })),
    'the training labels are not those of the calibration',
  ],
  'data: noise in the labels of the test set': [
    data(({ test }) => ({ test: noisy(test, 0) })),
    'the test labels are not those of the calibration',
  ],
  'data: one bit of a test image': [
    data(({ test }) => ({ test: flipped(test, 5) })),
    'the test images are not those of the calibration',
  ],
  'data: class names in reversed order': [
    data(({ classes }) => ({ classes: classes.toReversed() })),
    'the class names stand in reversed order',
  ],
  'data: images are scaled by 1/256': [
    {
      kernels: (own) => ({
        ...own,
        gather(images, indices, table, out, rows, size) {
          own.gather(images, indices, table, out, rows, size);
          const values = own.f32(out, rows * size);
          for (let at = 0; at < rows * size; at += 1) values[at] = ((values[at] ?? 0) * 255) / 256;
        },
      }),
    },
    'what lives there: data',
  ],
  'data: noise that comes in after the digests, in the excerpt': [
    { handed: (dataset) => ({ ...dataset, train: noisy(dataset.train, 0) }) },
    'what lives there: data',
  ],
  'data: noise that comes in after the digests, beyond the excerpt': [
    { handed: (dataset) => ({ ...dataset, train: noisy(dataset.train, BEYOND) }) },
    'seed 1 gives loss of epoch 1',
  ],
};

const recipe = (change: Partial<Recipe>): Sabotage => ({
  recipe: (own) => ({ ...own, ...change }),
});
const layer = (name: string, change: Readonly<Record<string, unknown>>): Sabotage => ({
  recipe: (own) => ({
    ...own,
    model: {
      ...own.model,
      layers: own.model.layers.map((one) =>
        one.config['name'] === name ? { ...one, config: { ...one.config, ...change } } : one,
      ),
    },
  }),
});
const optimizer = (change: Readonly<Record<string, unknown>>): Sabotage => ({
  recipe: (own) => ({ ...own, optimizer: { ...own.optimizer, ...change } as Recipe['optimizer'] }),
});

export const recipeSabotages: Readonly<Record<string, readonly [Sabotage, cause: string]>> = {
  'recipe: learning rate × 1.1': [
    optimizer({ learning_rate: 0.011 }),
    'optimizer.learning_rate: 0.01 → 0.011',
  ],
  'recipe: another epsilon': [optimizer({ epsilon: 1e-8 }), 'optimizer.epsilon'],
  'recipe: dropout 0.25 becomes 0.3': [layer('dropout', { rate: 0.3 }), 'rate: 0.25 → 0.3'],
  'recipe: glorot_normal': [
    layer('output', { kernel_initializer: 'glorot_normal' }),
    'kernel_initializer: absent → "glorot_normal"',
  ],
  'recipe: padding valid': [layer('conv', { padding: 'valid' }), 'padding: "same" → "valid"'],
  'recipe: a bias less': [layer('output', { use_bias: false }), 'use_bias: absent → false'],
  'recipe: one epoch less, beyond the excerpt': [recipe({ epochs: 3 }), 'epochs: 4 → 3'],
  'recipe: fewer examples, beyond the excerpt': [
    recipe({ trainLimit: 2400 }),
    'trainLimit: null → 2400',
  ],
  'recipe: validation on the test set': [
    recipe({ validation: { from: 'test' } }),
    'validation.from: "split" → "test"',
  ],
  'recipe: no shuffle': [recipe({ shuffle: false }), 'shuffle: true → false'],
};

const bands = (change: (bands: Bands) => Partial<Bands>, seal = false): Sabotage => ({
  bands: (own) => (seal ? sealBands : (same: Bands) => same)({ ...own, ...change(own) }),
});
const easier = ({ test }: Bands): Partial<Bands> => ({
  test: { ...test, accuracyLower: { ...test.accuracyLower, value: 0.2 } },
});
const manifest = (change: (manifest: Manifest) => Partial<Manifest>, seal = false): Sabotage => ({
  manifest: (own) => {
    const { checksum, ...content } = { ...own, ...change(own) };
    return seal ? sealManifest(content) : { ...content, checksum };
  },
});
const otherHistory = ({ trials }: Manifest): Partial<Manifest> => ({
  trials: trials.map((trial) => ({
    ...trial,
    history: trial.history.map((epoch) => ({ ...epoch, valLoss: (epoch.valLoss ?? 0) + 0.01 })),
  })),
});

export const fileSabotages: Readonly<Record<string, readonly [Sabotage, cause: string]>> = {
  'bands: a lower pass mark': [
    bands(easier),
    'bands/small.json was changed: test.accuracyLower.value',
  ],
  'bands: a lower pass mark, with a new checksum': [
    bands(easier, true),
    'bands/small.json was changed: test.accuracyLower.value',
  ],
  'bands: one bit of a digest': [
    bands(({ trials }) => ({
      trials: trials.map((trial) => ({ ...trial, digest: trial.digest.replace(/^./u, '!') })),
    })),
    'bands/small.json was changed: its content does not match its checksum',
  ],
  'bands: an epoch, with a new checksum': [
    bands(
      ({ epochs }) => ({
        epochs: epochs.map((epoch) => ({ ...epoch, loss: { ...epoch.loss, mean: 0.5 } })),
      }),
      true,
    ),
    'bands/small.json and manifests/small.json disagree',
  ],
  'bands: no checksum, and another machine': [
    bands(() => ({ environment: { node: 'v1' }, checksum: undefined })),
    'bands/small.json was changed: it has no checksum',
  ],
  'bands: where they were measured': [
    bands(() => ({ environment: { node: 'v1' } })),
    'bands/small.json was changed: its content does not match its checksum',
  ],
  'manifest: a history': [manifest(otherHistory), 'manifests/small.json was changed'],
  'manifest: a history, with a new checksum': [manifest(otherHistory, true), 'disagree'],
  'manifest: predicted classes of the excerpt, with a new checksum': [
    manifest(
      ({ excerpt }) =>
        excerpt === undefined
          ? {}
          : {
              excerpt: {
                ...excerpt,
                trial: { ...excerpt.trial, test: { ...excerpt.trial.test, classesDigest: '00' } },
              },
            },
      true,
    ),
    'gives predicted classes',
  ],
};
