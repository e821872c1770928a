import type { PlaygroundConfig } from './config.ts';
import { runPlayground } from './run.ts';

/** What a network came to from one seed. */
export interface SeededRun {
  readonly seed: number;
  /** Epochs that were trained: until the target was reached, or all of them. */
  readonly epochs: number;
  /** After the last of them; NaN where the run diverged. */
  readonly testLoss: number;
  readonly reached: boolean;
}

/** What many runs came to. */
export interface PlaygroundTally {
  readonly successes: number;
  /** The first run that reached the target, else the best; the loss of one that diverged is `null`. */
  readonly shown: {
    readonly seed: number;
    readonly epochs: number;
    readonly testLoss: number | null;
  };
}

/** Runs a network from the seeds `from` to `to`, both included: each by itself, so that several may share them. */
export function seededRuns(
  {
    config,
    epochs,
    target,
  }: {
    readonly config: PlaygroundConfig;
    readonly epochs: number;
    /** The test loss to get below; a run ends there. */
    readonly target: number;
  },
  from: number,
  to: number,
): SeededRun[] {
  const until = { epochs, target, stopUnderTarget: true };
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const { run } = runPlayground(config, from + index, until);
    const { seed, epochs: trained, testLoss, firstUnderTarget } = run;
    return { seed, epochs: trained, testLoss, reached: firstUnderTarget !== null };
  });
}

/** What all runs came to, in the order of their seeds. Throws a `RangeError` without runs. */
export function tallyOf(runs: readonly SeededRun[]): PlaygroundTally {
  const [first, ...others] = runs;
  if (first === undefined) throw new RangeError('there are no runs to count');
  const reached = runs.filter((run) => run.reached);
  const { seed, epochs, testLoss } =
    reached[0] ?? others.reduce((best, run) => (run.testLoss < best.testLoss ? run : best), first);
  return {
    successes: reached.length,
    shown: { seed, epochs, testLoss: Number.isFinite(testLoss) ? testLoss : null },
  };
}
