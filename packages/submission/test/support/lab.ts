import type { Bands, LayerConfig } from '@labproof/core';
import type { Spread, ToleranceBound } from '@labproof/core/statistics';
import { type Exercise, type Lab, LabSchema, type Question } from '@labproof/lab';

/** Images of 4 × 4 grey pixels in three classes. */
export const PIXELS = 16;
export const CLASSES = 3;

export function dense(
  units: number,
  activation: string,
  options: Readonly<Record<string, unknown>> = {},
): LayerConfig {
  return { class_name: 'Dense', config: { units, activation, ...options } };
}

function spread(mean: number): Spread {
  return {
    mean,
    sd: 0.01,
    min: mean,
    q05: mean,
    q25: mean,
    median: mean,
    q75: mean,
    q95: mean,
    max: mean,
  };
}

function bound(value: number, side: ToleranceBound['side']): ToleranceBound {
  return { value, side, coverage: 0.95, confidence: 0.95, n: 10, k: 2.91, scale: 'logit' };
}

/** Bands with stated bounds on the test accuracy. */
export function bands(exercise: string, lower: number, upper: number): Bands {
  return {
    exercise,
    arithmetic: 'labproof-arithmetic-1',
    recipeHash: 'r',
    dataDigest: 'd',
    n: 10,
    seeds: [1, 2],
    length: 'full',
    epochs: [],
    test: {
      loss: spread(0.2),
      accuracy: spread((lower + upper) / 2),
      accuracyLower: bound(lower, 'lower'),
      accuracyUpper: bound(upper, 'upper'),
      lossUpper: bound(1, 'upper'),
    },
    trials: [],
    secondsPerEpoch: spread(1),
    environment: {},
  };
}

function exercise(id: string, activation: string, measured: Bands | null): Exercise {
  return {
    id,
    title: `The ${activation} network`,
    recipe: {
      dataset: 'squares',
      inputShape: [PIXELS],
      inputScale: '1/255',
      model: {
        name: id,
        layers: [
          dense(8, activation, { name: 'hidden', batch_input_shape: [null, PIXELS] }),
          dense(CLASSES, 'softmax', { name: 'output' }),
        ],
      },
      loss: 'categorical_crossentropy',
      optimizer: { class_name: 'SGD', learning_rate: 0.1, momentum: 0, nesterov: false, decay: 0 },
      batchSize: 32,
      epochs: 5,
      validation: { from: 'split', share: 0.2 },
      shuffle: true,
      trainLimit: null,
    },
    bands: measured,
    published: null,
  };
}

export const questions: readonly Question[] = [
  {
    id: 'q1',
    number: 1,
    title: 'A use',
    prompt:
      'Name a task in which sorting small squares by machine would help, and say whom it helps.',
    exercise: null,
    checks: [
      {
        kind: 'free-text',
        points: 2,
        rubric: [{ concept: 'a use', points: 2, lookFor: 'A real task.' }],
      },
    ],
  },
  {
    id: 'q2',
    number: 2,
    title: 'Time per epoch',
    prompt: 'How many seconds did one epoch of the network take on your computer?',
    exercise: 'squares-linear',
    checks: [{ kind: 'number', unit: 'seconds', points: 1 }],
  },
  {
    id: 'q3',
    number: 3,
    title: 'Training history of the linear network',
    prompt: 'Plot the training history: loss and accuracy after each epoch.',
    exercise: 'squares-linear',
    checks: [{ kind: 'plot', points: 1 }],
  },
  {
    id: 'q4',
    number: 4,
    title: 'Test loss and accuracy of the linear network',
    prompt: 'Evaluate the linear network on the test images. What are its loss and its accuracy?',
    exercise: 'squares-linear',
    checks: [
      { kind: 'architecture', points: 1 },
      { kind: 'metric-in-band', points: 2 },
      { kind: 'claim-against-weights', metric: 'accuracy', points: 1 },
      { kind: 'claim-against-weights', metric: 'loss', points: 1 },
    ],
  },
  {
    id: 'q5',
    number: 5,
    title: 'Training history of the rectified network',
    prompt: 'Plot the training history of the second network: loss and accuracy after each epoch.',
    exercise: 'squares-relu',
    checks: [{ kind: 'plot', points: 1 }],
  },
  {
    id: 'q6',
    number: 6,
    title: 'Test accuracy of the rectified network',
    prompt:
      "What accuracy does the second network reach, and how does it compare with the first network's?",
    exercise: 'squares-relu',
    checks: [
      { kind: 'architecture', points: 1 },
      { kind: 'claim-against-weights', metric: 'accuracy', points: 1 },
    ],
  },
];

/** A lab of six questions and two exercises, of which only the first is calibrated. */
export const lab: Lab = LabSchema.parse({
  id: 'squares',
  title: 'Squares',
  version: '1.0.0',
  introduction: 'Sort squares.',
  exercises: [
    exercise('squares-linear', 'linear', bands('squares-linear', 0.88, 0.95)),
    exercise('squares-relu', 'relu', null),
  ],
  questions: [...questions],
});
