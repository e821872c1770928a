import type { LayerConfig, Loss, Optimizer } from '@labproof/core';
import type { LabSource } from '../define-lab.ts';
import { dense, dropout, first, flatten } from '../keras-layers.ts';
import { ADAM, sgd } from '../keras-optimizers.ts';
import adamBands from './bands/mnist-mlp-adam.json' with { type: 'json' };
import openBands from './bands/mnist-open.json' with { type: 'json' };
import shortBands from './bands/mnist-mlp-sgd-5.json' with { type: 'json' };
import slowBands from './bands/mnist-mlp-sgd-slow.json' with { type: 'json' };
import softmaxBands from './bands/mnist-mlp-softmax.json' with { type: 'json' };
import longBands from './bands/mnist-mlp-sgd-20.json' with { type: 'json' };
import { hiddenBands } from './hidden-bands.ts';

type ExerciseSource = LabSource['exercises'][number];

/** Hidden units of question 6. */
export const HIDDEN_UNITS = [2, 4, 8, 16, 32, 64, 128, 256] as const;

/** What the assignment's own notebook printed: one run. */
const NOTEBOOK_OF_2023 = "the assignment's notebook of 2023 (tf.keras, one run)";

interface Fit {
  readonly optimizer: Optimizer;
  readonly epochs: number;
  readonly loss: Loss;
}

function mnist(name: string, layers: readonly LayerConfig[], fit: Fit): ExerciseSource['recipe'] {
  return {
    dataset: 'mnist',
    inputShape: [28, 28],
    inputScale: '1/255',
    model: { name, layers: [first([28, 28], flatten()), ...layers] },
    loss: fit.loss,
    optimizer: fit.optimizer,
    batchSize: 32,
    epochs: fit.epochs,
    validation: { from: 'test' },
    shuffle: true,
  };
}

/** 32 hidden units and relu outputs, trained on squared errors: a network that can get stuck. */
function rectified(name: string, optimizer: Optimizer, epochs: number): ExerciseSource['recipe'] {
  const layers = [dense('hidden', 32, 'relu'), dense('digits', 10, 'relu')];
  return mnist(name, layers, { optimizer, epochs, loss: 'mean_squared_error' });
}

function softmax(name: string, units: number, epochs: number): ExerciseSource['recipe'] {
  const layers = [dense('hidden', units, 'relu'), dense('digits', 10, 'softmax')];
  return mnist(name, layers, { optimizer: ADAM, epochs, loss: 'sparse_categorical_crossentropy' });
}

export const digitExercises: readonly ExerciseSource[] = [
  {
    id: 'mnist-mlp-sgd-5',
    title: 'Relu outputs, squared error, gradient descent at 0.1, 5 epochs',
    recipe: rectified('mnist_mlp_sgd_5', sgd(0.1), 5),
    bands: shortBands,
    published: { source: NOTEBOOK_OF_2023, loss: 0.0138, accuracy: 0.9374 },
  },
  {
    id: 'mnist-mlp-sgd-20',
    title: 'The same for 20 epochs',
    recipe: rectified('mnist_mlp_sgd_20', sgd(0.1), 20),
    bands: longBands,
    published: null,
  },
  {
    id: 'mnist-mlp-sgd-slow',
    title: 'A learning rate of 0.01, 20 epochs',
    recipe: rectified('mnist_mlp_sgd_slow', sgd(0.01), 20),
    bands: slowBands,
    published: null,
  },
  {
    id: 'mnist-mlp-adam',
    title: 'Adam instead of gradient descent, 20 epochs',
    recipe: rectified('mnist_mlp_adam', ADAM, 20),
    bands: adamBands,
    published: null,
  },
  {
    id: 'mnist-mlp-softmax',
    title: 'Softmax outputs and crossentropy, 20 epochs',
    recipe: softmax('mnist_mlp_softmax', 32, 20),
    bands: softmaxBands,
    published: null,
  },
  ...HIDDEN_UNITS.map((units) => ({
    id: `mnist-mlp-hidden-${units}`,
    title: `Softmax outputs, ${units} hidden units, 10 epochs`,
    recipe: softmax(`mnist_mlp_hidden_${units}`, units, 10),
    bands: hiddenBands[units],
    published: null,
  })),
  {
    id: 'mnist-open',
    title: 'Open: the best network for digits (reference: two hidden layers with dropout)',
    recipe: mnist(
      'mnist_open',
      [
        dense('hidden_1', 256, 'relu'),
        dropout('dropout_1', 0.2),
        dense('hidden_2', 128, 'relu'),
        dropout('dropout_2', 0.2),
        dense('digits', 10, 'softmax'),
      ],
      { optimizer: ADAM, epochs: 10, loss: 'sparse_categorical_crossentropy' },
    ),
    bands: openBands,
    published: null,
  },
];
