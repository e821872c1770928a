/** Fewer runs than these are not judged: their scatter alone leaves gaps. */
export const FEWEST_JUDGED = 5;
/** A gap of more than this, in accuracy, parts runs that are stuck from runs that work. */
export const STUCK_GAP = 0.05;

/** Which of several runs of one recipe are stuck, by index; `null` where there are too few to say. */
export interface StuckRuns {
  readonly stuck: readonly number[];
  /** The accuracy of the worst run that works. */
  readonly workingFrom: number;
}

/**
 * Finds runs that never learned what others of the same recipe did: sorted by final accuracy from the best down, the
 * first gap of more than `STUCK_GAP` parts those that work (above) from those that are stuck (below). Accuracies that
 * are not numbers count as stuck. A distance from the mean would not do: where most runs are stuck, the mean is too.
 */
export function findStuckRuns(accuracies: readonly number[]): StuckRuns | null {
  if (accuracies.length < FEWEST_JUDGED) return null;
  const sorted = accuracies.filter((value) => Number.isFinite(value)).toSorted((a, b) => b - a);
  const [best] = sorted;
  if (best === undefined) return { stuck: accuracies.map((_, index) => index), workingFrom: 0 };
  let workingFrom = best;
  for (const value of sorted) {
    // A little slack, so that a gap of exactly five points in decimals is none in binary either.
    if (workingFrom - value > STUCK_GAP + 1e-9) break;
    workingFrom = value;
  }
  const stuck = accuracies.flatMap((value, index) => (value >= workingFrom ? [] : [index]));
  return { stuck, workingFrom };
}
