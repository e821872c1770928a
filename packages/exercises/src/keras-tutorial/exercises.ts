import type { Augmentation, LayerConfig, Optimizer } from '@labproof/core';
import type { LabSource } from '../define-lab.ts';
import { conv2d, dense, dropout, first, flatten, maxPooling } from '../keras-layers.ts';
import { ADAM, RMSPROP } from '../keras-optimizers.ts';
import adamBands from './bands/mnist-mlp-512-adam.json' with { type: 'json' };
import augmentedBands from './bands/cifar10-cnn-augmented.json' with { type: 'json' };
import convolutionBands from './bands/mnist-cnn.json' with { type: 'json' };
import designBands from './bands/mnist-design.json' with { type: 'json' };
import perceptronBands from './bands/mnist-mlp-512.json' with { type: 'json' };

type ExerciseSource = LabSource['exercises'][number];

const NOTEBOOKS_OF_2020 = "the tutorial's notebooks of 2020 (Keras, one run)";
const SLIDES_OF_2020 = "the tutorial's slides of 2020 (Keras, one run)";

const VALID = { padding: 'valid' } as const;
const SAME = { padding: 'same' } as const;

interface Fit {
  readonly optimizer: Optimizer;
  readonly batchSize: number;
  readonly epochs: number;
  readonly augmentation?: Augmentation;
}

function recipe(
  dataset: 'mnist' | 'cifar10',
  inputShape: readonly number[],
  name: string,
  layers: readonly LayerConfig[],
  fit: Fit,
): ExerciseSource['recipe'] {
  const [input, ...others] = layers;
  if (input === undefined) throw new Error(`${name} has no layers`);
  return {
    dataset,
    inputShape: [...inputShape],
    inputScale: '1/255',
    model: { name, layers: [first(inputShape, input), ...others] },
    loss: 'categorical_crossentropy',
    ...fit,
    validation: { from: 'test' },
    shuffle: true,
  };
}

function perceptron(name: string, optimizer: Optimizer): ExerciseSource['recipe'] {
  const hidden = [1, 2, 3].flatMap((number) => [
    dense(`hidden_${number}`, 512, 'relu'),
    dropout(`dropout_${number}`, 0.2),
  ]);
  const layers = [...hidden, dense('digits', 10, 'softmax')];
  return recipe('mnist', [784], name, layers, { optimizer, batchSize: 128, epochs: 10 });
}

export const exercises: readonly ExerciseSource[] = [
  {
    id: 'mnist-mlp-512',
    title: 'Three dense layers of 512 units with dropout, RMSprop',
    recipe: perceptron('mnist_mlp_512', RMSPROP),
    bands: perceptronBands,
    published: { source: NOTEBOOKS_OF_2020, loss: 0.1264, accuracy: 0.9759 },
  },
  {
    id: 'mnist-mlp-512-adam',
    title: 'The same with Adam',
    recipe: perceptron('mnist_mlp_512_adam', ADAM),
    bands: adamBands,
    published: { source: NOTEBOOKS_OF_2020, loss: 0.0778, accuracy: 0.9802 },
  },
  {
    id: 'mnist-cnn',
    title: 'Four convolutions for digits',
    recipe: recipe(
      'mnist',
      [28, 28, 1],
      'mnist_cnn',
      [
        conv2d('conv_1', 32, 3, VALID),
        conv2d('conv_2', 64, 3, VALID),
        maxPooling('pool_1'),
        dropout('dropout_1', 0.25),
        conv2d('conv_3', 64, 3, VALID),
        conv2d('conv_4', 64, 3, VALID),
        maxPooling('pool_2'),
        dropout('dropout_2', 0.25),
        flatten(),
        dense('hidden', 128, 'relu'),
        dropout('dropout_3', 0.5),
        dense('digits', 10, 'softmax'),
      ],
      { optimizer: ADAM, batchSize: 128, epochs: 40 },
    ),
    bands: convolutionBands,
    published: { source: SLIDES_OF_2020, loss: 0.016, accuracy: 0.9959 },
  },
  {
    id: 'cifar10-cnn-augmented',
    title: 'Four convolutions for photographs, with shifted and mirrored images',
    recipe: recipe(
      'cifar10',
      [32, 32, 3],
      'cifar10_cnn_augmented',
      [
        conv2d('conv_1', 32, 3, SAME),
        conv2d('conv_2', 32, 3, VALID),
        maxPooling('pool_1'),
        dropout('dropout_1', 0.25),
        conv2d('conv_3', 64, 3, SAME),
        conv2d('conv_4', 64, 3, VALID),
        maxPooling('pool_2'),
        dropout('dropout_2', 0.25),
        flatten(),
        dense('hidden', 512, 'relu'),
        dropout('dropout_3', 0.5),
        dense('classes', 10, 'softmax'),
      ],
      {
        optimizer: { ...RMSPROP, learning_rate: 1e-4, decay: 1e-6 },
        batchSize: 32,
        epochs: 20,
        augmentation: { widthShiftRange: 0.1, heightShiftRange: 0.1, horizontalFlip: true },
      },
    ),
    bands: augmentedBands,
    published: null,
  },
  {
    id: 'mnist-design',
    title: 'Your own design for digits (reference: two small convolutions)',
    recipe: recipe(
      'mnist',
      [28, 28, 1],
      'mnist_design',
      [
        conv2d('conv_1', 16, 3, VALID),
        maxPooling('pool_1'),
        conv2d('conv_2', 32, 3, VALID),
        maxPooling('pool_2'),
        dropout('dropout', 0.25),
        flatten(),
        dense('digits', 10, 'softmax'),
      ],
      { optimizer: ADAM, batchSize: 128, epochs: 12 },
    ),
    bands: designBands,
    published: null,
  },
];
