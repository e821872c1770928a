import { streamKey } from '../streams/streams.ts';
import { classificationData } from './classification-data.ts';
import { isRegression, type PlaygroundConfig } from './config.ts';
import type { PlaygroundPoint } from './point.ts';
import { regressionData } from './regression-data.ts';
import { uniforms } from './uniform.ts';

export interface PlaygroundData {
  readonly training: readonly PlaygroundPoint[];
  readonly test: readonly PlaygroundPoint[];
}

/** NUM_SAMPLES_CLASSIFY and NUM_SAMPLES_REGRESS of src/playground.ts. */
const CLASSIFICATION_POINTS = 500;
const REGRESSION_POINTS = 1200;

/** The points of a seed, as `generateData` of src/playground.ts makes them. */
export function playgroundData(config: PlaygroundConfig, seed: number): PlaygroundData {
  return drawData(config, uniforms(streamKey(seed, 'playground/data')));
}

/**
 * Draws the points from uniform numbers in [0, 1), taken in the playground's own order; shuffles them once and parts
 * them: the first share is for training.
 */
export function drawData(config: PlaygroundConfig, uniform: () => number): PlaygroundData {
  const { dataset, percTrainData } = config;
  const noise = config.noise / 100;
  const points =
    dataset === 'reg-plane' || dataset === 'reg-gauss'
      ? regressionData(dataset, REGRESSION_POINTS, noise, uniform)
      : classificationData(dataset, CLASSIFICATION_POINTS, noise, uniform);
  shuffle(points, uniform);
  const split = Math.floor((points.length * percTrainData) / 100);
  return { training: points.slice(0, split), test: points.slice(split) };
}

/** Points of a data set of this configuration, training and test together. */
export function pointCount(config: PlaygroundConfig): number {
  return isRegression(config) ? REGRESSION_POINTS : CLASSIFICATION_POINTS;
}

/** Fisher–Yates as src/dataset.ts has it: one number for every place, from the last to the first. */
function shuffle(points: PlaygroundPoint[], uniform: () => number): void {
  for (let counter = points.length; counter > 0;) {
    const index = Math.floor(uniform() * counter);
    counter -= 1;
    const [last, chosen] = [points[counter], points[index]];
    if (last === undefined || chosen === undefined)
      throw new RangeError('a uniform number below 0 or of 1');
    points[counter] = chosen;
    points[index] = last;
  }
}
