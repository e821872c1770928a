import { log64 } from '../elementary/logarithm.ts';
import { cos64, sin64 } from '../elementary/sine.ts';
import type { CLASSIFICATION_DATA_SETS } from './config.ts';
import type { PlaygroundPoint } from './point.ts';

/*
 * The playground's classification data, formula by formula after src/dataset.ts of github.com/tensorflow/playground
 * (Apache-2.0), in float64. Numbers are drawn in the same order as there.
 */

type Uniform = () => number;

// Written out because ECMAScript calls Math.PI an approximation.
// oxlint-disable-next-line approx-constant
const PI = 3.141592653589793;

/** `count` points of a data set; `noise` is a share, 0.5 where the page's slider says 50. */
export function classificationData(
  dataset: (typeof CLASSIFICATION_DATA_SETS)[number],
  count: number,
  noise: number,
  uniform: Uniform,
): PlaygroundPoint[] {
  switch (dataset) {
    case 'circle':
      return circle(count, noise, uniform);
    case 'xor':
      return xor(count, noise, uniform);
    case 'gauss':
      return twoGaussians(count, noise, uniform);
    case 'spiral':
      return spiral(count, noise, uniform);
  }
}

/** `randUniform`: a number in [low, high). */
export function between(low: number, high: number, uniform: Uniform): number {
  return uniform() * (high - low) + low;
}

/** `classifySpiralData`: two arms of 1.75 turns out to a radius of 5; only the noise is drawn. */
function spiral(count: number, noise: number, uniform: Uniform): PlaygroundPoint[] {
  const points: PlaygroundPoint[] = [];
  const n = count / 2;
  for (const [start, label] of [
    [0, 1],
    [PI, -1],
  ] as const) {
    for (let i = 0; i < n; i++) {
      const r = (i / n) * 5;
      const t = ((1.75 * i) / n) * 2 * PI + start;
      const x = r * sin64(t) + between(-1, 1, uniform) * noise;
      const y = r * cos64(t) + between(-1, 1, uniform) * noise;
      points.push({ x, y, label });
    }
  }
  return points;
}

/** `classifyCircleData`: a disc of radius 2.5 within a ring from 3.5 to 5; noise moves the label, not the point. */
function circle(count: number, noise: number, uniform: Uniform): PlaygroundPoint[] {
  const points: PlaygroundPoint[] = [];
  const radius = 5;
  for (const [low, high] of [
    [0, radius * 0.5],
    [radius * 0.7, radius],
  ] as const) {
    for (let i = 0; i < count / 2; i++) {
      const r = between(low, high, uniform);
      const angle = between(0, 2 * PI, uniform);
      const x = r * sin64(angle);
      const y = r * cos64(angle);
      const noisyX = x + between(-radius, radius, uniform) * noise;
      const noisyY = y + between(-radius, radius, uniform) * noise;
      const inside = Math.sqrt(noisyX * noisyX + noisyY * noisyY) < radius * 0.5;
      points.push({ x, y, label: inside ? 1 : -1 });
    }
  }
  return points;
}

/** `classifyXORData`: the sign of x · y, with a gap of 0.3 along the axes. */
function xor(count: number, noise: number, uniform: Uniform): PlaygroundPoint[] {
  const padded = (): number => {
    const value = between(-5, 5, uniform);
    return value + (value > 0 ? 0.3 : -0.3);
  };
  return Array.from({ length: count }, () => {
    const x = padded();
    const y = padded();
    const noisyX = x + between(-5, 5, uniform) * noise;
    const noisyY = y + between(-5, 5, uniform) * noise;
    return { x, y, label: noisyX * noisyY >= 0 ? 1 : -1 };
  });
}

/** `classifyTwoGaussData`: clouds around (2, 2) and (−2, −2) of variance 0.5 + 7 · noise. */
function twoGaussians(count: number, noise: number, uniform: Uniform): PlaygroundPoint[] {
  const deviation = Math.sqrt(0.5 + 3.5 * (noise / 0.5));
  const points: PlaygroundPoint[] = [];
  for (const [centre, label] of [
    [2, 1],
    [-2, -1],
  ] as const) {
    for (let i = 0; i < count / 2; i++) {
      const x = centre + deviation * standardNormal(uniform);
      const y = centre + deviation * standardNormal(uniform);
      points.push({ x, y, label });
    }
  }
  return points;
}

/** `normalRandom`: Marsaglia's polar method, of whose two numbers the second is thrown away. */
function standardNormal(uniform: Uniform): number {
  for (;;) {
    const v1 = 2 * uniform() - 1;
    const v2 = 2 * uniform() - 1;
    const s = v1 * v1 + v2 * v2;
    if (s <= 1) return Math.sqrt((-2 * log64(s)) / s) * v1;
  }
}
