import type { Bands, Epoch, Recipe, TrialResult } from '@labproof/core';
import type { Spread } from '@labproof/core/statistics';
import type { Lab } from '@labproof/lab';
import { digestFrom, numbersFrom, round } from './numbers.ts';

const EPOCHS = 12;
const TRIALS = 10;

function recipe(activation: string): Recipe {
  return {
    dataset: 'mnist',
    inputShape: [784],
    inputScale: '1/255',
    model: {
      name: 'sequential',
      layers: [
        {
          class_name: 'Dense',
          config: { units: 256, activation, batch_input_shape: [null, 784] },
        },
        { class_name: 'Dense', config: { units: 10, activation: 'softmax' } },
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
    epochs: EPOCHS,
    validation: { from: 'split', share: 0.2 },
    shuffle: true,
    trainLimit: null,
  };
}

/** A learning curve that falls off like 1/epoch towards `final`, with a little noise. */
export function syntheticHistory(seed: number, start: number, final: number): Epoch[] {
  const next = numbersFrom(seed);
  return Array.from({ length: EPOCHS }, (_, index) => {
    const left = 1 / (1 + 1.6 * index);
    const jitter = (next() - 0.5) * 0.006 * (0.35 + left);
    const accuracy = final - (final - start) * left + jitter;
    const valAccuracy = final - 0.004 - (final - start) * left * 0.55 + (next() - 0.5) * 0.005;
    return {
      epoch: index + 1,
      loss: round((1 - accuracy) * 3.1 + 0.01, 5),
      accuracy: round(accuracy, 5),
      valLoss: round((1 - valAccuracy) * 3.2 + 0.015, 5),
      valAccuracy: round(valAccuracy, 5),
    };
  });
}

export function syntheticTrials(seed: number, start: number, final: number): TrialResult[] {
  const next = numbersFrom(seed);
  return Array.from({ length: TRIALS }, (_, index) => {
    const history = syntheticHistory(seed * 100 + index, start, final + (next() - 0.5) * 0.003);
    const accuracy = round(final - 0.002 + (next() - 0.5) * 0.005, 4);
    return {
      seed: index + 1,
      digest: digestFrom(seed * 100 + index),
      initialDigest: digestFrom(seed * 100 + index + 50),
      history,
      test: { loss: round((1 - accuracy) * 3.4, 4), accuracy },
      seconds: round(21 + next() * 2, 2),
      cached: index % 3 === 0,
    };
  });
}

function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance =
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1);
  const at = (share: number): number => {
    const position = share * (sorted.length - 1);
    const low = sorted[Math.floor(position)] ?? 0;
    return low + ((sorted[Math.ceil(position)] ?? 0) - low) * (position - Math.floor(position));
  };
  return {
    mean,
    sd: Math.sqrt(variance),
    min: at(0),
    q05: at(0.05),
    q25: at(0.25),
    median: at(0.5),
    q75: at(0.75),
    q95: at(0.95),
    max: at(1),
  };
}

