import type { Bands, TrialResult } from '@labproof/core';
import { formatCount } from '../format.ts';
import type { Chart } from './chart.ts';
import {
  type CurvePoint,
  type CurveSpread,
  curveScale,
  drawEpochCurves,
  formatMetric,
  type Metric,
} from './epoch-curves.ts';
import { bandPoints, historyPoints, type Part } from './training-curves.ts';

/** Mean and range of several runs at each epoch that all of them reached. */
function spreadOfRuns(runs: readonly (readonly CurvePoint[])[]): CurveSpread[] {
  const first = runs[0] ?? [];
  return first.flatMap(({ epoch }) => {
    const values = runs.flatMap((run) =>
      run.filter((point) => point.epoch === epoch).map(({ value }) => value),
    );
    if (values.length < runs.length || values.some((value) => !Number.isFinite(value))) return [];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const low = values.reduce((a, b) => Math.min(a, b));
    const high = values.reduce((a, b) => Math.max(a, b));
    return [{ epoch, mean, outer: [low, high] as const, inner: null }];
  });
}

/**
 * All runs of an exercise per epoch with their mean, over the lab's band where it has one of the same length
 * (else over the runs' own range).
 */
export function drawTrialCurves(input: {
  readonly id: string;
  readonly results: readonly TrialResult[];
  readonly bands: Bands | null;
  /** Results that stand out as stuck, by index. */
  readonly stuck?: readonly number[];
}): Chart[] {
  const { id, results, bands, stuck = [] } = input;
  const parts: readonly Part[] = ['training', 'validation'];
  return (['accuracy', 'loss'] as const).flatMap((metric: Metric) => {
    const series = parts.map((part) => {
      const runs = results.map(({ history }) => historyPoints(history, metric, part));
      const own = spreadOfRuns(runs);
      const band = bands === null ? own : bandPoints(bands, metric, part);
      // The ribbon is the lab's, the dashed mean is that of the runs shown.
      const spread = band.flatMap((at) => {
        const mean = own.find(({ epoch }) => epoch === at.epoch)?.mean;
        return mean === undefined ? [] : [{ ...at, mean }];
      });
      return { part, runs, own, spread };
    });
    const scale = curveScale(
      metric,
      series.flatMap(({ runs, spread }) => [
        ...runs.flat().map(({ value }) => value),
        ...spread.flatMap(({ outer }) => outer),
      ]),
    );
    return series
      .filter(({ own }) => own.length > 0)
      .map(({ part, runs, own, spread }) => {
        const last = own.at(-1);
        return drawEpochCurves({
          id: `${id}-${part}-${metric}`,
          title: part === 'training' ? `Training ${metric}` : `Validation ${metric}`,
          description:
            last === undefined
              ? ''
              : `${formatCount(results.length)} runs; after epoch ${last.epoch} their ${part} ${metric} lies between ${formatMetric(last.outer[0], metric)} and ${formatMetric(last.outer[1], metric)}, on average at ${formatMetric(last.mean, metric)}.`,
          metric,
          runs,
          stuck,
          spread,
          yours: [],
          scale,
        });
      });
  });
}
