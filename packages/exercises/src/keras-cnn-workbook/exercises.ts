import type { LabSource } from '../define-lab.ts';
import { conv2d, dense, dropout, first, flatten, maxPooling } from '../keras-layers.ts';
import { ADAM } from '../keras-optimizers.ts';
import narrowBands from './bands/mnist-cnn-2x2.json' with { type: 'json' };
import wideBands from './bands/mnist-cnn-5x5.json' with { type: 'json' };

type ExerciseSource = LabSource['exercises'][number];

/** The network of the workbook; the two readings differ in the kernel of the second convolution alone. */
function convolutional(name: string, secondKernel: 2 | 5): ExerciseSource['recipe'] {
  return {
    dataset: 'mnist',
    inputShape: [28, 28, 1],
    inputScale: '1/255',
    model: {
      name,
      layers: [
        first([28, 28, 1], conv2d('conv_1', 32, 5, { padding: 'same' })),
        maxPooling('pool_1'),
        conv2d('conv_2', 64, secondKernel, { padding: 'same' }),
        maxPooling('pool_2'),
        dropout('dropout_1', 0.25),
        flatten(),
        dense('hidden', 1000, 'relu'),
        dropout('dropout_2', 0.5),
        dense('digits', 10, 'softmax'),
      ],
    },
    loss: 'categorical_crossentropy',
    optimizer: ADAM,
    batchSize: 128,
    epochs: 12,
    validation: { from: 'test' },
    shuffle: true,
  };
}

export const exercises: readonly ExerciseSource[] = [
  {
    id: 'mnist-cnn-5x5',
    title: 'Second convolution 5 × 5, as the description says',
    recipe: convolutional('mnist_cnn_5x5', 5),
    bands: wideBands,
    published: null,
  },
  {
    id: 'mnist-cnn-2x2',
    title: 'Second convolution 2 × 2, as the program says',
    recipe: convolutional('mnist_cnn_2x2', 2),
    bands: narrowBands,
    published: null,
  },
];
