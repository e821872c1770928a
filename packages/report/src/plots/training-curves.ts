import { formatPlural } from '../format.ts';
import type { Bands, Epoch } from '@labproof/core';
import type { Chart } from './chart.ts';
import {
  type CurvePoint,
  type CurveSpread,
  curveScale,
  drawEpochCurves,
  formatMetric,
  type Metric,
} from './epoch-curves.ts';

/** Which examples a metric was taken on. */
export type Part = 'training' | 'validation';

const FIELDS = {
  training: { loss: 'loss', accuracy: 'accuracy' },
  validation: { loss: 'valLoss', accuracy: 'valAccuracy' },
} as const;

/** One metric of a history as points; epochs without it are left out. */
export function historyPoints(history: readonly Epoch[], metric: Metric, part: Part): CurvePoint[] {
  return history.flatMap((row) => {
    const value = row[FIELDS[part][metric]];
    return value === null ? [] : [{ epoch: row.epoch, value }];
  });
}

/** One metric of the bands: minimum to maximum outside, 5 % to 95 % quantile inside. */
export function bandPoints(bands: Bands, metric: Metric, part: Part): CurveSpread[] {
  return bands.epochs.flatMap((row) => {
    const spread = row[FIELDS[part][metric]];
    if (spread === null) return [];
    const { mean, min, max, q05, q95 } = spread;
    return [{ epoch: row.epoch, mean, outer: [min, max] as const, inner: [q05, q95] as const }];
  });
}

function describe(
  metric: Metric,
  part: Part,
  yours: readonly CurvePoint[],
  spread: readonly CurveSpread[],
): string {
  const last = yours.at(-1);
  const reference = spread.at(-1);
  const sentences: string[] = [];
  if (last !== undefined) {
    sentences.push(
      `The ${part} ${metric} of the submission ends at ${formatMetric(last.value, metric)} after epoch ${last.epoch}.`,
    );
  }
  if (reference !== undefined) {
    const [low, high] = reference.outer;
    sentences.push(
      `The reference trials end between ${formatMetric(low, metric)} and ${formatMetric(high, metric)}, on average at ${formatMetric(reference.mean, metric)} (epoch ${reference.epoch}).`,
    );
  }
  const beside = yours.flatMap((point) => {
    const at = spread.find(({ epoch }) => epoch === point.epoch);
    return at === undefined ? [] : [{ value: point.value, outer: at.outer }];
  });
  if (beside.length > 0) {
    const outside = beside.filter(
      ({ value, outer }) => value < outer[0] || value > outer[1],
    ).length;
    sentences.push(
      outside === 0
        ? 'Every epoch lies within the range of the reference trials.'
        : `${outside} of ${formatPlural(beside.length, 'epoch')} ${outside === 1 ? 'lies' : 'lie'} outside the range of the reference trials.`,
    );
  }
  return sentences.join(' ');
}

/**
 * The training curves of a submission over the band of the reference trials: accuracy and loss, each on the
 * training and on the validation examples. The two charts of one metric share their vertical scale.
 * Charts without any data are left out.
 */
export function drawTrainingCurves(input: {
  readonly id: string;
  readonly history: readonly Epoch[] | null;
  readonly bands: Bands | null;
}): Chart[] {
  const { id, history, bands } = input;
  const parts: readonly Part[] = ['training', 'validation'];
  return (['accuracy', 'loss'] as const).flatMap((metric) => {
    const series = parts.map((part) => ({
      part,
      yours: history === null ? [] : historyPoints(history, metric, part),
      spread: bands === null ? [] : bandPoints(bands, metric, part),
    }));
    const scale = curveScale(
      metric,
      series.flatMap(({ yours, spread }) => [
        ...yours.map(({ value }) => value),
        ...spread.flatMap(({ outer }) => outer),
      ]),
    );
    return series
      .filter(({ yours, spread }) => yours.length + spread.length > 0)
      .map(({ part, yours, spread }) =>
        drawEpochCurves({
          id: `${id}-${part}-${metric}`,
          title: part === 'training' ? `Training ${metric}` : `Validation ${metric}`,
          description: describe(metric, part, yours, spread),
          metric,
          runs: [],
          spread,
          yours,
          scale,
        }),
      );
  });
}
