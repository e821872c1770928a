import { normalShare } from '../elementary/error-function.ts';
import { mean, rounded, standardDeviation } from './spread.ts';

/** How well a normal distribution describes values. */
export interface FitCheck {
  /** Third standardised moment; 0 for a normal distribution, negative for a tail below. */
  readonly skewness: number;
  /** Anderson and Darling's A², with the correction for mean and deviation of the sample itself. */
  readonly statistic: number;
  /** Probability of such a statistic or a larger one if the values are normal. */
  readonly p: number;
}

const FEWEST = 8;

/**
 * The test of Anderson and Darling for a normal distribution of unknown mean and deviation, with the p values of
 * R. B. D'Agostino and M. A. Stephens, Goodness-of-Fit Techniques, 1986, table 4.9. `null` for fewer than 8 values or
 * values that are all the same.
 */
export function checkNormalFit(values: readonly number[]): FitCheck | null {
  const n = values.length;
  const [centre, sd] = [mean(values), standardDeviation(values)];
  if (n < FEWEST || !(sd > 0)) return null;
  const shares = values
    .toSorted((a, b) => a - b)
    .map((value) => Math.min(Math.max(normalShare((value - centre) / sd), 1e-15), 1 - 1e-15));
  const sum = shares.reduce(
    (total, share, at) =>
      total + (2 * at + 1) * (Math.log(share) + Math.log(1 - (shares[n - 1 - at] ?? 0))),
    0,
  );
  const statistic = (-n - sum / n) * (1 + 0.75 / n + 2.25 / n ** 2);
  const moment = (power: number): number =>
    values.reduce((total, value) => total + (value - centre) ** power, 0) / n;
  return {
    skewness: rounded(moment(3) / moment(2) ** 1.5),
    statistic: rounded(statistic),
    p: rounded(Math.min(1, Math.max(0, probabilityOf(statistic)))),
  };
}

function probabilityOf(a: number): number {
  if (a >= 13) return 0;
  if (a >= 0.6) return Math.exp(1.2937 - 5.709 * a + 0.0186 * a ** 2);
  if (a >= 0.34) return Math.exp(0.9177 - 4.279 * a - 1.38 * a ** 2);
  if (a >= 0.2) return 1 - Math.exp(-8.318 + 42.796 * a - 59.938 * a ** 2);
  return 1 - Math.exp(-13.436 + 101.14 * a - 223.73 * a ** 2);
}
