import { type Bands, mean, proportionInterval, standardDeviation } from '@labproof/core';
import type { Exercise, Lab } from '@labproof/lab';

/**
 * A trial is stuck when its final test accuracy is more than this below that of the best trial of its exercise. With
 * ten classes an output that has died costs about 0.1; trials that work differ by less than 0.03.
 */
export const STUCK_BELOW_BEST = 0.05;

/** What repeated trials say about getting stuck. */
export interface StuckRuns {
  readonly n: number;
  readonly stuck: number;
  /** Wilson's 95 % interval of the probability that a run gets stuck. */
  readonly interval: readonly [low: number, high: number];
  /** Test accuracies of the trials that work. */
  readonly working: readonly number[];
}

/** Counts the stuck trials of an exercise. */
export function stuckRuns({ trials }: Bands): StuckRuns {
  const accuracies = trials.map(({ accuracy }) => accuracy);
  const least = Math.max(...accuracies) - STUCK_BELOW_BEST;
  const working = accuracies.filter((accuracy) => accuracy >= least);
  const stuck = accuracies.length - working.length;
  return {
    n: accuracies.length,
    stuck,
    interval: proportionInterval(stuck, accuracies.length),
    working,
  };
}

/** A Markdown table of the exercises whose outputs are rectified, and so can die. */
export function stuckTable(lab: Lab): string {
  return [
    '| exercise | trials | stuck | a run gets stuck in | test accuracy of those that work |',
    '|---|---:|---:|---:|---:|',
    ...lab.exercises.filter(hasRectifiedOutputs).map(row),
  ].join('\n');
}

function hasRectifiedOutputs({ recipe }: Exercise): boolean {
  return recipe.model.layers.at(-1)?.config['activation'] === 'relu';
}

function row({ id, bands }: Exercise): string {
  if (bands === null) return `| \`${id}\` | 0 | – | – | not measured yet |`;
  const { n, stuck, interval, working } = stuckRuns(bands);
  const [low, high] = interval.map((share) => (share * 100).toFixed(0));
  const accuracy = `${mean(working).toFixed(4)} ± ${standardDeviation(working).toFixed(4)}`;
  return `| \`${id}\` | ${n} | ${stuck} | ${low} – ${high} % of cases | ${accuracy} |`;
}