export function syntheticBands(exercise: string, trials: readonly TrialResult[]): Bands {
  const accuracies = trials.map(({ test }) => test.accuracy);
  const losses = trials.map(({ test }) => test.loss);
  const k = 2.911;
  const bound = (values: readonly number[], side: 'lower' | 'upper') => {
    const { mean, sd } = spread(values);
    return {
      value: round(side === 'lower' ? mean - k * sd : mean + k * sd, 6),
      side,
      coverage: 0.95,
      confidence: 0.95,
      n: values.length,
      k,
      scale: 'identity' as const,
    };
  };
  const at = (index: number, field: 'loss' | 'accuracy' | 'valLoss' | 'valAccuracy'): Spread =>
    spread(trials.map(({ history }) => history[index]?.[field] ?? 0));
  return {
    exercise,
    arithmetic: 'f32-1',
    recipeHash: digestFrom(1),
    dataDigest: digestFrom(2),
    n: trials.length,
    seeds: trials.map(({ seed }) => seed),
    length: 'full',
    epochs: Array.from({ length: EPOCHS }, (_, index) => ({
      epoch: index + 1,
      loss: at(index, 'loss'),
      accuracy: at(index, 'accuracy'),
      valLoss: at(index, 'valLoss'),
      valAccuracy: at(index, 'valAccuracy'),
    })),
    test: {
      loss: spread(losses),
      accuracy: spread(accuracies),
      accuracyLower: bound(accuracies, 'lower'),
      accuracyUpper: bound(accuracies, 'upper'),
      lossUpper: bound(losses, 'upper'),
    },
    trials: trials.map(({ seed, digest, test }) => ({ seed, digest, ...test })),
    secondsPerEpoch: spread(trials.map(({ seconds }) => seconds / EPOCHS)),
    environment: { engine: 'native', node: '20.20.2' },
  };
}

export const reluTrials: TrialResult[] = syntheticTrials(3, 0.905, 0.9795);
const linearTrials = syntheticTrials(4, 0.885, 0.927);

/** A made-up lab with two exercises and six questions of every kind. */
export const syntheticLab: Lab = {
  id: 'image-recognition',
  title: 'Image recognition (synthetic)',
  version: '1.0.0',
  introduction: 'Two perceptrons on handwritten digits.',
  exercises: [
    {
      id: 'mnist-mlp-linear',
      title: 'A linear hidden layer',
      recipe: recipe('linear'),
      bands: syntheticBands('mnist-mlp-linear', linearTrials),
      published: { source: 'the 2019 class', loss: 0.2844, accuracy: 0.9232 },
    },
    {
      id: 'mnist-mlp-relu',
      title: 'A rectified hidden layer',
      recipe: recipe('relu'),
      bands: syntheticBands('mnist-mlp-relu', reluTrials),
      published: null,
    },
  ],
  questions: [
    {
      id: 'q1',
      number: 1,
      title: 'What the data looks like',
      prompt: 'Say how the images are stored.',
      exercise: null,
      checks: [
        {
          kind: 'free-text',
          points: 2,
          rubric: [
            { concept: 'shape', points: 1, lookFor: '60,000 images of 28 × 28 pixels' },
            { concept: 'labels', points: 1, lookFor: 'ten classes, one-hot vectors' },
          ],
        },
      ],
    },
    {
      id: 'q2',
      number: 2,
      title: 'Build the linear network',
      prompt: 'Build it.',
      exercise: 'mnist-mlp-linear',
      checks: [{ kind: 'architecture', points: 3 }],
    },
    {
      id: 'q3',
      number: 3,
      title: 'Test accuracy of the linear network',
      prompt: 'Train it and report.',
      exercise: 'mnist-mlp-linear',
      checks: [
        { kind: 'metric-in-band', points: 2 },
        { kind: 'claim-against-weights', metric: 'accuracy', points: 1 },
      ],
    },
    {
      id: 'q4',
      number: 4,
      title: 'Seconds an epoch',
      prompt: 'How long does an epoch take?',
      exercise: 'mnist-mlp-linear',
      checks: [{ kind: 'number', unit: 'seconds', points: 1 }],
    },
    {
      id: 'q5',
      number: 5,
      title: 'Training curves',
      prompt: 'Plot them.',
      exercise: 'mnist-mlp-relu',
      checks: [{ kind: 'plot', points: 1 }],
    },
    {
      id: 'q6',
      number: 6,
      title: 'Rectified hidden layer',
      prompt: 'What changes with ReLU?',
      exercise: 'mnist-mlp-relu',
      checks: [
        { kind: 'architecture', points: 2 },
        { kind: 'metric-in-band', points: 3 },
        { kind: 'claim-against-weights', metric: 'accuracy', points: 1 },
      ],
    },
  ],
};
