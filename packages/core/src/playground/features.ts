import { sin64 } from '../elementary/sine.ts';
import type { PlaygroundFeature } from './config.ts';
import type { PlaygroundPoint } from './point.ts';

/** INPUTS of src/playground.ts. */
const FORMULAS: Readonly<Record<PlaygroundFeature, (x: number, y: number) => number>> = {
  x: (x) => x,
  y: (_, y) => y,
  xSquared: (x) => x * x,
  ySquared: (_, y) => y * y,
  xTimesY: (x, y) => x * y,
  sinX: (x) => sin64(x),
  sinY: (_, y) => sin64(y),
};

/** The inputs of some points, one point after the other: `points.length · features.length` numbers. */
export function featureValues(
  features: readonly PlaygroundFeature[],
  points: readonly Pick<PlaygroundPoint, 'x' | 'y'>[],
): Float64Array {
  const values = new Float64Array(points.length * features.length);
  let at = 0;
  for (const { x, y } of points) {
    for (const feature of features) {
      values[at] = FORMULAS[feature](x, y);
      at += 1;
    }
  }
  return values;
}
