import { POOLED_BELOW } from '../statistics/run-model.ts';
import { runsUntilWorking } from '../statistics/working-runs.ts';
import type { Bands } from './bands.ts';

/** Runs that an exercise does not have yet. */
export interface FurtherRuns {
  /** With those that it has. */
  readonly trials: number;
  readonly further: number;
  /** On one core of the machine that measured the others. */
  readonly seconds: number;
}

/** What is missing until one mark keeps both promises, and until an exercise goes by its own spread alone. */
export interface MissingRuns {
  /**
   * Where runs may get stuck, so many that enough of them work 19 times in 20. `null` where one mark does, or where no
   * number of runs helps.
   */
  readonly oneMark: FurtherRuns | null;
  /** `null` where the spread is its own. */
  readonly ownSpread: FurtherRuns | null;
}

/** What it would take until the marks of bands rest on as many runs as they need. Older bands have no plan: nothing is known. */
export function missingRuns(bands: Bands): MissingRuns {
  const { passing, n } = bands;
  if (passing === undefined) return { oneMark: null, ownSpread: null };
  const { oneMarkDoes, enoughRuns, runs, stuck, sisters = [] } = passing;
  const oneMark = (): FurtherRuns | null => {
    if (oneMarkDoes || enoughRuns === null) return null;
    if (runs === 'alike') return upTo(bands, enoughRuns);
    // Marks are those of runs that work.
    const further = runsUntilWorking(enoughRuns - (n - stuck.count), stuck.count, n);
    return further === null ? null : upTo(bands, n + further);
  };
  return {
    oneMark: oneMark(),
    ownSpread: sisters.length === 0 ? null : upTo(bands, POOLED_BELOW),
  };
}

function upTo({ n, epochs, secondsPerEpoch }: Bands, trials: number): FurtherRuns | null {
  const further = trials - n;
  if (further <= 0) return null;
  return { trials, further, seconds: further * epochs.length * secondsPerEpoch.median };
}
