import { ARITHMETIC_VERSION } from '@labproof/core';
import { playgroundHash, playgroundParameters } from '@labproof/core/playground';
import { mean, standardDeviation } from '@labproof/core/statistics';
import type { Exercise, Lab } from '@labproof/lab';
import type { PlaygroundTrials } from './playground-trials.ts';
import type { TrainedExercise } from './train.ts';

/** The `run --json` contract for a playground exercise. */
export function playgroundToJson({
  config,
  epochs,
  target,
  runs,
  success,
}: PlaygroundTrials): object {
  return {
    arithmetic: ARITHMETIC_VERSION,
    engine: 'playground',
    backend: null,
    config,
    address: `https://playground.tensorflow.org/#${playgroundHash(config)}`,
    parameters: playgroundParameters(config),
    epochs,
    target: { testLoss: target },
    trials: runs,
    summary: {
      trainLoss: summarise(runs.map(({ trainLoss }) => trainLoss)),
      testLoss: summarise(runs.map(({ testLoss }) => testLoss)),
      success: { ...success, method: 'Wilson, 95 %' },
    },
  };
}

/** The `run --json` contract. */
export function runToJson(
  lab: Lab,
  exercise: Exercise,
  { engine, trials }: TrainedExercise,
): unknown {
  const results = trials.map(({ result }) => result);
  const [name, backend = null] = engine.split(':');
  return {
    lab: lab.id,
    exercise: exercise.id,
    // TensorFlow.js sums in an order of its own: its digests are not those of our arithmetic.
    arithmetic: backend === null ? ARITHMETIC_VERSION : 'tensorflow.js',
    engine: name,
    backend,
    trials: results,
    summary: {
      loss: summarise(results.map(({ test }) => test.loss)),
      accuracy: summarise(results.map(({ test }) => test.accuracy)),
    },
  };
}

function summarise(values: readonly number[]): { mean: number; sd: number } {
  return { mean: mean(values), sd: standardDeviation(values) };
}
