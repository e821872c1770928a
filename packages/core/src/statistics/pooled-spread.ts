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

/** A mean and a deviation of log σ, with the normal density that they give at the points of `SPREAD_GRID`. */
interface Candidate {
  readonly deviation: number;
  readonly shape: Float64Array;
}

let candidates: readonly Candidate[] | undefined;

/** Every pair of a mean and a deviation, the same for all sisters. */
function everyCandidate(): readonly Candidate[] {
  candidates ??= MEANS.flatMap((mean) =>
    DEVIATIONS.map((deviation) => ({
      deviation,
      shape: Float64Array.from(
        SPREAD_GRID,
        (log) => Math.exp(-(((log - mean) / deviation) ** 2) / 2) / deviation,
      ),
    })),
  );
  return candidates;
}

function computeDensity(sisters: PooledSpread): readonly number[] {
  const likelihoods = sisters.map(({ n, sd }) => {
    const logarithms = SPREAD_GRID.map((log) => -(n - 1) * (log + (sd / Math.exp(log)) ** 2 / 2));
    const most = Math.max(...logarithms);
    return Float64Array.from(logarithms, (value) => Math.exp(value - most));
  });
  const explained = everyCandidate().map(({ deviation, shape }) =>
    likelihoods.reduce(
      (sum, likelihood) => sum + Math.log(sumOfProducts(shape, likelihood)),
      -((deviation / DEVIATION_SCALE) ** 2) / 2,
    ),
  );
  const most = Math.max(...explained);
  const density = new Float64Array(SPREAD_GRID.length);
  everyCandidate().forEach(({ shape }, candidate) => {
    const weight = Math.exp((explained[candidate] ?? 0) - most);
    for (let at = 0; at < density.length; at += 1) density[at]! += weight * shape[at]!;
  });
  return [...density];
}

function sumOfProducts(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += a[at]! * b[at]!;
  return sum;
}

function steps(from: number, to: number, count: number): number[] {
  return Array.from({ length: count + 1 }, (_, at) => from + ((to - from) * at) / count);
}
