import type { LayerConfig } from '@labproof/core';
import type { LabSource } from '../define-lab.ts';
import { conv2d, dense, dropout, first, flatten, maxPooling } from '../keras-layers.ts';
import { ADADELTA, RMSPROP } from '../keras-optimizers.ts';
import cifarBands from './bands/cifar10-cnn.json' with { type: 'json' };
import convolutionBands from './bands/mnist-cnn.json' with { type: 'json' };
import dropoutBands from './bands/mnist-cnn-dropout.json' with { type: 'json' };
import linearBands from './bands/mnist-mlp-linear.json' with { type: 'json' };
import reluBands from './bands/mnist-mlp-relu.json' with { type: 'json' };

type ExerciseSource = LabSource['exercises'][number];

/** Where the published numbers come from: a pair of students' report, printed by Keras for R. */
const CLASS_OF_2019 = 'one report of the class of 2019 (Keras for R, one run)';

const VALID = { padding: 'valid' } as const;
const SAME = { padding: 'same' } as const;

/** What the four networks for digits have in common. */
const DIGITS = {
  dataset: 'mnist',
  inputScale: '1/255',
  loss: 'categorical_crossentropy',
  batchSize: 128,
  validation: { from: 'split', share: 0.2 },
  shuffle: true,
} as const;

/** 784 pixels → 256 hidden units → 10 probabilities; only the hidden activation differs between the exercises. */
function perceptron(name: string, activation: 'linear' | 'relu'): ExerciseSource['recipe'] {
  return {
    ...DIGITS,
    inputShape: [784],
    model: {
      name,
      layers: [first([784], dense('hidden', 256, activation)), dense('digits', 10, 'softmax')],
    },
    optimizer: RMSPROP,
    epochs: 12,
  };
}

/** Two convolutions, pooling, two dense layers, with dropout after pooling and after the hidden layer or without. */
function convolutional(
  name: string,
  afterPooling: readonly LayerConfig[],
  afterHidden: readonly LayerConfig[],
): ExerciseSource['recipe'] {
  return {
    ...DIGITS,
    inputShape: [28, 28, 1],
    model: {
      name,
      layers: [
        first([28, 28, 1], conv2d('conv_1', 32, 3, VALID)),
        conv2d('conv_2', 64, 3, VALID),
        maxPooling('pool'),
        ...afterPooling,
        flatten(),
        dense('hidden', 128, 'relu'),
        ...afterHidden,
        dense('digits', 10, 'softmax'),
      ],
    },
    optimizer: ADADELTA,
    epochs: 6,
  };
}

/** Two convolutions, pooling and dropout, the same once more, then two dense layers. */
const photographs: ExerciseSource['recipe'] = {
  dataset: 'cifar10',
  inputShape: [32, 32, 3],
  inputScale: '1/255',
  model: {
    name: 'cifar10_cnn',
    layers: [
      first([32, 32, 3], conv2d('conv_1', 32, 3, SAME)),
      conv2d('conv_2', 32, 3, VALID),
      maxPooling('pool_1'),
      dropout('dropout_1', 0.25),
      conv2d('conv_3', 32, 3, SAME),
      conv2d('conv_4', 32, 3, VALID),
      maxPooling('pool_2'),
      dropout('dropout_2', 0.25),
      flatten(),
      dense('hidden', 512, 'relu'),
      dropout('dropout_3', 0.5),
      dense('classes', 10, 'softmax'),
    ],
  },
  loss: 'categorical_crossentropy',
  optimizer: { ...RMSPROP, learning_rate: 1e-4, decay: 1e-6 },
  batchSize: 32,
  epochs: 20,
  validation: { from: 'test' },
  shuffle: true,
};

export const exercises: readonly ExerciseSource[] = [
  {
    id: 'mnist-mlp-linear',
    title: 'Two dense layers without a non-linearity between them',
    recipe: perceptron('mnist_mlp_linear', 'linear'),
    bands: linearBands,
    published: { source: CLASS_OF_2019, loss: 0.2844, accuracy: 0.9232 },
  },
  {
    id: 'mnist-mlp-relu',
    title: 'The same layers with rectified hidden units',
    recipe: perceptron('mnist_mlp_relu', 'relu'),
    bands: reluBands,
    published: { source: CLASS_OF_2019, loss: 0.0841, accuracy: 0.9763 },
  },
  {
    id: 'mnist-cnn',
    title: 'Two convolutions for digits',
    recipe: convolutional('mnist_cnn', [], []),
    bands: convolutionBands,
    published: null,
  },
  {
    id: 'mnist-cnn-dropout',
    title: 'The same convolutions with dropout',
    recipe: convolutional(
      'mnist_cnn_dropout',
      [dropout('dropout_1', 0.25)],
      [dropout('dropout_2', 0.5)],
    ),
    bands: dropoutBands,
    published: null,
  },
  {
    id: 'cifar10-cnn',
    title: 'Four convolutions for photographs',
    recipe: photographs,
    bands: cifarBands,
    published: { source: CLASS_OF_2019, loss: 0.8253, accuracy: 0.7166 },
  },
];
