import type { SequentialConfig } from '@labproof/core';
import type { ExerciseStructure } from '../../../src/models/pytorch/exercise-structure.ts';

function exercise(
  id: string,
  imageShape: readonly [number, number, number],
  layers: SequentialConfig['layers'],
): ExerciseStructure {
  return { id, imageShape, model: { name: id, layers } };
}

const dense = (
  units: number,
  activation: string,
  more: object = {},
): SequentialConfig['layers'][number] => ({
  class_name: 'Dense',
  config: { units, activation, ...more },
});
const convolution = (
  filters: number,
  padding: string,
  more: object = {},
): SequentialConfig['layers'][number] => ({
  class_name: 'Conv2D',
  config: { filters, kernel_size: [3, 3], padding, activation: 'relu', ...more },
});
const pool = { class_name: 'MaxPooling2D', config: { pool_size: [2, 2] } };
const flatten = { class_name: 'Flatten', config: {} };

/** The networks of `fixtures/pytorch-files/networks.py` as a lab describes them. */
export const exercises: readonly ExerciseStructure[] = [
  exercise(
    'perceptron',
    [28, 28, 1],
    [dense(16, 'relu', { batch_input_shape: [null, 784] }), dense(10, 'softmax')],
  ),
  exercise(
    'digits',
    [28, 28, 1],
    [
      convolution(4, 'valid', { batch_input_shape: [null, 28, 28, 1] }),
      convolution(6, 'valid'),
      pool,
      { class_name: 'Dropout', config: { rate: 0.25 } },
      flatten,
      dense(16, 'relu'),
      { class_name: 'Dropout', config: { rate: 0.5 } },
      dense(10, 'softmax'),
    ],
  ),
  exercise(
    'photographs',
    [32, 32, 3],
    [
      convolution(8, 'same', { batch_input_shape: [null, 32, 32, 3] }),
      pool,
      convolution(8, 'same'),
      pool,
      flatten,
      { class_name: 'Dropout', config: { rate: 0.2 } },
      dense(16, 'relu'),
      dense(10, 'softmax'),
    ],
  ),
];
