import type { Lab } from '../../src/index.ts';

const dense = (
  name: string,
  units: number,
  activation: string,
  config: Readonly<Record<string, unknown>> = {},
): Lab['exercises'][number]['recipe']['model']['layers'][number] => ({
  class_name: 'Dense',
  config: { name, ...config, units, activation },
});

/** An exercise on the digits: one hidden layer of `units`. */
function exercise(id: string, units = 16): Lab['exercises'][number] {
  return {
    id,
    title: 'One hidden layer',
    recipe: {
      dataset: 'mnist',
      inputShape: [784],
      inputScale: '1/255',
      model: {
        name: 'digits',
        layers: [
          dense('hidden', units, 'relu', { batch_input_shape: [null, 784] }),
          dense('digits', 10, 'softmax'),
        ],
      },
      loss: 'sparse_categorical_crossentropy',
      optimizer: {
        class_name: 'Adam',
        learning_rate: 0.001,
        decay: 0,
        beta_1: 0.9,
        beta_2: 0.999,
        epsilon: 1e-7,
      },
      batchSize: 32,
      epochs: 3,
      validation: { from: 'split', share: 0.1 },
      shuffle: true,
      trainLimit: null,
    },
    bands: null,
    published: null,
  };
}

/** A lab with two exercises, one on the playground, and three questions. */
export function smallLab(): Lab {
  return {
    id: 'small',
    title: 'Small networks',
    version: '1.0.0',
    introduction: 'Train two networks.\n',
    exercises: [exercise('narrow'), exercise('wide', 64)],
    playgrounds: [
      {
        id: 'spiral',
        title: 'The spiral',
        config: {
          dataset: 'spiral',
          noise: 0,
          percTrainData: 50,
          features: ['x', 'y'],
          networkShape: [4],
          activation: 'tanh',
          regularization: 'none',
          regularizationRate: 0,
          learningRate: 0.03,
          batchSize: 10,
          initZero: false,
        },
        epochs: 100,
        target: 0.1,
        published: null,
        sweep: null,
      },
    ],
    questions: [
      {
        id: 'q1',
        number: 1,
        title: 'The narrow network',
        prompt: 'Hand it in and state its accuracy.',
        exercise: 'narrow',
        alternatives: ['wide'],
        checks: [
          { kind: 'architecture', points: 1 },
          { kind: 'claim-against-weights', metric: 'accuracy', points: 2 },
        ],
      },
      {
        id: 'q2',
        number: 2,
        title: 'The spiral',
        prompt: 'Which network solves it?',
        exercise: null,
        checks: [
          {
            kind: 'playground-claim',
            points: 1,
            playground: 'spiral',
            runs: 100,
            reliable: 0.5,
            rare: 0.05,
          },
          { kind: 'plot', points: 0.5 },
        ],
      },
      {
        id: 'q3',
        number: 3,
        title: 'Why wider is better',
        prompt: 'Explain it.',
        exercise: null,
        checks: [
          { kind: 'contradiction', points: 0.5, metric: 'accuracy', other: 'q1' },
          {
            kind: 'free-text',
            points: 1.5,
            rubric: [
              { concept: 'capacity', points: 1, lookFor: 'More units fit more.', words: ['more'] },
              { concept: 'limits', points: 0.5, lookFor: 'Not for ever.' },
            ],
          },
        ],
      },
    ],
  };
}
