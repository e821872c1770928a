import type { LayerConfig } from '@labproof/core';
import type { LabSource } from '../define-lab.ts';
import { conv2d, dense, dropout, first, flatten, maxPooling } from '../keras-layers.ts';
import { ADAM } from '../keras-optimizers.ts';
import convolutionBands from './bands/cifar10-cnn.json' with { type: 'json' };
import narrowBands from './bands/cifar10-mlp-32.json' with { type: 'json' };
import openBands from './bands/cifar10-open.json' with { type: 'json' };
import wideBands from './bands/cifar10-mlp-256.json' with { type: 'json' };

type ExerciseSource = LabSource['exercises'][number];

const SHAPE = [32, 32, 3];

function cifar10(
  name: string,
  layers: readonly LayerConfig[],
  epochs: number,
): ExerciseSource['recipe'] {
  return {
    dataset: 'cifar10',
    inputShape: SHAPE,
    inputScale: '1/255',
    model: { name, layers: [...layers] },
    loss: 'sparse_categorical_crossentropy',
    optimizer: ADAM,
    batchSize: 32,
    epochs,
    validation: { from: 'test' },
    shuffle: true,
  };
}

function perceptron(name: string, units: number): ExerciseSource['recipe'] {
  const layers = [
    first(SHAPE, flatten()),
    dense('hidden', units, 'relu'),
    dense('classes', 10, 'softmax'),
  ];
  return cifar10(name, layers, 10);
}

const VALID = { padding: 'valid' } as const;
const SAME = { padding: 'same' } as const;

export const pictureExercises: readonly ExerciseSource[] = [
  {
    id: 'cifar10-mlp-32',
    title: 'Small colour photographs, 32 hidden units',
    recipe: perceptron('cifar10_mlp_32', 32),
    bands: narrowBands,
    published: null,
  },
  {
    id: 'cifar10-mlp-256',
    title: 'Small colour photographs, 256 hidden units',
    recipe: perceptron('cifar10_mlp_256', 256),
    bands: wideBands,
    published: null,
  },
  {
    id: 'cifar10-cnn',
    title: 'Three convolutions',
    recipe: cifar10(
      'cifar10_cnn',
      [
        first(SHAPE, conv2d('conv_1', 32, 3, VALID)),
        maxPooling('pool_1'),
        conv2d('conv_2', 64, 3, VALID),
        maxPooling('pool_2'),
        conv2d('conv_3', 64, 3, VALID),
        flatten(),
        dense('hidden', 64, 'relu'),
        dense('classes', 10, 'softmax'),
      ],
      10,
    ),
    bands: convolutionBands,
    published: null,
  },
  {
    id: 'cifar10-open',
    title:
      'Open: the best network for photographs (reference: padding, dropout, a wider dense layer)',
    recipe: cifar10(
      'cifar10_open',
      [
        first(SHAPE, conv2d('conv_1', 32, 3, SAME)),
        maxPooling('pool_1'),
        dropout('dropout_1', 0.2),
        conv2d('conv_2', 64, 3, SAME),
        maxPooling('pool_2'),
        dropout('dropout_2', 0.2),
        conv2d('conv_3', 64, 3, SAME),
        maxPooling('pool_3'),
        dropout('dropout_3', 0.2),
        flatten(),
        dense('hidden', 128, 'relu'),
        dropout('dropout_4', 0.5),
        dense('classes', 10, 'softmax'),
      ],
      15,
    ),
    bands: openBands,
    published: null,
  },
];
