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
 * Finds runs that never learned what others of the same recipe did: sorted by final accuracy from the best down, the
 * first gap of more than `stuckGap` parts those that work (above) from those that are stuck (below). Accuracies that
 * are not numbers count as stuck. A distance from the mean would not do: where most runs are stuck, the mean is too.
 * `null` where there are fewer runs than `FEWEST_JUDGED`.
 */
export function findStuckRuns(accuracies: readonly number[]): StuckRuns | null {
  if (accuracies.length < FEWEST_JUDGED) return null;
  const sorted = accuracies.filter((value) => Number.isFinite(value)).toSorted((a, b) => b - a);
  const [best] = sorted;
  if (best === undefined) return { stuck: accuracies.map((_, index) => index), workingFrom: 0 };
  const gap = stuckGap(accuracies.length);
  let workingFrom = best;
  for (const value of sorted) {
    // A little slack, so that a gap of exactly so many points in decimals is none in binary either.
    if (workingFrom - value > gap + 1e-9) break;
    workingFrom = value;
  }
  const stuck = accuracies.flatMap((value, index) => (value >= workingFrom ? [] : [index]));
  return { stuck, workingFrom };
}
