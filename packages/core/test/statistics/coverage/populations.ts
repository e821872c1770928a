import { normalShare } from '../../../src/elementary/error-function.ts';
import { fromLogit } from '../../../src/statistics/run-scale.ts';

/** A source of numbers in (0, 1), the same for the same seed (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
}

/** By Box and Muller's transform. */
export function normal(draw: () => number): number {
  return Math.sqrt(-2 * Math.log(draw())) * Math.cos(2 * Math.PI * draw());
}

export const CENTRE = Math.log(0.97 / 0.03);
export const SD = 0.06;

/** Runs of a recipe: logits with mean `CENTRE` and deviation `SD`, or heaps of them. */
export interface Population {
  /** In deviations from the centre. */
  deviate(draw: () => number): number;
  /** The share of runs below so many deviations. */
  below(deviations: number): number;
}

const SHAPE = 4;

/** −(Gamma(4) − 4) / 2: skewness −1. */
const skewed: Population = {
  deviate: (draw) => {
    let sum = 0;
    for (let part = 0; part < SHAPE; part += 1) sum -= Math.log(draw());
    return (SHAPE - sum) / Math.sqrt(SHAPE);
  },
  below: (deviations) => {
    const x = SHAPE - deviations * Math.sqrt(SHAPE);
    return x <= 0 ? 1 : Math.exp(-x) * (1 + x + x ** 2 / 2 + x ** 3 / 6);
  },
};

/** Student's t with 5 degrees of freedom, scaled to deviation 1. */
const heavy: Population = {
  deviate: (draw) => {
    let squares = 0;
    for (let part = 0; part < 5; part += 1) squares += normal(draw) ** 2;
    return normal(draw) / Math.sqrt(squares / 5) / Math.sqrt(5 / 3);
  },
  below: (deviations) => {
    const t = deviations * Math.sqrt(5 / 3);
    const theta = Math.atan(t / Math.sqrt(5));
    const [sine, cosine] = [Math.sin(theta), Math.cos(theta)];
    return 0.5 + (theta + sine * (cosine + (2 / 3) * cosine ** 3)) / Math.PI;
  },
};

/** One run of twelve has lost an output of ten, and with it a tenth of the accuracy: 26 deviations. */
const STUCK = 1 / 12;
const LOW = 26;
const twoHeaps: Population = {
  deviate: (draw) => (draw() < STUCK ? -LOW : 0) + normal(draw),
  below: (deviations) =>
    normalShare(deviations + LOW) * STUCK + normalShare(deviations) * (1 - STUCK),
};

export const POPULATIONS: Readonly<Record<string, Population>> = {
  normal: { deviate: normal, below: normalShare },
  skewed,
  'heavy tails': heavy,
  'two heaps': twoHeaps,
};

/** Accuracies of n runs. `images` rounds them to so many: ties. */
export function drawRuns(
  population: Population,
  n: number,
  draw: () => number,
  { images = 1e9, sd = SD }: { images?: number; sd?: number } = {},
): number[] {
  return Array.from({ length: n }, () => {
    const accuracy = fromLogit(CENTRE + sd * population.deviate(draw));
    return Math.round(accuracy * images) / images;
  });
}

/** A share that was seen in so many simulations lies this far from the true one, nearly always. */
export function monteCarloError(share: number, simulations: number): number {
  return 4 * Math.sqrt((share * (1 - share)) / simulations) + 1 / simulations;
}
