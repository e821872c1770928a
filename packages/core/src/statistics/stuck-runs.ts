/** Fewer runs than these are not judged: their scatter alone leaves gaps. */
export const FEWEST_JUDGED = 5;

/** Which of several runs of one recipe are stuck, by index. */
export interface StuckRuns {
  readonly stuck: readonly number[];
  /** The accuracy of the worst run that works. */
  readonly workingFrom: number;
}

/**
 * The gap in final accuracy, among n runs, that parts those that are stuck from those that work: 0.03 + 0.2 / n.
 * Runs that work lie closer together the more of them there are: 0.07 apart is chance among 5, and among 60 nothing
 * that works lies more than 0.03 from its neighbour. With ten classes an output that has died costs about 0.1.
 * Held against the labs' recipes of 20 and 60 trials: a fixed gap of 0.05 finds none of the 40 stuck runs of 60 of
 * `mnist-mlp-sgd-slow`, whose heaps lie 0.036 apart, and a fixed distance of 0.05 from the best run calls a quarter of
 * `mnist-mlp-hidden-2` stuck, which only scatters.
 */
export function stuckGap(n: number): number {
  return 0.03 + 0.2 / n;
}

/**
 * So many of n runs may lie in a gap and leave it one: 1 in 100, and so none among fewer than 100. Now and then a run is
 * on its way from one heap to the other when training ends. Each of them halves a gap, so among many runs no gap would
 * be left where few are, and marks that are better known would lie lower the more runs there are.
 */
export function runsInGap(n: number): number {
  return Math.floor(n / 100);
}

/**
 * Finds runs that never learned what others of the same recipe did: sorted by final accuracy from the best down, the
 * first gap of more than `stuckGap` parts those that work (above) from those that are stuck (below). `runsInGap` runs
 * may lie in it if more lie on either side, or else it is a tail and no gap; its widest step parts them. Accuracies that
 * are not numbers count as stuck. A distance from the mean would not do: where most runs are stuck, the mean is too.
 * `null` where there are fewer runs than `FEWEST_JUDGED`.
 */
export function findStuckRuns(accuracies: readonly number[]): StuckRuns | null {
  if (accuracies.length < FEWEST_JUDGED) return null;
  const sorted = accuracies.filter((value) => Number.isFinite(value)).toSorted((a, b) => b - a);
  const worst = sorted.at(-1);
  if (worst === undefined) return { stuck: accuracies.map((_, index) => index), workingFrom: 0 };
  const workingFrom = aboveGap(sorted, accuracies.length) ?? worst;
  const stuck = accuracies.flatMap((value, index) => (value >= workingFrom ? [] : [index]));
  return { stuck, workingFrom };
}

/** The worst run above the first gap, of runs from the best down; `null` where there is none. */
function aboveGap(sorted: readonly number[], n: number): number | null {
  // A little slack, so that a gap of exactly so many points in decimals is none in binary either.
  const gap = stuckGap(n) + 1e-9;
  let below = 0;
  for (const [at, value] of sorted.entries()) {
    while (below < sorted.length && value - (sorted[below] ?? 0) <= gap) below += 1;
    const inside = below - at - 1;
    const sides = Math.min(at + 1, sorted.length - below);
    if (inside <= runsInGap(n) && sides > inside) {
      return aboveWidestStep(sorted.slice(at, below + 1));
    }
  }
  return null;
}

function aboveWidestStep(sorted: readonly number[]): number {
  let [above, widest] = [sorted[0] ?? 0, 0];
  for (const [at, value] of sorted.entries()) {
    const step = value - (sorted[at + 1] ?? value);
    if (step > widest) [above, widest] = [value, step];
  }
  return above;
}
