import { z } from 'zod';

/** The spread of an exercise that is a sister of another: as many runs, and their standard deviation of logits. */
export const SisterSchema = z.strictObject({
  exercise: z.string(),
  n: z.int().min(2),
  sd: z.number().positive(),
});
type Sister = z.infer<typeof SisterSchema>;

/** Sisters of an exercise, from whose spreads its own is inferred where its runs are dear. */
export type PooledSpread = readonly Sister[];

/** log σ of logits, from 0.005 to 2: runs that train alike have 0.03 to 0.12. */
export const SPREAD_GRID: readonly number[] = steps(Math.log(0.005), Math.log(2), 160);

/*
 * The prior, stated beforehand. log σ of sister exercises is normal with mean m and deviation τ; m is anything from
 * log 0.01 to log 1, each as likely; τ is half-normal with scale 0.5: two sisters of three differ by a factor of 1.6 at
 * most, unless their runs say otherwise.
 */
const MEANS = steps(Math.log(0.01), Math.log(1), 30);
const DEVIATIONS = steps(0.05, 1.25, 8);
const DEVIATION_SCALE = 0.5;

const known = new Map<string, readonly number[]>();

/**
 * The density of log σ of a further sister at the points of `SPREAD_GRID`, up to a factor: the normal density averaged
 * over all m and τ by how well they explain the sisters (a normal hierarchical model, Gelman et al., Bayesian Data
 * Analysis, chapter 5, by sums over a grid).
 */
export function pooledDensity(sisters: PooledSpread): readonly number[] {
  const name = sisters.map(({ n, sd }) => `${n}/${sd}`).join(' ');
  const density = known.get(name) ?? computeDensity(sisters);
  known.set(name, density);
  return density;
}

function computeDensity(sisters: PooledSpread): readonly number[] {
  const likelihoods = sisters.map(({ n, sd }) => {
    const logarithms = SPREAD_GRID.map((log) => -(n - 1) * (log + (sd / Math.exp(log)) ** 2 / 2));
    const most = Math.max(...logarithms);
    return logarithms.map((value) => Math.exp(value - most));
  });
  const candidates = MEANS.flatMap((mean) =>
    DEVIATIONS.map((deviation) => {
      const shape = SPREAD_GRID.map(
        (log) => Math.exp(-(((log - mean) / deviation) ** 2) / 2) / deviation,
      );
      const explained = likelihoods.reduce(
        (sum, likelihood) =>
          sum +
          Math.log(shape.reduce((total, value, at) => total + value * (likelihood[at] ?? 0), 0)),
        -((deviation / DEVIATION_SCALE) ** 2) / 2,
      );
      return { shape, explained };
    }),
  );
  const most = Math.max(...candidates.map(({ explained }) => explained));
  return SPREAD_GRID.map((_, at) =>
    candidates.reduce(
      (sum, { shape, explained }) => sum + Math.exp(explained - most) * (shape[at] ?? 0),
      0,
    ),
  );
}

function steps(from: number, to: number, count: number): number[] {
  return Array.from({ length: count + 1 }, (_, at) => from + ((to - from) * at) / count);
}
