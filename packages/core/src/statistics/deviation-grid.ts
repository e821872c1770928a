/** What a sample's standard deviation may be, as a share of the population's, each with its probability. */
export interface DeviationGrid {
  readonly ratios: Float64Array;
  /** Add up to 1. */
  readonly weights: Float64Array;
}

const INTERVALS = 4000;
/** Beyond so many deviations of the ratio there is nothing left in a double. */
const REACH = 12;

/**
 * The distribution of s/σ for n normal observations, where (n − 1)·s²/σ² is χ² with n − 1 degrees of freedom: the density
 * is proportional to u^(n − 2)·exp(−(n − 1)·u²/2). Simpson's rule over a grid; the constant falls away in the sum, so
 * nothing overflows however large n is.
 */
export function deviationGrid(n: number, intervals: number = INTERVALS): DeviationGrid {
  const freedom = n - 1;
  const reach = REACH / Math.sqrt(2 * freedom);
  const low = Math.max(0, 1 - reach);
  const step = (1 + reach - low) / intervals;
  const ratios = new Float64Array(intervals + 1);
  const weights = new Float64Array(intervals + 1);
  let sum = 0;
  for (let at = 0; at <= intervals; at += 1) {
    const ratio = low + at * step;
    // Relative to its value at 1, which is near the mode.
    const logarithm =
      (freedom === 1 ? 0 : (freedom - 1) * Math.log(ratio)) - (freedom * (ratio ** 2 - 1)) / 2;
    const factor = at === 0 || at === intervals ? 1 : at % 2 === 1 ? 4 : 2;
    ratios[at] = ratio;
    weights[at] = factor * Math.exp(logarithm);
    sum += weights[at]!;
  }
  return { ratios, weights: weights.map((weight) => weight / sum) };
}
