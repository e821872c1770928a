import type { LabSource } from '../define-lab.ts';
import linearBands from './bands/mnist-mlp-linear.json' with { type: 'json' };
import reluBands from './bands/mnist-mlp-relu.json' with { type: 'json' };

type ExerciseSource = LabSource['exercises'][number];

/** Where the published numbers come from: a pair of students' report, printed by Keras for R. */
const CLASS_OF_2019 = 'one report of the class of 2019 (Keras for R, one run)';

const INITIALIZERS = { kernel_initializer: 'glorot_uniform', bias_initializer: 'zeros' };

/** 784 pixels → 256 hidden units → 10 probabilities; only the hidden activation differs between the exercises. */
function perceptron(name: string, activation: 'linear' | 'relu'): ExerciseSource['recipe'] {
  return {
    dataset: 'mnist',
    inputShape: [784],
    inputScale: '1/255',
    model: {
      name,
      layers: [
        {
          class_name: 'Dense',
          config: {
            name: 'hidden',
            batch_input_shape: [null, 784],
            units: 256,
            activation,
            use_bias: true,
            ...INITIALIZERS,
          },
        },
        {
          class_name: 'Dense',
          config: {
            name: 'digits',
            units: 10,
            activation: 'softmax',
            use_bias: true,
            ...INITIALIZERS,
          },
        },
      ],
    },
    loss: 'categorical_crossentropy',
    optimizer: {
      class_name: 'RMSprop',
      learning_rate: 0.001,
      rho: 0.9,
      epsilon: 1e-7,
      decay: 0,
    },
    batchSize: 128,
    epochs: 12,
    validation: { from: 'split', share: 0.2 },
    shuffle: true,
  };
}

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
];
