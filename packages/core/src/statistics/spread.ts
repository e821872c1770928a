import { z } from 'zod';

/** Mean, standard deviation and quantiles of one metric over the trials. */
export const SpreadSchema = z.strictObject({
  mean: z.number(),
  sd: z.number(),
  min: z.number(),
  q05: z.number(),
  q25: z.number(),
  median: z.number(),
  q75: z.number(),
  q95: z.number(),
  max: z.number(),
});
export type Spread = z.infer<typeof SpreadSchema>;

/** Decimals kept in stored statistics: far below any spread of interest, far above rounding noise. */
const DECIMALS = 6;

/** Rounds to the decimals that stored statistics keep. */
export function rounded(value: number): number {
  return Number(value.toFixed(DECIMALS));
}

/** Arithmetic mean, summed in order. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample standard deviation (n − 1 in the denominator); 0 for a single value. */
export function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

/** Quantile by linear interpolation between order statistics (Hyndman & Fan 1996, type 7: R's and NumPy's default). */
export function quantile(values: readonly number[], probability: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const low = sorted[below];
  const high = sorted[Math.min(below + 1, sorted.length - 1)];
  if (low === undefined || high === undefined) throw new RangeError('a quantile of no values');
  return low + (high - low) * (position - below);
}

/** Describes one metric over the trials, rounded for storage. */
export function spreadOf(values: readonly number[]): Spread {
  return {
    mean: rounded(mean(values)),
    sd: rounded(standardDeviation(values)),
    min: rounded(quantile(values, 0)),
    q05: rounded(quantile(values, 0.05)),
    q25: rounded(quantile(values, 0.25)),
    median: rounded(quantile(values, 0.5)),
    q75: rounded(quantile(values, 0.75)),
    q95: rounded(quantile(values, 0.95)),
    max: rounded(quantile(values, 1)),
  };
}
