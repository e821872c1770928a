import { deviationGrid } from './deviation-grid.ts';
import { type PooledSpread, pooledDensity, SPREAD_GRID } from './pooled-spread.ts';

/** What the standard deviation of a population may be after a sample of it: values of 1/σ, each with its probability. */
export interface SpreadPosterior {
  readonly inverse: Float64Array;
  /** Add up to 1. */
  readonly weights: Float64Array;
}

const INTERVALS = 200;

/**
 * From the sample alone: (n − 1)·s²/σ² is χ² with n − 1 degrees of freedom. Bounds from it are the classic ones, exact
 * for normal runs in the sense of repeated sampling.
 */
export function ownSpread(n: number, sd: number): SpreadPosterior {
  const { ratios, weights } = deviationGrid(n, INTERVALS);
  return withoutNothing(
    ratios.map((ratio) => ratio / sd),
    weights,
  );
}

/** From the sample and the spreads of sister exercises: their density of log σ times the sample's likelihood. */
export function pooledPosterior(n: number, sd: number, pool: PooledSpread): SpreadPosterior {
  const prior = pooledDensity(pool);
  const logarithms = SPREAD_GRID.map((log, at) => {
    const likelihood = -(n - 1) * (log + (sd / Math.exp(log)) ** 2 / 2);
    return Math.log(prior[at] ?? 0) + likelihood;
  });
  const most = Math.max(...logarithms);
  const weights = logarithms.map((value) => Math.exp(value - most));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return withoutNothing(
    Float64Array.from(SPREAD_GRID, (log) => Math.exp(-log)),
    Float64Array.from(weights, (weight) => weight / sum),
  );
}

/** Weights that change no digit that is kept are left out: everything is summed over them many times. */
function withoutNothing(inverse: Float64Array, weights: Float64Array): SpreadPosterior {
  const kept = (_: number, at: number): boolean => (weights[at] ?? 0) > 1e-13;
  return { inverse: inverse.filter(kept), weights: weights.filter(kept) };
}
