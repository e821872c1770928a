/// <reference path="./jstat.d.ts" />
import jstat from 'jstat';
import { normalShare } from '../elementary/error-function.ts';
import { type DeviationGrid, deviationGrid } from './deviation-grid.ts';
import type { ToleranceBound } from './tolerance-bound.ts';

// jStat is a CommonJS module: Node sees only its default export.
const { jStat } = jstat;

/** Quantiles at which each of the two unknowns of a normal bound is taken. */
const STEPS = 40;

const known = new Map<string, readonly number[]>();

/**
 * The shares of runs that may lie on the good side of a tolerance bound, each as likely as the others: a bound is
 * measured, so what it covers is random. With a normal distribution of mean μ and deviation σ the share is
 * Φ(k·s/σ + (x̄ − μ)/σ·side), whose distribution depends on n and k alone: (x̄ − μ)/σ is normal with variance 1/n and
 * (n − 1)·s²/σ² is χ² with n − 1 degrees of freedom. Where the bound is the r-th of n values the share has the
 * distribution Beta(n − r + 1, r), whatever the values' own is.
 */
export function boundShares({ n, k, rank }: ToleranceBound): readonly number[] {
  const name = `${n}/${k}/${rank}`;
  const shares = known.get(name) ?? computeShares(n, k, rank ?? 1);
  known.set(name, shares);
  return shares;
}

function computeShares(n: number, k: number | null, rank: number): readonly number[] {
  if (k === null) {
    const steps = STEPS * STEPS;
    return middles(steps).map((p) => jStat.beta.inv(p, n - rank + 1, rank));
  }
  const means = middles(STEPS).map((p) => jStat.normal.inv(p, 0, 1) / Math.sqrt(n));
  const deviations = quantiles(deviationGrid(n), middles(STEPS));
  return means.flatMap((mean) => deviations.map((deviation) => normalShare(k * deviation - mean)));
}

/** The ratios below which the given shares of a grid lie. */
function quantiles({ ratios, weights }: DeviationGrid, shares: readonly number[]): number[] {
  let at = 0;
  let below = weights[0] ?? 0;
  return shares.map((share) => {
    while (below < share && at < ratios.length - 1) {
      at += 1;
      below += weights[at] ?? 0;
    }
    return ratios[at] ?? 1;
  });
}

/** The middles of so many equal parts of (0, 1). */
function middles(steps: number): number[] {
  return Array.from({ length: steps }, (_, index) => (index + 0.5) / steps);
}
