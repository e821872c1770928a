import type { Bands } from '@labproof/core';
import {
  findStuckRuns,
  mean,
  proportionInterval,
  standardDeviation,
} from '@labproof/core/statistics';
import type { Exercise, Lab } from '@labproof/lab';

/** What repeated trials say about getting stuck. */
export interface StuckRuns {
  readonly n: number;
  readonly stuck: number;
  /** Wilson's 95 % interval of the probability that a run gets stuck. */
  readonly interval: readonly [low: number, high: number];
  /** Test accuracies of the trials that work. */
  readonly working: readonly number[];
}

/** Counts the stuck trials of an exercise, by core's rule; all of them work where they are too few to judge. */
export function stuckRuns({ trials }: Bands): StuckRuns {
  const accuracies = trials.map(({ accuracy }) => accuracy);
  const stuck = findStuckRuns(accuracies)?.stuck ?? [];
  return {
    n: accuracies.length,
    stuck: stuck.length,
    interval: proportionInterval(stuck.length, accuracies.length),
    working: accuracies.filter((_, index) => !stuck.includes(index)),
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
